use prill_core::{Coverage, Extraction};

use super::{Finding, Kit};
use crate::{Case, Hard};

const SAY: &str = "make it a metric, or say why it is none: out.ignore(token, \"date\")";

pub(super) fn check(kit: &Kit) -> Vec<Finding> {
    kit.each(unexplained)
}

fn unexplained(case: &Case, extraction: &Extraction) -> Vec<Finding> {
    // The numbers of another tool are that tool's to explain.
    if case.shows == Some(Hard::WrongTool) {
        return Vec::new();
    }
    let captures = case.captures();
    let coverage = Coverage::of(extraction, &captures);
    let finding = |number: &prill_core::coverage::Number| {
        let (span, bytes) = (number.span, case.bytes(&number.stream));
        let (start, end) = (span.start.saturating_sub(30), bytes.len().min(span.end + 10));
        let line = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let before = line(&bytes[start..span.start]);
        let after = line(&bytes[span.end..end]);
        let (before, after) = (before.lines().last().unwrap_or_default(), after.lines().next().unwrap_or_default());
        let cause = format!("nobody says what `{before}«{}»{after}` is", line(span.of(bytes)));
        Finding::new(format!("{} {} {span}", case.name, number.stream), cause, SAY)
    };
    coverage.unexplained().map(finding).collect()
}

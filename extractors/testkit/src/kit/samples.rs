use prill_core::diagnostic::code;
use prill_core::{Extraction, Severity};

use super::{Finding, Kit};
use crate::{Case, Hard};

const RECORD: &str = "record one: a folder samples/CASE with stdout, stderr, argv.json, exit_code, meta.json and expect.json";

pub(super) fn check(kit: &Kit) -> Vec<Finding> {
    let folder = kit.folder.display().to_string();
    if kit.cases.is_empty() {
        return vec![Finding::new(folder, "there is no recorded output", RECORD)];
    }
    let mut findings = Vec::new();
    if kit.measured().next().is_none() {
        findings.push(Finding::new(
            &folder,
            "no recorded output has a number",
            "write the numbers that you can read in an output into its expect.json, by hand",
        ));
    }
    for hard in Hard::ALL {
        if !kit.cases.iter().any(|case| case.shows == Some(*hard)) {
            let remedy = format!(
                "{}, in {folder}/{hard} (or say \"shows\": \"{hard}\" in the meta.json of a case that is one)",
                hard.recipe()
            );
            findings.push(Finding::new(&folder, format!("no case is `{hard}`"), remedy));
        }
    }
    let unread = kit.cases.iter().filter(|case| case.expect.is_none());
    findings.extend(unread.map(|case| {
        let remedy = "write down the numbers of the output that you can read in it; an empty list says that there is none";
        Finding::new(&case.name, "no expect.json", remedy)
    }));
    findings
        .extend(kit.each(|case, extraction| case.shows.and_then(|hard| hard_case(hard, case, extraction)).into_iter().collect()));
    findings
}

/// What is wrong with what is said about a hard output.
fn hard_case(hard: Hard, case: &Case, extraction: &Extraction) -> Option<Finding> {
    let finding = |cause: &str, remedy: &str| Some(Finding::new(format!("{} ({hard})", case.name), cause, remedy));
    let says = |wanted: &str| extraction.diagnostics.iter().any(|d| d.code == wanted);
    let warned = extraction.diagnostics.iter().any(|d| d.severity >= Severity::Warning);
    let empty = case.streams.iter().all(|(_, bytes)| bytes.is_empty());
    match hard {
        Hard::Empty if !empty => finding("something is printed in it", Hard::Empty.recipe()),
        Hard::Truncated if !says(code::TRUNCATED) => finding(
            "nothing says that the output is cut",
            "return ExtractError::Truncated when the text ends before the output does",
        ),
        Hard::ToolFailed if case.silent.is_none() && !says(code::TOOL_FAILED) => finding(
            "nothing says that the tool failed",
            "call MetricSink::tool_failed at the tool's words; where it has none, say why in `silent` of meta.json",
        ),
        _ if extraction.metrics.is_empty() && !warned => {
            finding("no metric, and no warning says why", "return ExtractError::NotFound where nothing is the format's")
        }
        _ => None,
    }
}

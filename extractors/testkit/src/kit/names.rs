use prill_core::diagnostic::code;
use prill_core::{Extraction, Metric};

use super::{Finding, Kit};
use crate::invariant::{identities, wording};
use crate::{Case, Hard};

const RULES: &str = "names are object[.part].quantity[.stat], what tells instances apart is a label (see CONTRIBUTING.md)";
const APART: &str = "label what tells them apart: the thread, the interval, the repetition, the source";

pub(super) fn check(kit: &Kit) -> Vec<Finding> {
    kit.each(|case, extraction| {
        let mut findings: Vec<Finding> =
            identities(extraction).into_iter().map(|cause| Finding::new(&case.name, cause, APART)).collect();
        findings
            .extend(extraction.metrics.iter().filter_map(|m| unsorted(m)).map(|cause| Finding::new(&case.name, cause, RULES)));
        if !kit.generic {
            findings.extend(wording(extraction).into_iter().map(|cause| Finding::new(&case.name, cause, RULES)));
            findings.extend(keys(extraction).into_iter().map(|cause| Finding::new(&case.name, cause, RULES)));
            findings.extend(repeated(case, extraction));
        }
        findings
    })
}

fn unsorted(metric: Metric<'_>) -> Option<String> {
    let keys: Vec<&str> = metric.labels().iter().map(|(key, _)| key).collect();
    (!keys.is_sorted_by(|a, b| a < b)).then(|| format!("{metric}: its labels are not sorted, or one stands twice"))
}

fn keys(extraction: &Extraction) -> Vec<String> {
    let bad = |key: &str| {
        let letters = key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        !(letters && key.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let all = extraction.metrics.iter().flat_map(|m| m.labels().iter().map(move |(key, value)| (m, key, value)));
    let wrong = all.filter_map(|(metric, key, value)| match () {
        () if bad(key) => Some(format!("{metric}: the label `{key}` is not lower_snake")),
        () if value.is_empty() => Some(format!("{metric}: the label `{key}` is empty")),
        () => None,
    });
    wrong.collect()
}

/// A format that lets two metrics have one identity gets numbers that say nothing; two runs in one output may.
fn repeated(case: &Case, extraction: &Extraction) -> Option<Finding> {
    let said = extraction.diagnostics.iter().find(|d| d.code == code::REPEATED_IDENTITY)?;
    (case.shows != Some(Hard::WrongTool)).then(|| Finding::new(&case.name, said.message.clone(), APART))
}

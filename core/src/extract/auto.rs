use super::{Captures, Extraction, IgnoredList, Recognition, recognise};
use crate::diagnostic::{Diagnostic, code};
use crate::extract::{OutputFormat, run};
use crate::metric::{MetricHint, MetricTable};
use crate::registry::Registry;

/// Runs the format that recognises the captured output best. A tie, or no format at all, gives no metrics and says so.
#[must_use]
pub fn auto(registry: &Registry, captures: &Captures<'_>, hints: &[MetricHint]) -> Extraction {
    let recognition = recognise(registry, captures);
    match recognition.best() {
        [] => unrecognised(Diagnostic::error(code::NO_METRICS, "no linked format recognises the output: name one with --as")),
        [one] => match registry.get(&one.format) {
            Ok(extractor) => run(extractor, captures, hints),
            Err(e) => unrecognised(Diagnostic::error(code::NO_METRICS, e.to_string())),
        },
        _ => unrecognised(Diagnostic::error(code::TIE, tie(&recognition, captures))),
    }
}

fn tie(recognition: &Recognition, captures: &Captures<'_>) -> String {
    let names: Vec<&str> = recognition.best().iter().map(|c| c.format.as_str()).collect();
    let remedy = match captures.argv() {
        None => "name one with --as, or give the command that printed it with --argv",
        Some(_) => "name one with --as",
    };
    format!("{} recognise the output equally well: {remedy}", names.join(" and "))
}

fn unrecognised(diagnostic: Diagnostic) -> Extraction {
    Extraction {
        format: OutputFormat::AUTO.name().to_owned(),
        stream: None,
        read: Vec::new(),
        metrics: MetricTable::default(),
        diagnostics: vec![diagnostic],
        ignored: IgnoredList::default(),
    }
}

//! A suite of benchmarks: runs of processes, and the values of each.

use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Node};
use prill_core::scan::{Search, unit};
use prill_core::{ExtractError, Input, MetricSink};

use crate::put::Place;

pub(crate) fn is_mine(text: &str) -> bool {
    text.has("\"benchmarks\"") && text.has("\"runs\"") && text.has("\"values\"")
}

/// Reads the suite in the text of `input`, if there is one.
pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Option<Result<(), ExtractError>> {
    let text = input.text().as_str();
    if !is_mine(text) {
        return None;
    }
    let document = Document::read(text);
    let root = document.root()?;
    out.ignore(text, "setting, warm-up, date or about the machine");
    let common = root.get("metadata");
    for benchmark in root.get("benchmarks").into_iter().flat_map(Node::items) {
        let about = |key: &str| {
            let own = benchmark.get("metadata").and_then(|metadata| metadata.get(key));
            own.or_else(|| common?.get(key)).and_then(Node::as_str)
        };
        let name = about("name").unwrap_or_default();
        let printed = match about("unit").as_deref() {
            None | Some("second") => Some(unit::SECOND),
            Some("byte") => Some(unit::BYTE),
            Some(_) => None,
        };
        for (process, run) in benchmark.get("runs").into_iter().flat_map(Node::items).enumerate() {
            for (i, number) in run.get("values").into_iter().flat_map(Node::items).filter_map(Node::number).enumerate() {
                let (process, repetition) = (Some((process + 1).to_string()), Some((i + 1).to_string()));
                Place { benchmark: &name, process, repetition, ..Place::default() }.put(None, (number.text(), printed), out);
            }
        }
    }
    say_json(document.problems(), input, out);
    Some(json_end(document.end(), input))
}

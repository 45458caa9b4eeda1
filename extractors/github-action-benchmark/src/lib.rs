//! The JSON that programs write for github-action-benchmark, as `customSmallerIsBetter` and `customBiggerIsBetter`.
//!
//! - [`GithubActionBenchmark`]: the format
//! - `units`: the units that are written in words
#![forbid(unsafe_code)]

mod units;

use prill_core::diagnostic::code;
use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Kind, Node};
use prill_core::scan::{number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of `[{"name": "x", "unit": "ns", "value": 5}]`.
pub struct GithubActionBenchmark;

impl Extractor for GithubActionBenchmark {
    fn name(&self) -> &str {
        "github-action-benchmark"
    }

    fn summary(&self) -> &str {
        "custom JSON for github-action-benchmark: names, units, values"
    }

    fn streams(&self) -> Streams {
        Streams::StdoutThenStderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let keys = ["\"name\"", "\"unit\"", "\"value\""];
        if !keys.iter().all(|key| text.as_str().contains(key)) {
            return Sniff::No;
        }
        let document = Document::read(text.as_str());
        // The last one may be cut.
        if document.root().is_some_and(|root| root.items().next().is_some_and(is_entry)) { Sniff::Likely } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text().as_str();
        let document = Document::read(text);
        let root = document.root().filter(|root| root.kind() == Kind::Array && root.items().any(is_entry));
        let Some(root) = root else { return Err(ExtractError::NotFound) };
        out.ignore(text, "name or text");
        root.items().filter(|node| is_entry(*node)).for_each(|node| entry(node, out));
        say_json(document.problems(), input, out);
        json_end(document.end(), input)
    }
}

fn is_entry(node: Node<'_, '_>) -> bool {
    let string = |key: &str| node.get(key).is_some_and(|node| node.kind() == Kind::String);
    let value = node.get("value").is_some_and(|node| matches!(node.kind(), Kind::Number | Kind::NotFinite | Kind::String));
    string("name") && string("unit") && value
}

/// Which direction is better says the workflow, and not the document.
fn entry(node: Node<'_, '_>, out: &mut MetricSink) {
    let string = |key: &str| node.get(key).and_then(Node::as_str);
    let (Some(name), Some(word), Some(value)) = (string("name"), string("unit"), node.get("value")) else { return };
    let token = value.string().map_or(value.text(), |text| text.raw());
    let printed = units::printed(&word);
    if printed.is_none() {
        out.note(code::UNKNOWN_UNIT, token, format!("the unit `{word}` of {name} is not known"));
    }
    let metric = out.metric("value").label("benchmark", name.clone());
    printed.into_iter().fold(metric, |metric, printed| metric.unit(printed)).push(token);
    let Some(range) = node.get("range") else { return };
    let text = range.string().map_or(range.text(), |text| text.raw());
    let text = text.trim_start_matches(['\u{b1}', '+', '-', '/', ' ']);
    match number::leading(text) {
        Some((token, "%")) => out.metric("value.relative_range").label("benchmark", name).unit(unit::PERCENT).push(token),
        Some((token, "")) => {
            let metric = out.metric("value.range").label("benchmark", name);
            printed.into_iter().fold(metric, |metric, printed| metric.unit(printed)).push(token);
        }
        _ => {}
    }
}

prill_core::register_extractor!(GithubActionBenchmark);

//! `format: 'json'`. Times are nanoseconds.

use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Node};
use prill_core::scan::{Search, unit};
use prill_core::{ExtractError, Input, MetricSink};

use crate::put::{PERCENTILES, heap, time};

pub(crate) fn is_mark(line: &str) -> bool {
    line.has("\"layout\":") && line.has("\"benchmarks\":")
}

/// Reads the report in the text of `input`, if there is one.
pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Option<Result<(), ExtractError>> {
    let text = input.text().as_str();
    if !is_mark(text) {
        return None;
    }
    let document = Document::read(text);
    let root = document.root()?;
    out.ignore(text, "setting, code or single sample");
    for run in root.get("benchmarks")?.items().filter_map(|benchmark| benchmark.get("runs")).flat_map(Node::items) {
        // It follows the numbers, so a cut document may lack it.
        let Some(name) = run.get("name").and_then(Node::as_str) else { continue };
        if let Some(error) = run.get("error") {
            let message = error.get("message").and_then(Node::as_str).unwrap_or_default();
            out.tool_failed(error.text(), format!("{name} failed: {message}"));
        }
        run.get("stats").into_iter().for_each(|stats| benchmark(&name, stats, out));
    }
    say_json(document.problems(), input, out);
    Some(json_end(document.end(), input))
}

fn benchmark(name: &str, stats: Node<'_, '_>, out: &mut MetricSink) {
    let times = [("avg", "mean"), ("min", "min"), ("max", "max")].into_iter().chain(PERCENTILES);
    for (key, stat) in times {
        if let Some(number) = stats.get(key).and_then(Node::number) {
            time(name, stat, (number.text(), unit::NS), out);
        }
    }
    for (key, stat) in [("avg", "mean"), ("min", "min"), ("max", "max")] {
        if let Some(number) = stats.get("heap").and_then(|heap| heap.get(key)?.number()) {
            heap(name, stat, (number.text(), unit::BYTE), out);
        }
    }
}

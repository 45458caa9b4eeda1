//! `--export-json`: `{"results": [{"command": "sleep 1", "mean": 1.003, "times": [...], ...}]}`, in seconds.

use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Kind, Node};
use prill_core::scan::{Search, unit};
use prill_core::{ExtractError, Input, MetricSink, Polarity, Printed, Span};

use crate::value::Benchmark;

/// The document, and what is to be said of it.
pub(crate) struct Found {
    /// Where it stands in the text.
    pub(crate) place: Option<Span>,
    pub(crate) result: Result<(), ExtractError>,
}

pub(crate) fn is_mine(text: &str) -> bool {
    text.has("\"results\"") && text.has("\"command\"") && text.has("\"mean\"") && text.has("\"exit_codes\"")
}

/// Reads the document; `None` when there is none. An export to a pipe has a document after each benchmark: the last one holds all.
pub(crate) fn extract(input: &Input<'_>, out: &mut MetricSink) -> Option<Found> {
    let text = input.text().as_str();
    if !text.has("\"results\"") || !text.has("\"command\"") {
        return None;
    }
    let document = Document::read(text);
    let results = document.root()?.get("results")?;
    say_json(document.problems(), input, out);
    for result in results.items() {
        benchmark(result, out);
    }
    for (_, node) in document.root()?.members().filter(|(key, _)| key.raw() != "results") {
        out.ignore(node.text(), "metadata");
    }
    if let Some(place) = document.span() {
        out.ignore(&text[..place.start], "text before the document");
        out.ignore(&text[place.end..], "text after the document");
    }
    Some(Found { place: document.span(), result: json_end(document.end(), input) })
}

fn benchmark(result: Node<'_, '_>, out: &mut MetricSink) {
    let Some(command) = result.get("command") else { return out.ignore(result.text(), "result without a command") };
    let benchmark = Benchmark { name: command.as_str().unwrap_or_default(), source: None };
    out.ignore(command.text(), "command");
    for (key, node) in result.members() {
        let key = key.raw();
        if node.kind() == Kind::Array {
            list(key, node, &benchmark, out);
            continue;
        }
        let token = node.text();
        match (key, node.kind()) {
            ("mean", Kind::Number) => benchmark.lower("time.mean", unit::SECOND, token, out),
            ("stddev", Kind::Number) => benchmark.unknown("time.stddev", unit::SECOND, token, out),
            ("median", Kind::Number) => benchmark.lower("time.p50", unit::SECOND, token, out),
            ("min", Kind::Number) => benchmark.lower("time.min", unit::SECOND, token, out),
            ("max", Kind::Number) => benchmark.lower("time.max", unit::SECOND, token, out),
            ("user" | "system", Kind::Number) => benchmark.cpu(key, unit::SECOND, token, out),
            _ => out.ignore(token, "command, or parameters"),
        }
    }
}

/// What was measured of each run.
fn list(key: &str, node: Node<'_, '_>, benchmark: &Benchmark<'_>, out: &mut MetricSink) {
    let (name, printed): (&str, Printed) = match key {
        "times" => ("time", unit::SECOND),
        "memory_usage_byte" => ("rss.max", unit::BYTE),
        _ => return out.ignore(node.text(), "exit codes"),
    };
    for (index, item) in node.items().filter(|item| item.kind() == Kind::Number).enumerate() {
        let run = (index + 1).to_string();
        benchmark.put(name, &[("run", &run)], printed, Polarity::Lower, item.text(), out);
    }
}

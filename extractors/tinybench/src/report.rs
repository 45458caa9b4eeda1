//! The report: `--outputJson` since Vitest 2, and the JSON reporter of benchmarks before it.

use prill_core::diagnostic::code;
use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Node};
use prill_core::scan::{Search, unit};
use prill_core::{ExtractError, Input, MetricSink, Span};

use crate::put::Benchmark;

/// What became of a text that was searched for a report.
pub(crate) struct Outcome {
    /// Where it stands.
    pub(crate) place: Option<Span>,
    pub(crate) end: Result<(), ExtractError>,
}

/// Whether a report is in `text`.
pub(crate) fn is_mine(text: &str) -> bool {
    ["\"hz\"", "\"rme\"", "\"p995\"", "\"p999\""].iter().all(|key| text.has(key))
}

pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Outcome {
    let text = input.text().as_str();
    if !is_mine(text) {
        return Outcome { place: None, end: Ok(()) };
    }
    let document = Document::read(text);
    let Some(root) = document.root() else { return Outcome { place: None, end: Ok(()) } };
    out.ignore(root.text(), "name, rank or what follows from the other numbers");
    for group in root.get("files").into_iter().flat_map(Node::items).filter_map(|file| file.get("groups")).flat_map(Node::items) {
        let name = group.get("fullName").and_then(Node::as_str);
        group.get("benchmarks").into_iter().flat_map(Node::items).for_each(|node| benchmark(node, name.as_deref(), out));
    }
    for (name, list) in root.get("testResults").into_iter().flat_map(Node::members) {
        let name = name.text();
        list.items().for_each(|node| benchmark(node, Some(&name), out));
    }
    say_json(document.problems(), input, out);
    Outcome { place: Some(out.span_of(root.text())), end: json_end(document.end(), input) }
}

fn benchmark(node: Node<'_, '_>, group: Option<&str>, out: &mut MetricSink) {
    let Some(name) = node.get("name").and_then(Node::as_str) else { return };
    let number = |key: &str| Some(node.get(key)?.number()?.text());
    // Version 0.3 lists the samples.
    let listed = node.get("samples").map(|list| list.items().count() as u64).filter(|count| *count > 0);
    let samples = number("sampleCount").and_then(|count| count.parse().ok()).or(listed);
    let benchmark = Benchmark { name: &name, group, samples, ..Benchmark::default() };
    if let Some(count) = number("sampleCount") {
        benchmark.count(count, out);
    }
    if samples == Some(0) {
        return out.note(code::NO_SAMPLES, node.text(), format!("{name} was never called"));
    }
    if let Some(hz) = number("hz") {
        benchmark.rate(None, hz, out);
    }
    let times = [
        ("mean", "mean"),
        ("median", "p50"),
        ("min", "min"),
        ("max", "max"),
        ("p75", "p75"),
        ("p99", "p99"),
        ("p995", "p99_5"),
        ("p999", "p99_9"),
        ("sd", "stddev"),
        ("sem", "stderr"),
        ("moe", "margin"),
    ];
    for (key, stat) in times {
        number(key).into_iter().for_each(|token| benchmark.time(stat, token, unit::MS, out));
    }
    number("rme").into_iter().for_each(|token| benchmark.margin("time", token, out));
    number("totalTime").into_iter().for_each(|token| benchmark.sum(token, unit::MS, out));
}

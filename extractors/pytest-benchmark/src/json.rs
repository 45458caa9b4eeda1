use std::collections::HashMap;

use prill_core::extract::{json_end, say_json};
use prill_core::scan::Search;
use prill_core::scan::json::{Document, Kind, Node};
use prill_core::{ExtractError, Input, MetricSink, Span};

use crate::put::{Benchmark, Scale};

/// What became of a text that was searched for a report.
pub(crate) struct Outcome {
    /// Where it stands, without the text's offset.
    pub(crate) place: Option<Span>,
    pub(crate) end: Result<(), ExtractError>,
}

/// A line that only a report has.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("\"stddev_outliers\": ") || line.starts_with("\"ld15iqr\": ")
}

/// Reads the report in the text of `input`, if there is one.
pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Outcome {
    let none = Outcome { place: None, end: Ok(()) };
    let text = input.text().as_str();
    if !text.has("\"machine_info\"") {
        return none;
    }
    let document = Document::read(text);
    let Some(root) = document.root().filter(|root| root.get("machine_info").is_some()) else { return none };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let nodes: Vec<Node<'_, '_>> = root.get("benchmarks").into_iter().flat_map(Node::items).collect();
    for node in &nodes {
        *counts.entry(raw(*node, "name")).or_default() += 1;
    }
    for node in &nodes {
        // Tests of two files may have one name.
        let unique = counts.get(raw(*node, "name")) == Some(&1);
        benchmark(*node, if unique { "name" } else { "fullname" }, out);
    }
    for (_, node) in root.members().filter(|(key, _)| key.raw() != "benchmarks") {
        out.ignore(node.text(), "about the machine and the run");
    }
    say_json(document.problems(), input, out);
    Outcome { place: document.span(), end: json_end(document.end(), input) }
}

fn raw<'t>(node: Node<'_, 't>, key: &str) -> &'t str {
    node.get(key).and_then(Node::string).map_or("", |s| s.raw())
}

fn benchmark(node: Node<'_, '_>, name: &str, out: &mut MetricSink) {
    let string = |key: &str| node.get(key).and_then(Node::as_str);
    for (_, node) in node.members().filter(|(key, _)| key.raw() != "stats") {
        out.ignore(node.text(), "name or setting");
    }
    let (Some(name), Some(stats)) = (string(name), node.get("stats")) else { return };
    let group = string("group");
    let rounds = stats.get("rounds").and_then(Node::number).and_then(|n| n.text().parse().ok());
    let benchmark = Benchmark { name: &name, group: group.as_deref(), run: None, source: None, rounds };
    for (key, node) in stats.members() {
        let is_number = matches!(node.kind(), Kind::Number | Kind::NotFinite);
        if !is_number || !benchmark.push(key.raw(), node.text(), Scale::BASE, out) {
            out.ignore(node.text(), "single rounds, or a bound of outliers");
        }
    }
}

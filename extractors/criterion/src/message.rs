use prill_core::scan::Line;
use prill_core::scan::json::{Document, Kind, Node};
use prill_core::scan::unit;
use prill_core::{MetricSink, Polarity, Printed};

/// A message of cargo-criterion: one JSON object on a line.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("{\"reason\":\"benchmark-complete\"") || line.starts_with("{\"reason\":\"group-complete\"")
}

/// Reads a message (`src/message_formats/json.rs` of cargo-criterion 1.1); false when it is cut.
pub(crate) fn read(line: Line<'_>, out: &mut MetricSink) -> bool {
    let document = Document::read(line.text);
    let Some(root) = document.root().filter(|_| document.end() == prill_core::scan::json::End::Whole) else {
        out.ignore(line.text, "message that is cut");
        return line.ended;
    };
    let id = root.get("id").and_then(Node::as_str).unwrap_or_default();
    for (key, node) in root.members() {
        match (key.raw(), node.kind()) {
            ("typical", Kind::Object) => estimate(&id, "time.mean", None, node, out),
            ("mean", Kind::Object) => estimate(&id, "time.mean", Some("mean"), node, out),
            ("slope", Kind::Object) => estimate(&id, "time.mean", Some("slope"), node, out),
            ("median", Kind::Object) => estimate(&id, "time.p50", None, node, out),
            ("median_abs_dev", Kind::Object) => estimate(&id, "time.mad", None, node, out),
            ("change", Kind::Object) => changes(&id, node, out),
            _ => out.ignore(node.text(), "name, setting or single samples"),
        }
    }
    true
}

/// How far this run is from the one before.
fn changes(id: &str, node: Node<'_, '_>, out: &mut MetricSink) {
    for (key, node) in node.members() {
        match key.raw() {
            "mean" => estimate(id, "time.change", None, node, out),
            "median" => estimate(id, "time.change", Some("median"), node, out),
            _ => out.ignore(node.text(), "name"),
        }
    }
}

/// `{"estimate": 321.7, "lower_bound": 310.3, "upper_bound": 332.1, "unit": "ns"}`
fn estimate(id: &str, name: &'static str, estimator: Option<&'static str>, node: Node<'_, '_>, out: &mut MetricSink) {
    let word = node.get("unit").and_then(Node::as_str).unwrap_or_default();
    let printed: Option<Printed> = match &*word {
        "ns" => Some(unit::NS),
        // Printed as a ratio all the same.
        "%" => Some(unit::RATIO),
        _ => None,
    };
    for (key, bound) in [("estimate", None), ("lower_bound", Some("lower")), ("upper_bound", Some("upper"))] {
        let Some(value) = node.get(key).filter(|node| matches!(node.kind(), Kind::Number | Kind::NotFinite)) else { continue };
        let metric = out.metric(if printed.is_some() { name } else { "counter" }).label("benchmark", id.to_owned());
        let metric =
            if printed.is_some() { metric.polarity(Polarity::Lower) } else { metric.label("counter", word.clone().into_owned()) };
        let metric = printed.into_iter().fold(metric, prill_core::extract::Emit::unit);
        let metric = estimator.into_iter().fold(metric, |metric, name| metric.label("estimator", name));
        let metric = bound.into_iter().fold(metric, |metric, bound| metric.label("bound", bound));
        metric.push(value.text());
    }
}

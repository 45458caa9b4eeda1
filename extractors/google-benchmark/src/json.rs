use std::borrow::Cow;

use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Kind, Node};
use prill_core::scan::{Search, number, unit};
use prill_core::{ExtractError, Input, MetricSink, Span};

use crate::counter::Counter;
use crate::put;
use crate::row::{Columns, Row, Run, is_curve, time_unit};
use crate::words;

/// What became of a text that was searched for a report.
pub(crate) struct Outcome {
    /// Where it stands, without the text's offset.
    pub(crate) place: Option<Span>,
    pub(crate) end: Result<(), ExtractError>,
}

/// A line that only the JSON reporter prints.
pub(crate) fn is_mark(line: &str) -> bool {
    ["\"library_build_type\": \"", "\"per_family_instance_index\": ", "\"cpu_scaling_enabled\": "]
        .iter()
        .any(|key| line.starts_with(key))
}

/// Reads the report in the text of `input`, if there is one.
///
/// # Errors
/// None; that the report is cut is in the outcome.
pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Result<Outcome, ExtractError> {
    let none = Outcome { place: None, end: Ok(()) };
    let text = input.text().as_str();
    if !text.has("\"benchmarks\"") && !text.has("\"library_build_type\"") {
        return Ok(none);
    }
    let document = Document::read(text);
    let Some(root) = document.root().filter(|root| root.get("context").is_some()) else { return Ok(none) };
    let is_mine = root.get("context").is_some_and(|c| c.get("num_cpus").is_some());
    if !is_mine {
        return Ok(none);
    }
    let mut rows = Vec::new();
    for (key, node) in root.members() {
        if key.raw() == "benchmarks" {
            rows.extend(node.items().filter_map(|node| row(node, out)));
        } else {
            out.ignore(node.text(), "setting");
        }
    }
    put::rows(&rows, None, out);
    say_json(document.problems(), input, out);
    Ok(Outcome { place: document.span(), end: json_end(document.end(), input) })
}

/// Keys of a row that are neither its times nor its counters.
const KEYS: [&str; 20] = [
    "name",
    "family_index",
    "per_family_instance_index",
    "run_name",
    "run_type",
    "repetitions",
    "repetition_index",
    "threads",
    "aggregate_name",
    "aggregate_unit",
    "iterations",
    "real_time",
    "cpu_time",
    "real_coefficient",
    "cpu_coefficient",
    "rms",
    "big_o",
    "time_unit",
    "label",
    "error_occurred",
];

/// A row of the list; `None` for a benchmark that failed or was cut.
fn row<'t>(node: Node<'_, 't>, out: &mut MetricSink) -> Option<Row<'t>> {
    let string = |key: &str| node.get(key).and_then(Node::as_str);
    let name = string("name")?;
    let is_true = |key: &str| node.get(key).and_then(Node::bool) == Some(true);
    if is_true("error_occurred") || is_true("skipped") {
        let failed = is_true("error_occurred");
        let said = string(if failed { "error_message" } else { "skip_message" }).unwrap_or_default();
        let message = format!("{}: '{said}'", if failed { "ERROR OCCURRED" } else { "SKIPPED" });
        out.ignore(node.text(), "message");
        words::stopped(&name, &message, node.get("name")?.text(), out);
        return None;
    }
    for key in
        ["name", "run_name", "family_index", "per_family_instance_index", "threads", "repetitions", "repetition_index", "label"]
    {
        node.get(key).into_iter().for_each(|node| out.ignore(node.text(), "name or setting"));
    }
    let token = |key: &str| node.get(key).and_then(token);
    let columns = columns(node, string("big_o"))?;
    let (real, cpu) = match columns {
        Columns::Coefficient(_) => (token("real_coefficient"), token("cpu_coefficient")),
        Columns::Error(_) => (None, token("rms")),
        _ => (token("real_time"), token("cpu_time")),
    };
    let others = node.members().filter(|(key, _)| !KEYS.contains(&&*key.text()));
    let counters = others.filter_map(|(key, node)| {
        if key.raw().bytes().any(|b| b.is_ascii_digit()) {
            out.ignore(key.raw(), "name");
        }
        Some(Counter::bare(key.text(), self::token(node)?))
    });
    Some(Row {
        run: run(node),
        name,
        columns,
        is_fixed: false,
        real,
        cpu,
        iterations: token("iterations").filter(|t| number::is_token(t)),
        counters: counters.collect(),
    })
}

fn run<'t>(node: Node<'_, 't>) -> Option<Run<'t>> {
    let string = |key: &str| node.get(key).and_then(Node::as_str);
    let count = |key: &str| node.get(key).and_then(Node::number).map(|n| n.value());
    let several = count("repetitions").is_some_and(|n| n > 1.0);
    let index = count("repetition_index").filter(|n| several && *n >= 0.0);
    // The index is small, and what is not gives some other number.
    Some(Run { name: string("run_name")?, aggregate: string("aggregate_name"), repetition: index.map(|n| n as usize) })
}

fn columns<'t>(node: Node<'_, 't>, curve: Option<Cow<'t, str>>) -> Option<Columns<'t>> {
    if node.get("rms").is_some() {
        return Some(Columns::Error(unit::RATIO));
    }
    if let (Some(_), Some(node)) = (curve.filter(|c| is_curve(c)), node.get("big_o")) {
        return Some(Columns::Coefficient(node.string()?.raw()));
    }
    let is_ratio = node.get("aggregate_unit").and_then(Node::as_str).is_some_and(|unit| unit == "percentage");
    let unit = node.get("time_unit").and_then(Node::as_str)?;
    if is_ratio { Some(Columns::Ratio(unit::RATIO)) } else { time_unit(&unit).map(Columns::Time) }
}

/// The number that `node` is, finite or not: what has no value is said when it is put in.
fn token<'t>(node: Node<'_, 't>) -> Option<&'t str> {
    matches!(node.kind(), Kind::Number | Kind::NotFinite).then(|| node.text())
}

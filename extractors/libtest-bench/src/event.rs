use prill_core::MetricSink;
use prill_core::scan::Line;
use prill_core::scan::json::{Document, End, Kind, Node};

use crate::row::Row;

/// A line of `--format json`.
pub(crate) enum Event<'t> {
    Bench(Row<'t>),
    /// A test, or the suite, failed.
    Failed,
    Other,
    Cut,
}

/// True for the line of a benchmark.
pub(crate) fn is_bench(line: &str) -> bool {
    line.starts_with("{ \"type\": \"bench\", ")
}

/// `{ "type": "bench", "name": "m::copy", "median": 54.29, "deviation": 715.1, "mib_per_second": 75851 }`; `None` for a line that
/// is none of `--format json` (`library/test/src/formatters/json.rs`).
pub(crate) fn read<'t>(line: Line<'t>, out: &mut MetricSink) -> Option<Event<'t>> {
    let text = line.trimmed();
    if !text.starts_with("{ \"type\": \"") {
        return None;
    }
    let document = Document::read(text);
    let Some(root) = document.root().filter(|_| document.end() == End::Whole) else {
        out.ignore(line.text, "event that is cut");
        return Some(Event::Cut);
    };
    let string = |key: &str| root.get(key).and_then(Node::as_str);
    if string("type").as_deref() != Some("bench") {
        out.ignore(line.text, "event");
        return Some(if string("event").as_deref() == Some("failed") { Event::Failed } else { Event::Other });
    }
    let number = |key: &str| root.get(key).filter(|node| matches!(node.kind(), Kind::Number | Kind::NotFinite)).map(Node::text);
    let (Some(name), Some(median)) = (string("name"), number("median")) else { return Some(Event::Other) };
    root.get("name").into_iter().for_each(|node| out.ignore(node.text(), "name"));
    let (spread, throughput) = (number("deviation"), number("mib_per_second"));
    Some(Event::Bench(Row { name, median, spread, throughput, is_fixed: false }))
}

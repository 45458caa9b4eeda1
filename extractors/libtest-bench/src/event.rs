use prill_core::MetricSink;
use prill_core::scan::json::{Document, End, Kind, Node};
use prill_core::scan::{Line, number};

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
    if let Some(event) = plain(text, out) {
        return Some(event);
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

/// Reads what libtest writes without an escape in it, as nearly all is: one member after the other, on one line.
fn plain<'t>(text: &'t str, out: &mut MetricSink) -> Option<Event<'t>> {
    let (mut kind, mut event, mut name) = ("", "", "");
    let (mut median, mut spread, mut throughput) = (None, None, None);
    let mut rest = text.strip_prefix("{ \"")?;
    loop {
        let (key, value) = rest.split_at(memchr::memchr(b'"', rest.as_bytes())?);
        let value = value.strip_prefix("\": ")?;
        let (token, after) = match value.strip_prefix('"') {
            Some(string) => {
                let (string, after) = string.split_at(memchr::memchr2(b'"', b'\\', string.as_bytes())?);
                match key {
                    "type" => kind = string,
                    "event" => event = string,
                    "name" => name = string,
                    _ => {}
                }
                (None, after.strip_prefix('"')?)
            }
            None => {
                let (token, after) = number::leading(value)?;
                (Some(token), after)
            }
        };
        match key {
            "median" => median = Some(token?),
            "deviation" => spread = Some(token?),
            "mib_per_second" => throughput = Some(token?),
            _ => {}
        }
        match after.strip_prefix(", \"") {
            Some(after) => rest = after,
            None if after == " }" => break,
            None => return None,
        }
    }
    match (kind, median) {
        ("bench", Some(median)) if !name.is_empty() => {
            out.ignore(name, "name");
            Some(Event::Bench(Row { name: name.into(), median, spread, throughput, is_fixed: false }))
        }
        ("bench", _) => None,
        _ => {
            out.ignore(text, "event");
            Some(if event == "failed" { Event::Failed } else { Event::Other })
        }
    }
}

use prill_core::scan::json::{Document, End, Node};

use super::counter::Counter;
use super::derived::Derived;
use crate::writer::Writer;

/// Whether a line is an object of `-j`.
pub(crate) fn is_mine(line: &str) -> bool {
    let keys = ["\"counter-value\" : ", "\"metric-value\" : ", "\"metricgroup\" : "];
    line.starts_with('{') && keys.iter().any(|key| line.contains(key))
}

/// The object of a line. `None` when it is broken.
pub(crate) fn counter<'t>(line: &'t str, out: &mut Writer<'_>) -> Option<Counter<'t>> {
    let document = Document::read(line);
    if document.end() != End::Whole {
        return None;
    }
    let mut counter = Counter::default();
    let (mut value, mut what) = ("", "");
    for (key, node) in document.root()?.members() {
        let text = plain(node);
        match key.raw() {
            "interval" => {
                out.ignore(text, "time of the interval");
                counter.whose.interval = Some(text);
            }
            "cgroup" => {
                out.ignore(text, "name of the cgroup");
                counter.whose.cgroup = Some(text).filter(|name| !name.is_empty());
            }
            key if place(key).is_some() => {
                out.ignore(text, "identity of the row");
                counter.whose.place = place(key).map(|key| (key, text.trim_start_matches("CPU")));
            }
            "event" | "metricgroup" => counter.event = text,
            "counter-value" => counter.count = text,
            "unit" => counter.unit = text,
            "variance" => counter.noise = Some(text),
            "pcnt-running" => counter.running = Some(text),
            "metric-value" => value = text,
            "metric-unit" => what = text,
            _ => out.ignore(node.text(), "setting, or time in which the event was counted"),
        }
    }
    match (value, what) {
        ("", _) => {}
        (_, "" | "(null)") => out.ignore(value, "nothing is computed from the count"),
        _ => counter.derived = Some(Derived::new(value, what)),
    }
    Some(counter)
}

/// The label of a key that says whose a row is.
pub(super) fn place(key: &str) -> Option<&'static str> {
    ["cpu", "core", "cluster", "cache", "die", "socket", "node", "thread"].into_iter().find(|label| *label == key)
}

/// A number, or what stands between the quotes of a string.
pub(super) fn plain<'t>(node: Node<'_, 't>) -> &'t str {
    let text = node.text();
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

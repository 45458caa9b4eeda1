use prill_core::MetricSink;
use prill_core::scan::json::{Document, End, Node};

use super::counter::Counter;
use super::derived::Derived;

/// Whether a line is an object of `-j`.
pub(crate) fn is_mine(line: &str) -> bool {
    line.starts_with('{') && (line.contains("\"counter-value\"") || line.contains("\"metric-value\""))
}

/// The object of a line. `None` when it is broken.
pub(crate) fn counter<'t>(line: &'t str, out: &mut MetricSink) -> Option<Counter<'t>> {
    let document = Document::read(line);
    if document.end() != End::Whole {
        return None;
    }
    let mut counter = Counter::default();
    let (mut value, mut what) = ("", "");
    for (key, node) in document.root()?.members() {
        let text = plain(node);
        match key.raw() {
            "interval" => label("interval", text, "time of the interval", &mut counter, out),
            "cpu" => label("cpu", text.trim_start_matches("CPU"), "identity of the row", &mut counter, out),
            "core" => label("core", text, "identity of the row", &mut counter, out),
            "cluster" => label("cluster", text, "identity of the row", &mut counter, out),
            "cache" => label("cache", text, "identity of the row", &mut counter, out),
            "die" => label("die", text, "identity of the row", &mut counter, out),
            "socket" => label("socket", text, "identity of the row", &mut counter, out),
            "node" => label("node", text, "identity of the row", &mut counter, out),
            "thread" => label("thread", text, "identity of the row", &mut counter, out),
            "cgroup" => label("cgroup", text, "name of the cgroup", &mut counter, out),
            "counter-value" => counter.count = text,
            "unit" => counter.unit = text,
            "event" => counter.event = text,
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
        _ => counter.derived = Some(Derived { value, what }),
    }
    Some(counter)
}

fn label<'t>(key: &'static str, text: &'t str, why: &'static str, counter: &mut Counter<'t>, out: &mut MetricSink) {
    if !text.is_empty() {
        out.ignore(text, why);
        counter.labels.push((key, text));
    }
}

/// A number, or what stands between the quotes of a string.
fn plain<'t>(node: Node<'_, 't>) -> &'t str {
    let text = node.text();
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

use super::counter::Counter;
use super::derived::Derived;
use crate::writer::Writer;
use prill_core::scan::Search;

/// Whether a line is an object of `-j`.
pub(crate) fn is_mine(line: &str) -> bool {
    let keys = ["\"counter-value\" : ", "\"metric-value\" : ", "\"metricgroup\" : "];
    line.starts_with('{') && keys.iter().any(|key| line.has(key))
}

/// The object of a line. `None` when it is broken.
pub(crate) fn counter<'t>(line: &'t str, out: &mut Writer<'_>) -> Option<Counter<'t>> {
    let mut counter = Counter::default();
    let (mut value, mut what) = ("", "");
    for (key, text) in members(line)? {
        match key {
            "interval" => {
                out.ignore(text, "time of the interval");
                counter.whose.interval = Some(text);
            }
            "counter-value" => counter.count = text,
            "unit" => counter.unit = text,
            "event" | "metricgroup" => counter.event = text,
            "variance" => counter.noise = Some(text),
            "pcnt-running" => counter.running = Some(text),
            "metric-value" => value = text,
            "metric-unit" => what = text,
            "cgroup" => {
                out.ignore(text, "name of the cgroup");
                counter.whose.cgroup = Some(text).filter(|name| !name.is_empty());
            }
            key => {
                if let Some(key) = place(key) {
                    counter.whose.place = Some((key, text.trim_start_matches("CPU")));
                }
                out.ignore(text, "identity of the row, or time in which the event was counted");
            }
        }
    }
    match (value, what) {
        ("", _) => {}
        (_, "" | "(null)") => out.ignore(value, "nothing is computed from the count"),
        _ => counter.derived = Some(Derived::new(value, what)),
    }
    Some(counter)
}

/// Keys and values of an object, without their quotes. Upstream prints neither objects in it nor escapes, so that a reader of any
/// JSON is not needed for lines of which there may be a million. `None` when it is broken or cut.
pub(super) fn members(line: &str) -> Option<Vec<(&str, &str)>> {
    let mut rest = line.strip_prefix('{')?.trim_ascii_start();
    let mut members = Vec::with_capacity(12);
    loop {
        let (key, after) = rest.strip_prefix('"')?.split_once('"')?;
        rest = after.trim_ascii_start().strip_prefix(':')?.trim_ascii_start();
        let (text, after) = match rest.strip_prefix('"') {
            Some(rest) => rest.split_once('"')?,
            None => {
                let (text, after) = rest.split_at(rest.find([',', '}'])?);
                (text.trim_ascii_end(), after)
            }
        };
        if key.contains('\\') || text.contains(['\\', '{', '[']) && !rest.starts_with('"') {
            return None;
        }
        members.push((key, text));
        let after = after.trim_ascii_start();
        match after.strip_prefix(',') {
            Some(after) => rest = after.trim_ascii_start(),
            None => return (after == "}").then_some(members),
        }
    }
}

/// The label of a key that says whose a row is.
pub(super) fn place(key: &str) -> Option<&'static str> {
    ["cpu", "core", "cluster", "cache", "die", "socket", "node", "thread"].into_iter().find(|label| *label == key)
}

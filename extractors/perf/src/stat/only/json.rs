//! The objects of `-j`.

use super::super::counter::Whose;
use super::super::derived::is_known;
use super::super::json::{members, place};
use super::{Writer, value};
use prill_core::scan::Search;

/// Before 6.3 the names are objects one behind the other: `{"unit" : "GHz"}{"unit" : "insn per cycle"}`.
pub(crate) fn is_units(line: &str) -> bool {
    line.starts_with("{\"unit\" : \"") && line.ends_with('}') && !line.has("\"counter-value\"")
}

/// The numbers below such names, each an object too: `{"interval" : 1.001}{"metric-value" : "2.43"}`.
fn is_values(line: &str) -> bool {
    line.matches("\"metric-value\" : ").nth(1).is_some() || (line.starts_with("{\"metric-value\" : \"") && line.ends_with("\"}"))
}

/// The names, in order; `sec` stands for the time of an interval.
pub(super) fn units(line: &str) -> impl Iterator<Item = &str> {
    strings(line, "\"unit\" : ").filter(|unit| *unit != "sec")
}

/// The numbers of a line of such objects.
pub(super) fn values<'t>(line: &'t str, out: &mut Writer<'_>) -> Option<(Whose<'t>, Vec<(&'t str, bool)>)> {
    if !is_values(line) {
        return None;
    }
    let mut whose = Whose::default();
    if let Some(time) = strings(line, "\"interval\" : ").next() {
        out.ignore(time, "time of the interval");
        whose.interval = Some(time);
    }
    for key in ["cpu", "core", "die", "socket", "node", "thread"] {
        if let Some(word) = strings(line, &format!("\"{key}\" : ")).next() {
            out.ignore(word, "identity of the row");
            whose.place = place(key).map(|label| (label, word));
        }
    }
    if let Some(processors) = strings(line, "\"aggregate-number\" : ").next() {
        out.ignore(processors, "number of processors");
    }
    let fields = || strings(line, "\"metric-value\" : ");
    Some((whose, fields().filter_map(value).collect()))
}

/// What stands behind each `key`, without its quotes.
fn strings<'t>(line: &'t str, key: &str) -> impl Iterator<Item = &'t str> {
    let key_len = key.len();
    line.match_indices(key).map(|(at, _)| at).collect::<Vec<_>>().into_iter().map(move |at| {
        let rest = &line[at + key_len..];
        match rest.strip_prefix('"') {
            Some(rest) => &rest[..rest.find('"').unwrap_or(rest.len())],
            None => &rest[..rest.find([',', '}']).unwrap_or(rest.len())],
        }
    })
}

/// What an object of `--metric-only` holds.
type Object<'t> = (Whose<'t>, Vec<(&'t str, &'t str)>, Vec<&'t str>);

/// Whether a line is such an object, with a name that only perf has.
pub(super) fn is_object(line: &str) -> bool {
    read(line).is_some_and(|(_, values, _)| values.iter().any(|(name, _)| is_known(name)))
}

/// Since 6.3: `{"interval" : 1.001, "cpu" : "0", "GHz" : "2.43", "insn per cycle" : "0.58"}`, whose numbers have a name as key.
pub(super) fn object<'t>(line: &'t str, asked: bool, out: &mut Writer<'_>) -> Option<(Whose<'t>, Vec<(&'t str, &'t str)>)> {
    let (whose, values, others) = read(line)?;
    if !asked && !values.iter().any(|(name, _)| is_known(name)) {
        return None;
    }
    others.into_iter().for_each(|text| out.ignore(text, "time of the interval, or identity of the row"));
    Some((whose, values))
}

fn read(line: &str) -> Option<Object<'_>> {
    if !line.starts_with("{\"") || !line.ends_with('}') || !line.has("\" : ") {
        return None;
    }
    let (mut whose, mut values, mut others) = (Whose::default(), Vec::new(), Vec::new());
    for (key, text) in members(line)? {
        match key {
            "interval" => whose.interval = Some(text),
            "cgroup" => whose.cgroup = Some(text).filter(|name| !name.is_empty()),
            "counters" | "aggregate-number" => {}
            _ if place(key).is_some() => whose.place = place(key).map(|label| (label, text)),
            "metric-value" if text == "none" => {}
            _ if value(text).is_some() || text == "none" => {
                values.push((key, text));
                continue;
            }
            _ => return None,
        }
        others.push(text);
    }
    Some((whose, values, others))
}

use prill_core::diagnostic::code;
use prill_core::extract::Emit;
use prill_core::scan::unit;
use prill_core::{MetricSink, Printed};

use crate::kind::Kind;

/// What a number is of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) benchmark: &'a str,
    /// The tool of valgrind, unless it is the one that counts instructions by default.
    pub(crate) tool: Option<&'a str>,
    /// Which of several processes, threads or parts, counted from 1.
    pub(crate) segment: Option<&'a str>,
}

/// Puts in the number `token` of `kind`, and how much it changed, in per cent.
pub(crate) fn put(kind: &Kind, place: Place<'_>, token: &str, change: Option<&str>, out: &mut MetricSink) {
    if kind.unit.is_none() {
        out.note(code::UNKNOWN_UNIT, token, format!("{} is in a unit that an option of valgrind decides", kind.printed));
    }
    metric(kind, place, kind.name, kind.unit, out, token);
    if let Some(change) = change {
        metric(kind, place, &format!("{}.change", kind.name), Some(unit::PERCENT), out, change);
    }
}

fn metric<'s>(kind: &Kind, place: Place<'s>, name: &'s str, unit: Option<Printed>, out: &'s mut MetricSink, token: &str) {
    let metric = out.metric(name).polarity(kind.polarity).label("benchmark", place.benchmark);
    let metric = unit.into_iter().fold(metric, Emit::unit);
    let metric = kind.labels.iter().fold(metric, |metric, (key, value)| metric.label(key, *value));
    let optional = [("tool", place.tool), ("segment", place.segment)];
    let labels = optional.into_iter().filter_map(|(key, value)| Some((key, value?)));
    labels.fold(metric, |metric, (key, value)| metric.label(key, value)).push(token);
}

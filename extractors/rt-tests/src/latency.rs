use prill_core::diagnostic::code;
use prill_core::scan::json::Node;
use prill_core::{MetricSink, Printed, scan::unit};

use crate::report::{self, Report};
use crate::row::Row;

const CYCLE: Printed = Printed::base("{cycle}");

/// What the threads of a program measure.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) latency: &'static str,
    pub(crate) count: &'static str,
    /// The label that holds the number of the thread.
    pub(crate) label: &'static str,
}

/// How late a thread wakes.
pub(crate) const WAKEUP: Kind = Kind { latency: "wakeup.latency", count: "wakeup.count", label: "thread" };
/// How long it takes from one thread to another.
pub(crate) const HANDOFF: Kind = Kind { latency: "handoff.latency", count: "handoff.count", label: "pair" };

/// One statistic of one thread. What is printed twice carries `source`, but for the most precise.
pub(crate) struct Latency<'a> {
    pub(crate) kind: Kind,
    pub(crate) thread: &'a str,
    pub(crate) source: Option<&'static str>,
    pub(crate) printed: Printed,
    pub(crate) samples: Option<u64>,
}

impl Latency<'_> {
    pub(crate) fn push(&self, stat: &str, token: &str, out: &mut MetricSink) {
        let mut metric = out.metric(self.kind.latency).stat(stat).label(self.kind.label, self.thread).unit(self.printed).lower();
        if let Some(source) = self.source {
            metric = metric.label("source", source);
        }
        let step = self.printed.scale.factor();
        let step = token.split_once('.').map_or(step, |(_, decimals)| step * 0.1f64.powi(decimals.len().min(9) as i32));
        metric.resolution(step).samples(self.samples).push(token);
    }

    pub(crate) fn count(&self, token: &str, out: &mut MetricSink) {
        let mut metric = out.metric(self.kind.count).label(self.kind.label, self.thread).unit(CYCLE).informational();
        if let Some(source) = self.source {
            metric = metric.label("source", source);
        }
        metric.push(token);
    }

    /// Says that the thread has no latency.
    pub(crate) fn none(&self, place: &str, out: &mut MetricSink) {
        let message = format!("{} of {} {} has no value: it counted no cycle", self.kind.latency, self.kind.label, self.thread);
        out.warn(code::NO_SAMPLES, place, message);
    }
}

/// The numbers of a row.
pub(crate) fn from_row(kind: Kind, row: &Row<'_>, source: Option<&'static str>, printed: Printed, out: &mut MetricSink) {
    let samples = row.cycles.and_then(|c| c.parse().ok());
    let latency = Latency { kind, thread: row.thread, source, printed, samples };
    out.ignore(row.identity(), "identity and settings of the thread");
    if let Some(cycles) = row.cycles {
        latency.count(cycles, out);
    }
    if row.is_placeholder() {
        latency.none(row.line, out);
        [row.min, row.last, row.mean, row.max].into_iter().flatten().for_each(|t| out.ignore(t, "placeholder"));
    } else {
        let stats = [("min", row.min), ("mean", row.mean), ("max", row.max)];
        stats.into_iter().for_each(|(stat, token)| token.into_iter().for_each(|t| latency.push(stat, t, out)));
        let last = Latency { source: None, ..latency };
        row.last.into_iter().for_each(|token| last.push("last", token, out));
    }
    if let Some(smi) = row.smi {
        out.metric("smi.count").label("thread", row.thread).unit(Printed::base("{interrupt}")).lower().push(smi);
    }
}

/// The numbers of the JSON report: `"thread": {"0": {"cycles": 1857, "min": 19, ...}}`.
pub(crate) fn from_report(kind: Kind, report: &Report<'_>, printed: Printed, out: &mut MetricSink) {
    for (key, thread) in report.get("thread").into_iter().flat_map(Node::members) {
        out.ignore(key.raw(), "number of the thread");
        let cycles = thread.get("cycles").and_then(report::token);
        let empty = cycles.is_some_and(crate::row::is_zero);
        let samples = cycles.and_then(|c| c.parse().ok());
        let latency = Latency { kind, thread: &key.text(), source: None, printed, samples };
        if let (true, Some(cycles)) = (empty, cycles) {
            latency.none(cycles, out);
        }
        for (key, node) in thread.members() {
            match (key.raw(), report::token(node)) {
                ("cycles", Some(token)) => latency.count(token, out),
                ("min" | "max" | "avg", Some(token)) if empty => out.ignore(token, "placeholder"),
                (stat @ ("min" | "max"), Some(token)) => latency.push(stat, token, out),
                ("avg", Some(token)) => latency.push("mean", token, out),
                _ => out.ignore(node.text(), "setting, or buckets of the histogram"),
            }
        }
    }
}

/// What is measured in.
pub(crate) fn unit_of(nanoseconds: bool) -> Printed {
    if nanoseconds { unit::NS } else { unit::US }
}

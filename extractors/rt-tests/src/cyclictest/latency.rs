use prill_core::diagnostic::code;
use prill_core::scan::json::Node;
use prill_core::{MetricSink, Printed, scan::unit};

use crate::report::{self, Report};
use crate::row::Row;

pub(super) const LATENCY: &str = "wakeup.latency";
pub(super) const COUNT: &str = "wakeup.count";
pub(super) const CYCLE: Printed = Printed::base("{cycle}");

/// One statistic of one thread. What is printed twice carries `source`, but for the most precise.
pub(super) struct Latency<'a> {
    pub(super) thread: &'a str,
    pub(super) source: Option<&'static str>,
    pub(super) printed: Printed,
    pub(super) samples: Option<u64>,
}

impl Latency<'_> {
    pub(super) fn push(&self, stat: &str, token: &str, out: &mut MetricSink) {
        let mut metric = out.metric(LATENCY).stat(stat).label("thread", self.thread).unit(self.printed).lower();
        if let Some(source) = self.source {
            metric = metric.label("source", source);
        }
        let step = self.printed.scale.factor();
        let step = token.split_once('.').map_or(step, |(_, decimals)| step * 0.1f64.powi(decimals.len().min(9) as i32));
        metric.resolution(step).samples(self.samples).push(token);
    }

    pub(super) fn count(&self, token: &str, out: &mut MetricSink) {
        let mut metric = out.metric(COUNT).label("thread", self.thread).unit(CYCLE).informational();
        if let Some(source) = self.source {
            metric = metric.label("source", source);
        }
        metric.push(token);
    }

    /// Says that the thread has no latency.
    pub(super) fn none(&self, place: &str, out: &mut MetricSink) {
        let message = format!("{LATENCY} of thread {} has no value: the thread counted no cycle", self.thread);
        out.warn(code::NO_SAMPLES, place, message);
    }
}

/// The numbers of a row.
pub(super) fn from_row(row: &Row<'_>, source: Option<&'static str>, printed: Printed, out: &mut MetricSink) {
    let samples = row.cycles.and_then(|c| c.parse().ok());
    let latency = Latency { thread: row.thread, source, printed, samples };
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
pub(super) fn from_report(report: &Report<'_>, printed: Printed, out: &mut MetricSink) {
    for (key, thread) in report.get("thread").into_iter().flat_map(Node::members) {
        out.ignore(key.raw(), "number of the thread");
        let cycles = thread.get("cycles").and_then(report::token);
        let empty = cycles.is_some_and(crate::row::is_zero);
        let samples = cycles.and_then(|c| c.parse().ok());
        let latency = Latency { thread: &key.text(), source: None, printed, samples };
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

/// What cyclictest measures in.
pub(super) fn unit_of(nanoseconds: bool) -> Printed {
    if nanoseconds { unit::NS } else { unit::US }
}

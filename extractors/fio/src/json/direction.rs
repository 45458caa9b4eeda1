use prill_core::diagnostic::code;
use prill_core::scan::Scale;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use super::latency;
use super::node::Node;
use super::options::Options;
use super::unknown::Unknown;
use crate::labels::Labels;
use crate::unit::{IO, IO_PER_S};
use crate::work::Work;

const LATENCIES: [&str; 6] = ["slat_ns", "clat_ns", "lat_ns", "slat", "clat", "lat"];

/// Whether there was any I/O in a direction. `short_ios` does not tell: fio counts the syncs of another direction there.
pub(super) fn is_used(node: Node<'_, '_>) -> bool {
    node.children().any(|child| match child.key() {
        "io_bytes" | "io_kbytes" | "bw_bytes" | "bw" | "iops" | "runtime" | "total_ios" | "drop_ios" => !child.is_zero(),
        key if LATENCIES.contains(&key) => !child.is_zero(),
        _ => false,
    })
}

/// One of `read`, `write`, `trim` and `mixed` of a job.
pub(super) struct Direction<'a, 't> {
    pub(super) node: Node<'a, 't>,
    pub(super) op: &'t str,
    pub(super) labels: Labels<'t>,
    pub(super) options: &'a Options<'a, 't>,
    pub(super) work: Work,
    pub(super) old: bool,
    pub(super) unknown: &'a Unknown<'t>,
}

impl<'t> Direction<'_, 't> {
    pub(super) fn extract(&self, out: &mut MetricSink) {
        let mut samples = false;
        let sampled = Sampled::read(self.node);
        for child in self.node.children() {
            let key = child.key();
            if let Some(object) = LATENCIES.contains(&key).then(|| key.trim_end_matches("_ns")) {
                let printed = if key.ends_with("_ns") { unit::NS } else { unit::US };
                samples |= latency::extract(child, object, printed, &self.labels, out);
            } else if let Some((object, prio)) = prio(key) {
                let labels = self.labels.with("prio", prio);
                latency::extract(child, object, unit::NS, &labels, out);
            } else if key == "prios" {
                child.children().for_each(|prio| self.prio(prio, out));
            } else if let Some(value) = child.number() {
                self.number(child, value, &sampled, out);
            }
        }
        if !samples && !self.options.measures_no_latency() {
            let said = format!("no {} was completed: there is no latency", self.op);
            out.warn(code::NO_SAMPLES, self.node.key(), said);
        }
    }

    fn number(&self, node: Node<'_, 't>, value: &'t str, sampled: &Sampled, out: &mut MetricSink) {
        let labels = &self.labels;
        match node.key() {
            "io_bytes" => labels.metric(out, "io.bytes").polarity(self.work.amount()).unit(self.bytes(value)).push(value),
            "io_kbytes" => {
                let labels = labels.again("io_kbytes");
                labels.metric(out, "io.bytes").polarity(self.work.amount()).unit(unit::KIB).resolution(1024.0).push(value);
            }
            "bw_bytes" => self.rate("throughput", value, unit::BYTE_PER_S, labels, out),
            "bw" if self.node.get("bw_bytes").is_some() => {
                self.rate("throughput", value, unit::KIB_PER_S, &labels.again("bw"), out);
            }
            "bw" => self.rate("throughput", value, unit::KIB_PER_S, labels, out),
            "iops" => self.rate("iops", value, IO_PER_S, labels, out),
            "runtime" => labels.metric(out, "runtime").unit(unit::MS).informational().push(value),
            "total_ios" => labels.metric(out, "io.count").unit(IO).polarity(self.work.amount()).push(value),
            "short_ios" => labels.metric(out, "io.short").unit(IO).lower().push(value),
            "drop_ios" => labels.metric(out, "io.dropped").unit(IO).lower().push(value),
            "cachehit" => labels.metric(out, "cache.hit.ratio").unit(unit::PERCENT).higher().push(value),
            _ => self.sampled(node, value, sampled, out),
        }
    }

    /// `io_bytes` counts KiB in fio 2.x and bytes since; which of the two is told by rate and run time, or by the version.
    fn bytes(&self, value: &str) -> Printed {
        if self.node.get("io_kbytes").is_some() || self.node.get("bw_bytes").is_some() {
            return unit::BYTE;
        }
        let number = |key| self.node.get(key).and_then(Node::number).and_then(|t| number::value(t, Scale::ONE));
        let kib = number("bw").zip(number("runtime")).map(|(bw, runtime)| bw * runtime / 1000.0).filter(|kib| *kib > 0.0);
        let old = match (number::value(value, Scale::ONE), kib) {
            (Some(amount), Some(kib)) => amount < kib * 32.0,
            _ => self.old,
        };
        if old { unit::KIB } else { unit::BYTE }
    }

    /// The rate of the whole run; where it is limited, the limit is what is best.
    fn rate(&self, name: &'static str, value: &'t str, printed: Printed, labels: &Labels<'t>, out: &mut MetricSink) {
        let measured = number::value(value, printed.scale);
        let limit = self.options.limit(name, self.op).filter(|limit| measured.is_some_and(|rate| rate <= limit * 1.1));
        let polarity = limit.map_or(self.work.rate(), Polarity::Target);
        let emit = labels.metric(out, name).unit(printed).polarity(polarity);
        if printed == unit::KIB_PER_S { emit.resolution(1024.0).push(value) } else { emit.push(value) }
    }

    /// `bw_*` (KiB/s) and `iops_*`: what `bwavgtime` and `iopsavgtime` sampled.
    fn sampled(&self, node: Node<'_, 't>, value: &'t str, sampled: &Sampled, out: &mut MetricSink) {
        let (object, stat, printed) = match node.key().split_once('_') {
            Some(("bw", stat)) => ("throughput", stat, unit::KIB_PER_S),
            Some(("iops", stat)) => ("iops", stat, IO_PER_S),
            _ => return self.unknown.add(node, out),
        };
        let samples = if object == "iops" { &sampled.iops } else { &sampled.throughput };
        let Some(samples) = samples else { return out.ignore(value, "no sample of the rate was taken") };
        let emit = |stat, out| self.labels.metric(out, object).stat(stat).unit(printed).samples(*samples);
        match stat {
            "min" | "max" | "mean" => emit(stat, out).polarity(self.work.rate()).push(value),
            "dev" | "stddev" => emit("stddev", out).push(value),
            "samples" => out.ignore(value, "how often the rate was sampled"),
            // fio 2.1 printed the mean here.
            "agg" if number::value(value, Scale::ONE).is_some_and(|share| share > 100.0) => {
                out.ignore(value, "no percentage in this version of fio");
            }
            "agg" => self.labels.metric(out, "throughput.share").unit(unit::PERCENT).informational().push(value),
            _ => self.unknown.add(node, out),
        }
    }

    /// `{"prioclass": 2, "prio": 1, "priohint": 0, "clat_ns": {..}}`, fio 3.31 and later.
    fn prio(&self, node: Node<'_, 't>, out: &mut MetricSink) {
        let parts: Vec<_> = ["prioclass", "prio", "priohint"].iter().filter_map(|key| node.get(key)?.number()).collect();
        parts.iter().for_each(|part| out.ignore(part, "names a priority"));
        let labels = self.labels.with("prio", parts.join("/"));
        for (key, object) in [("clat_ns", "clat"), ("lat_ns", "lat")] {
            if let Some(latency) = node.get(key) {
                latency::extract(latency, object, unit::NS, &labels, out);
            }
        }
    }
}

/// `clat_high_prio` and the like of fio 3.16 to 3.30.
fn prio(key: &str) -> Option<(&'static str, &'static str)> {
    match key {
        "clat_high_prio" => Some(("clat", "high")),
        "clat_low_prio" => Some(("clat", "low")),
        "lat_high_prio" => Some(("lat", "high")),
        "lat_low_prio" => Some(("lat", "low")),
        _ => None,
    }
}

/// How often the rates were sampled: `None` when never, `Some(None)` when fio does not say.
struct Sampled {
    throughput: Option<Option<u64>>,
    iops: Option<Option<u64>>,
}

impl Sampled {
    fn read(node: Node<'_, '_>) -> Self {
        let of = |stats: [&str; 3], count: &str| {
            let count = node.get(count);
            let any = stats.iter().filter_map(|key| node.get(key)).chain(count).any(|node| !node.is_zero());
            any.then(|| count.and_then(Node::number).and_then(|n| n.parse().ok()))
        };
        Self {
            throughput: of(["bw_min", "bw_max", "bw_mean"], "bw_samples"),
            iops: of(["iops_min", "iops_max", "iops_mean"], "iops_samples"),
        }
    }
}

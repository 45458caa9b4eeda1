use prill_core::scan::unit;
use prill_core::{MetricSink, Printed};

use super::direction::{self, Direction};
use super::node::Node;
use super::options::Options;
use super::unknown::Unknown;
use super::{latency, steady};
use crate::job;
use crate::labels::{Identity, Labels};
use crate::unit::IO;
use crate::work::Work;

const OPS: [&str; 4] = ["read", "write", "trim", "mixed"];
const RESET: Printed = Printed::base("{reset}");
const TRIM: Printed = Printed::base("{trim}");

/// What tells the job from the others.
pub(super) fn identity<'t>(node: Node<'_, 't>) -> Identity<'t> {
    Identity {
        name: node.get("jobname").and_then(Node::string).unwrap_or_default(),
        group: node.get("groupid").and_then(Node::number).unwrap_or_default().into(),
        host: node.get("hostname").and_then(Node::string).filter(|host| !host.is_empty()),
    }
}

/// One element of `jobs`.
pub(super) struct Job<'a, 't> {
    node: Node<'a, 't>,
    labels: Labels<'t>,
    options: Options<'a, 't>,
    work: Work,
    /// Before fio 2.99 latencies were microseconds.
    old: bool,
    unknown: &'a Unknown<'t>,
}

impl<'a, 't> Job<'a, 't> {
    pub(super) fn new(
        node: Node<'a, 't>,
        labels: Labels<'t>,
        options: Options<'a, 't>,
        work: Work,
        version: &str,
        unknown: &'a Unknown<'t>,
    ) -> Self {
        let runtimes = OPS.into_iter().filter_map(|op| node.get(op)?.get("runtime")?.number()?.parse().ok());
        let timed = work.timed || options.is_timed(runtimes.fold(0.0, f64::max));
        let work = Work { timed, throttled: work.throttled || options.is_throttled(), ..work };
        let old = version.starts_with("fio-1") || (version.starts_with("fio-2.") && !version.starts_with("fio-2.99"));
        Self { node, labels, options, work, old, unknown }
    }

    pub(super) fn extract(&self, out: &mut MetricSink) {
        for child in self.node.children() {
            match child.key() {
                "read" | "write" | "trim" | "mixed" => self.direction(child, out),
                "sync" => self.sync(child, out),
                "error" => self.error(child, out),
                "usr_cpu" | "sys_cpu" | "ctx" | "majf" | "minf" => self.cpu(child, out),
                "elapsed" => self.put(child, "elapsed", unit::SECOND, out),
                "job_runtime" => self.put(child, "job.runtime", unit::MS, out),
                "iodepth_level" => self.shares(child, "io.depth.share", "depth", "", out),
                "iodepth_submit" => self.shares(child, "submit.batch.share", "batch", "", out),
                "iodepth_complete" => self.shares(child, "complete.batch.share", "batch", "", out),
                "latency_ns" => self.shares(child, "lat.share", "bucket", "ns", out),
                "latency_us" => self.shares(child, "lat.share", "bucket", "us", out),
                "latency_ms" => self.shares(child, "lat.share", "bucket", "ms", out),
                "latency_depth" => self.latency_depth(child, out),
                "total_err" => self.errors(child, out),
                "steadystate" => steady::extract(child, &self.labels, out),
                "block" => self.blocks(child, out),
                "zone_resets" => self.put(child, "zone.resets", RESET, out),
                _ => self.ignore(child, out),
            }
        }
    }

    fn direction(&self, node: Node<'a, 't>, out: &mut MetricSink) {
        if !direction::is_used(node) {
            return out.ignore(node.text(), "a direction without any I/O");
        }
        let (op, labels) = (node.key(), self.labels.with("op", node.key()));
        Direction { node, op, labels, options: &self.options, work: self.work, old: self.old, unknown: self.unknown }
            .extract(out);
    }

    /// `fsync`, `fdatasync` and the like. `total_ios` is 0 where fio does not count them.
    fn sync(&self, node: Node<'a, 't>, out: &mut MetricSink) {
        for child in node.children() {
            match child.key() {
                "total_ios" if child.is_zero() => out.ignore(child.text(), "syncs that fio does not count"),
                "total_ios" => self.put(child, "sync.count", IO, out),
                "lat_ns" => drop(latency::extract(child, "sync.lat", unit::NS, &self.labels, out)),
                _ => {}
            }
        }
    }

    fn error(&self, node: Node<'a, 't>, out: &mut MetricSink) {
        let Some(code) = node.number() else { return };
        self.labels.metric(out, "error.code").unit(unit::RATIO).lower().push(code);
        if !node.is_zero() {
            let name = self.node.get("jobname").and_then(Node::string).unwrap_or_default();
            out.tool_failed(code, format!("job `{name}` failed: error {code}"));
        }
    }

    fn cpu(&self, node: Node<'a, 't>, out: &mut MetricSink) {
        let Some(value) = node.number() else { return };
        match node.key() {
            "usr_cpu" => self.labels.metric(out, "cpu.user").unit(unit::PERCENT).push(value),
            "sys_cpu" => self.labels.metric(out, "cpu.system").unit(unit::PERCENT).push(value),
            "ctx" => job::switches(value, &self.labels, out),
            "majf" => job::faults("major", value, &self.labels, out),
            _ => job::faults("minor", value, &self.labels, out),
        }
    }

    /// Shares of a set of buckets, in per cent; all zero when nothing was counted.
    fn shares(&self, node: Node<'a, 't>, name: &'static str, key: &'static str, suffix: &str, out: &mut MetricSink) {
        if node.is_zero() && !self.has_work() {
            return out.ignore(node.text(), "a distribution without a sample");
        }
        for bucket in node.children() {
            let Some(share) = bucket.number() else { continue };
            out.ignore(bucket.key(), "names a bucket");
            let labels = if suffix.is_empty() {
                self.labels.with(key, bucket.key())
            } else {
                self.labels.with(key, format!("{}{suffix}", bucket.key()))
            };
            labels.metric(out, name).unit(unit::PERCENT).informational().push(share);
        }
    }

    fn has_work(&self) -> bool {
        OPS.into_iter().filter_map(|op| self.node.get(op)).any(direction::is_used)
    }

    /// The depth that met `latency_target`; without one it is the setting.
    fn latency_depth(&self, node: Node<'a, 't>, out: &mut MetricSink) {
        match node.number() {
            Some(depth) if self.node.get("latency_target").is_some_and(|target| !target.is_zero()) => {
                self.labels.metric(out, "latency_target.depth").unit(IO).higher().push(depth);
            }
            _ => out.ignore(node.text(), "a setting"),
        }
    }

    fn errors(&self, node: Node<'a, 't>, out: &mut MetricSink) {
        let first = self.node.get("first_error").and_then(Node::number);
        if let (Some(total), Some(first)) = (node.number(), first) {
            job::errors(total, first, &self.labels, out);
        }
    }

    /// How often blocks were trimmed before they failed.
    fn blocks(&self, node: Node<'a, 't>, out: &mut MetricSink) {
        if let Some(percentiles) = node.get("percentiles") {
            let each = |labels: &Labels<'t>, stat: &str, value, out: &mut MetricSink| {
                labels.metric(out, "block.lifetime").stat(stat).unit(TRIM).higher().push(value);
            };
            latency::percentiles(percentiles, &self.labels, out, each);
        }
        for state in node.get("states").into_iter().flat_map(Node::children) {
            if let Some(count) = state.number() {
                let labels = self.labels.with("state", state.key());
                labels.metric(out, "block.count").unit(Printed::base("{block}")).informational().push(count);
            }
        }
    }

    fn put(&self, node: Node<'a, 't>, name: &str, printed: Printed, out: &mut MetricSink) {
        if let Some(value) = node.number() {
            self.labels.metric(out, name).unit(printed).informational().push(value);
        }
    }

    fn ignore(&self, node: Node<'a, 't>, out: &mut MetricSink) {
        let why = match node.key() {
            "jobname" | "hostname" | "desc" | "port" | "groupid" => "names the job",
            "eta" => "progress",
            "job_start" => "the date",
            "job options" => "the job's settings",
            // Read with `total_err`.
            "first_error" => return,
            "latency_target" | "latency_target_ns" | "latency_percentile" | "latency_window" | "latency_window_us" => "a setting",
            _ => return self.unknown.add(node, out),
        };
        out.ignore(node.text(), why);
    }
}

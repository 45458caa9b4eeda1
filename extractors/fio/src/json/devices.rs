use prill_core::MetricSink;
use prill_core::scan::unit;

use super::node::Node;
use crate::device::{self, COUNTERS};
use crate::labels::Labels;

/// The end of the key of each of [`COUNTERS`].
const KEYS: [&str; 4] = ["ios", "sectors", "merges", "ticks"];

/// Reads `disk_util`. `aggr_*` values are averages over the devices below one, `aggr_util` is the highest of theirs.
pub(super) fn extract<'t>(node: Node<'_, 't>, report: &Labels<'t>, out: &mut MetricSink) {
    for node in node.children() {
        let mut labels = report.with("device", node.get("name").and_then(Node::string).unwrap_or_default());
        if let Some(host) = node.get("hostname").and_then(Node::string).filter(|host| !host.is_empty()) {
            labels = labels.with("host", host);
        }
        for child in node.children() {
            match child.number() {
                Some(value) => counter(child.key(), value, &labels, out),
                None => out.ignore(child.text(), "names a device"),
            }
        }
    }
}

fn counter<'t>(key: &str, value: &'t str, labels: &Labels<'t>, out: &mut MetricSink) {
    let (below, key) = key.strip_prefix("aggr_").map_or((false, key), |key| (true, key));
    let (object, mean) = if below { ("disk.slave", ".mean") } else { ("disk", "") };
    match key {
        "util" => device::utilization(if below { "disk.slave.utilization.max" } else { "disk.utilization" }, value, labels, out),
        "in_queue" => device::counter_of(object, &format!("queue.time{mean}"), value, unit::MS, labels, out),
        "port" => out.ignore(value, "names a device"),
        _ => {
            let Some((op, counted)) = key.split_once('_').filter(|(op, _)| matches!(*op, "read" | "write")) else { return };
            // `aggr_write_merge` lacks the `s` in all versions.
            let Some(at) = KEYS.iter().position(|k| *k == counted || k.trim_end_matches('s') == counted) else { return };
            let (counter, printed) = COUNTERS[at];
            let labels = labels.with("op", op.to_owned());
            device::counter_of(object, &format!("{counter}{mean}"), value, printed, &labels, out);
        }
    }
}

/// Reads `cpu_idleness` of `--idle-prof`.
pub(super) fn idleness<'t>(node: Node<'_, 't>, report: &Labels<'t>, out: &mut MetricSink) {
    for child in node.children() {
        let (key, Some(value)) = (child.key(), child.number()) else { continue };
        if key == "system" {
            report.metric(out, "cpu.idle").unit(unit::PERCENT).push(value);
        } else if let Some(cpu) = key.strip_prefix("cpu-") {
            out.ignore(cpu, "names a cpu");
            report.with("cpu", cpu).metric(out, "cpu.idle").unit(unit::PERCENT).push(value);
        } else {
            out.ignore(value, "the calibration of the idleness");
        }
    }
}

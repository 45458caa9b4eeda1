use prill_core::MetricSink;
use prill_core::scan::{Search, unit};

use super::field::{after, put};
use super::report::Section;
use crate::device::{self, COUNTERS};
use crate::labels::Labels;
use crate::unit::Printing;

/// Keys of [`COUNTERS`], of the device and of those below it.
const KEYS: [(&str, &str); 4] =
    [("ios=", "aggrios="), ("sectors=", "aggsectors="), ("merge=", "aggrmerge="), ("ticks=", "aggrticks=")];

/// Reads `vda: ios=19651/69, merge=65/785, ticks=1271/213, in_queue=1484, util=42.27%` lines.
///
/// `aggr..` values are averages over the devices below it, its utilization is the highest of theirs.
pub(super) fn extract<'t>(section: &Section<'t>, report: &Labels<'t>, out: &mut MetricSink) {
    for row in &section.rows {
        let line = row.whole();
        let Some(at) = line.place(": ios=") else { continue };
        let name = line[..at].trim();
        out.ignore(name, "the name of a device");
        let (labels, values) = (report.with("device", name), &line[at + 2..]);
        for ((counter, printed), (key, below)) in COUNTERS.iter().zip(KEYS) {
            pair(values, key, "disk", counter, *printed, &labels, out);
            pair(values, below, "disk.slave", &format!("{counter}.mean"), *printed, &labels, out);
        }
        for (key, object, counter) in [("in_queue=", "disk", "queue.time"), ("aggrin_queue=", "disk.slave", "queue.time.mean")] {
            if let Some(value) = after(values, key).and_then(|v| Printing::plain(v, unit::MS)) {
                device::counter_of(object, counter, value.token, unit::MS, &labels, out);
            }
        }
        for (key, name) in [("util=", "disk.utilization"), ("aggrutil=", "disk.slave.utilization.max")] {
            if let Some(value) = after(values, key).and_then(|v| Printing::plain(v, unit::PERCENT)) {
                device::utilization(name, value.token, &labels, out);
            }
        }
    }
}

/// `19651/69`: read and write.
fn pair<'t>(
    values: &'t str,
    key: &str,
    object: &str,
    counter: &str,
    printed: prill_core::Printed,
    labels: &Labels<'t>,
    out: &mut MetricSink,
) {
    let Some(read) = after(values, key).and_then(|v| Printing::plain_to(v, '/', printed)) else { return };
    device::counter_of(object, counter, read.token, printed, &labels.with("op", "read"), out);
    if let Some(write) = Printing::plain(&read.rest[1..], printed) {
        device::counter_of(object, counter, write.token, printed, &labels.with("op", "write"), out);
    }
}

/// Reads `system: 73.61%` and `percpu: 79.93%, 67.29%` of `--idle-prof`.
pub(super) fn idleness<'t>(section: &Section<'t>, report: &Labels<'t>, out: &mut MetricSink) {
    for row in &section.rows {
        let Some((word, values)) = row.whole().split_once(':') else { continue };
        let shares = values.split(',').filter_map(|v| Printing::plain(v, unit::PERCENT).filter(|v| v.rest.starts_with('%')));
        match word.trim() {
            "system" => shares.for_each(|share| put(report.metric(out, "cpu.idle"), &share)),
            "percpu" => shares
                .enumerate()
                .for_each(|(cpu, share)| put(report.with("cpu", cpu.to_string()).metric(out, "cpu.idle"), &share)),
            _ => out.ignore(values, "the calibration of the idleness"),
        }
    }
}

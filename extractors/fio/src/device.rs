//! Counters of the block devices (`diskutil.c`), which are those of the whole machine during the run.

use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Printed};

use crate::labels::Labels;
use crate::unit::{IO, step};

pub(crate) const MERGE: Printed = Printed::base("{merge}");
pub(crate) const SECTOR: Printed = Printed::base("{sector}");

/// What is counted of a device in each direction.
pub(crate) const COUNTERS: [(&str, Printed); 4] =
    [("io.count", IO), ("sectors", SECTOR), ("merges", MERGE), ("io.time", unit::MS)];

/// Name; I/Os, merges and ticks, read and write each; time in the queue; utilization.
pub(crate) fn terse(fields: &[&str; 9], report: &Labels<'_>, out: &mut MetricSink) {
    let labels = report.with("device", fields[0]);
    for (i, (counter, printed)) in [COUNTERS[0], COUNTERS[2], COUNTERS[3]].iter().enumerate() {
        counter_of("disk", counter, fields[1 + 2 * i], *printed, &labels.with("op", "read"), out);
        counter_of("disk", counter, fields[2 + 2 * i], *printed, &labels.with("op", "write"), out);
    }
    counter_of("disk", "queue.time", fields[7], unit::MS, &labels, out);
    utilization("disk.utilization", fields[8].trim_end_matches('%'), &labels, out);
}

/// One counter of one direction. None of them has a direction that is better: they are of the device, not of the job.
pub(crate) fn counter_of(object: &str, counter: &str, token: &str, printed: Printed, labels: &Labels<'_>, out: &mut MetricSink) {
    if number::is_token(token) {
        labels.metric(out, object).stat(counter).unit(printed).informational().push(token);
    }
}

/// How much of the time the device was busy.
pub(crate) fn utilization(name: &str, token: &str, labels: &Labels<'_>, out: &mut MetricSink) {
    if number::is_token(token) {
        labels.metric(out, name).unit(unit::PERCENT).resolution(step(token, unit::PERCENT)).push(token);
    }
}

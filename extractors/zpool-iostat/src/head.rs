//! The two lines that name the columns: groups above, and below them what each column of a group is.

use prill_core::Printed;
use prill_core::scan::unit;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) metric: &'static str,
    /// Which of [`LABELS`] it has, beside those of the row.
    pub(crate) label: usize,
    /// What is counted, in the unit that a number without a suffix has.
    pub(crate) unit: Printed,
    /// Waiting is better short; of the others nobody decided.
    pub(crate) wait: bool,
}

const fn column(metric: &'static str, label: usize, unit: Printed) -> Column {
    Column { metric, label, unit, wait: false }
}

const fn wait(metric: &'static str, label: usize) -> Column {
    // Without a suffix, which `-p` leaves out.
    Column { metric, label, unit: unit::NS, wait: true }
}

/// The operation and the state that columns are of; empty where they are of none.
pub(crate) const LABELS: [(&str, &str); 5] = [("", ""), ("read", ""), ("write", ""), ("", "pending"), ("", "active")];
const NONE: usize = 0;
const READ: usize = 1;
const WRITE: usize = 2;
const PENDING: usize = 3;
const ACTIVE: usize = 4;
const IO: Printed = Printed::base("{io}");
const IO_PER_S: Printed = Printed::base("{io}/s");

/// `iostat_top_labels` and `iostat_bottom_labels` of `zpool_main.c`: a group and its columns.
const GROUPS: &[(&str, &[Column])] = &[
    ("capacity", &[column("pool.allocated.size", NONE, unit::BYTE), column("pool.unused.size", NONE, unit::BYTE)]),
    ("operations", &[column("iops", READ, IO_PER_S), column("iops", WRITE, IO_PER_S)]),
    ("bandwidth", &[column("throughput", READ, unit::BYTE_PER_S), column("throughput", WRITE, unit::BYTE_PER_S)]),
    ("total_wait", &[wait("request.latency.mean", READ), wait("request.latency.mean", WRITE)]),
    ("disk_wait", &[wait("device.latency.mean", READ), wait("device.latency.mean", WRITE)]),
    ("syncq_wait", &[wait("queue.sync.latency.mean", READ), wait("queue.sync.latency.mean", WRITE)]),
    ("asyncq_wait", &[wait("queue.async.latency.mean", READ), wait("queue.async.latency.mean", WRITE)]),
    ("scrub", &[wait("queue.scrub.latency.mean", NONE)]),
    ("trim", &[wait("queue.trim.latency.mean", NONE)]),
    ("rebuild", &[wait("queue.rebuild.latency.mean", NONE)]),
    ("syncq_read", &[column("queue.sync_read.length", PENDING, IO), column("queue.sync_read.length", ACTIVE, IO)]),
    ("syncq_write", &[column("queue.sync_write.length", PENDING, IO), column("queue.sync_write.length", ACTIVE, IO)]),
    ("asyncq_read", &[column("queue.async_read.length", PENDING, IO), column("queue.async_read.length", ACTIVE, IO)]),
    ("asyncq_write", &[column("queue.async_write.length", PENDING, IO), column("queue.async_write.length", ACTIVE, IO)]),
    ("scrubq_read", &[column("queue.scrub_read.length", PENDING, IO), column("queue.scrub_read.length", ACTIVE, IO)]),
    ("trimq_write", &[column("queue.trim_write.length", PENDING, IO), column("queue.trim_write.length", ACTIVE, IO)]),
    ("rebuildq_write", &[column("queue.rebuild_write.length", PENDING, IO), column("queue.rebuild_write.length", ACTIVE, IO)]),
];

/// The columns below these groups; `None` where one is unknown.
pub(crate) fn columns(top: &str) -> Option<Vec<Column>> {
    let groups = top.split_ascii_whitespace().map(|word| GROUPS.iter().find(|(name, _)| *name == word));
    let columns: Option<Vec<&[Column]>> = groups.map(|group| group.map(|(_, columns)| *columns)).collect();
    columns.filter(|groups| !groups.is_empty()).map(|groups| groups.concat())
}

/// The columns of `-H`, which has no header: only those of the plain report are known.
pub(crate) fn plain() -> Vec<Column> {
    columns("capacity operations bandwidth").unwrap_or_default()
}

/// Whether the line is the lower header: `pool        alloc   free   read  write   read  write`.
pub(crate) fn is_bottom(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    matches!(words.next(), Some("pool" | "vdev")) && words.next() == Some("alloc") && words.next() == Some("free")
}

/// Whether the line is the lower header of a histogram (`-w`, `-r`).
pub(crate) fn is_histogram(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    matches!(words.next(), Some("latency" | "req_size")) && matches!(words.next(), Some("read" | "ind"))
}

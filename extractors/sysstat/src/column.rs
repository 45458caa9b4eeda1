//! What a column of a table holds.

use prill_core::scan::unit;
use prill_core::{Polarity, Printed};

/// What a column of a table holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Column<'t> {
    /// A number that is a metric.
    Value(Quantity),
    /// The same; the column's name is the value of this label.
    Named(Quantity, &'static str, &'t str),
    /// What the row is about: the value of this label.
    Key(&'static str),
    /// The command, which goes to the end of the line.
    Command,
    /// No metric, and why.
    Other(&'static str),
    /// A column that nobody knows.
    Unknown,
}

/// What a number measures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity {
    pub(crate) name: &'static str,
    pub(crate) labels: &'static [(&'static str, &'static str)],
    pub(crate) unit: Printed,
    pub(crate) polarity: Polarity,
    /// A negative number says that nothing was measured.
    pub(crate) negative_is_none: bool,
}

impl Quantity {
    /// A quantity of which nobody decided which direction is better: how a system behaves is no goal by itself.
    pub(crate) const fn new(name: &'static str, unit: Printed) -> Self {
        Self { name, labels: &[], unit, polarity: Polarity::Unknown, negative_is_none: false }
    }

    pub(crate) const fn of(self, labels: &'static [(&'static str, &'static str)]) -> Self {
        Self { labels, ..self }
    }

    pub(crate) const fn lower(self) -> Self {
        Self { polarity: Polarity::Lower, ..self }
    }

    pub(crate) const fn negative_is_none(self) -> Self {
        Self { negative_is_none: true, ..self }
    }
}

/// A column by its name.
pub(crate) type Named = (&'static str, Quantity);

/// The column called `word` in the first of `lists` that has it.
pub(crate) fn find<'t>(lists: &[&[Named]], word: &str) -> Column<'t> {
    let known = lists.iter().flat_map(|list| list.iter()).find(|(name, _)| *name == word);
    known.map_or(Column::Unknown, |(_, quantity)| Column::Value(*quantity))
}

/// The columns that count the requests which the mean called `name` stands on; of no request sysstat prints 0.00.
pub(crate) fn requests(name: &str) -> &'static [&'static str] {
    match name {
        "r_await" | "rareq-sz" => &["r/s"],
        "w_await" | "wareq-sz" => &["w/s"],
        "d_await" | "dareq-sz" => &["d/s"],
        "f_await" => &["f/s"],
        "await" | "areq-sz" | "avgrq-sz" | "svctm" => &["tps", "r/s", "w/s", "d/s", "f/s"],
        _ => &[],
    }
}

/// Whether the digits of a printed number are zeros.
pub(crate) fn is_zero(word: &str) -> bool {
    word.bytes().all(|byte| !(b'1'..=b'9').contains(&byte))
}

/// A block of the POSIX mode and a sector, which sysstat counts in: 512 bytes.
pub(crate) const SECTOR: Printed = unit::BYTE.shift2(9);
pub(crate) const SECTOR_PER_S: Printed = unit::BYTE_PER_S.shift2(9);
pub(crate) const IO_PER_S: Printed = Printed::base("{io}/s");
pub(crate) const INTERRUPT_PER_S: Printed = Printed::base("{interrupt}/s");
pub(crate) const EVENT_PER_S: Printed = Printed::base("{event}/s");

/// How iostat, mpstat, sar and pidstat spell the shares of a processor's time. A mode is a part of the name and no label: of one
/// more may be better, of another less.
pub(crate) const CPU_MODES: &[Named] = &[
    ("%user", mode("cpu.user.utilization")),
    ("%usr", mode("cpu.user.utilization")),
    ("%nice", mode("cpu.nice.utilization")),
    ("%system", mode("cpu.system.utilization")),
    ("%sys", mode("cpu.system.utilization")),
    ("%iowait", mode("cpu.iowait.utilization")),
    ("%steal", mode("cpu.steal.utilization")),
    ("%irq", mode("cpu.irq.utilization")),
    ("%soft", mode("cpu.softirq.utilization")),
    ("%guest", mode("cpu.guest.utilization")),
    ("%gnice", mode("cpu.guest_nice.utilization")),
    ("%wait", mode("cpu.wait.utilization")),
    ("%idle", mode("cpu.idle.utilization")),
];

const fn mode(name: &'static str) -> Quantity {
    Quantity::new(name, unit::PERCENT)
}

/// What iostat and `sar -d` know of a device.
pub(crate) const DEVICE: &[Named] = &[
    ("tps", IOPS),
    ("r/s", IOPS.of(READ)),
    ("w/s", IOPS.of(WRITE)),
    ("d/s", IOPS.of(DISCARD)),
    ("f/s", IOPS.of(FLUSH)),
    ("kB/s", rate(unit::KIB_PER_S)),
    ("rkB/s", rate(unit::KIB_PER_S).of(READ)),
    ("wkB/s", rate(unit::KIB_PER_S).of(WRITE)),
    ("dkB/s", rate(unit::KIB_PER_S).of(DISCARD)),
    ("kB_read/s", rate(unit::KIB_PER_S).of(READ)),
    ("kB_wrtn/s", rate(unit::KIB_PER_S).of(WRITE)),
    ("kB_dscd/s", rate(unit::KIB_PER_S).of(DISCARD)),
    ("kB_w+d/s", rate(unit::KIB_PER_S).of(WRITE_DISCARD)),
    ("MB/s", rate(unit::MIB_PER_S)),
    ("rMB/s", rate(unit::MIB_PER_S).of(READ)),
    ("wMB/s", rate(unit::MIB_PER_S).of(WRITE)),
    ("dMB/s", rate(unit::MIB_PER_S).of(DISCARD)),
    ("MB_read/s", rate(unit::MIB_PER_S).of(READ)),
    ("MB_wrtn/s", rate(unit::MIB_PER_S).of(WRITE)),
    ("MB_dscd/s", rate(unit::MIB_PER_S).of(DISCARD)),
    ("MB_w+d/s", rate(unit::MIB_PER_S).of(WRITE_DISCARD)),
    ("sec/s", rate(SECTOR_PER_S)),
    ("rsec/s", rate(SECTOR_PER_S).of(READ)),
    ("wsec/s", rate(SECTOR_PER_S).of(WRITE)),
    ("dsec/s", rate(SECTOR_PER_S).of(DISCARD)),
    ("rd_sec/s", rate(SECTOR_PER_S).of(READ)),
    ("wr_sec/s", rate(SECTOR_PER_S).of(WRITE)),
    ("Blk_read/s", rate(SECTOR_PER_S).of(READ)),
    ("Blk_wrtn/s", rate(SECTOR_PER_S).of(WRITE)),
    ("Blk_dscd/s", rate(SECTOR_PER_S).of(DISCARD)),
    ("Blk_w+d/s", rate(SECTOR_PER_S).of(WRITE_DISCARD)),
    ("kB_read", bytes(unit::KIB).of(READ)),
    ("kB_wrtn", bytes(unit::KIB).of(WRITE)),
    ("kB_dscd", bytes(unit::KIB).of(DISCARD)),
    ("kB_w+d", bytes(unit::KIB).of(WRITE_DISCARD)),
    ("MB_read", bytes(unit::MIB).of(READ)),
    ("MB_wrtn", bytes(unit::MIB).of(WRITE)),
    ("MB_dscd", bytes(unit::MIB).of(DISCARD)),
    ("MB_w+d", bytes(unit::MIB).of(WRITE_DISCARD)),
    ("Blk_read", bytes(SECTOR).of(READ)),
    ("Blk_wrtn", bytes(SECTOR).of(WRITE)),
    ("Blk_dscd", bytes(SECTOR).of(DISCARD)),
    ("Blk_w+d", bytes(SECTOR).of(WRITE_DISCARD)),
    ("rqm/s", MERGES),
    ("rrqm/s", MERGES.of(READ)),
    ("wrqm/s", MERGES.of(WRITE)),
    ("drqm/s", MERGES.of(DISCARD)),
    ("%rrqm", MERGED.of(READ)),
    ("%wrqm", MERGED.of(WRITE)),
    ("%drqm", MERGED.of(DISCARD)),
    ("await", AWAIT),
    ("r_await", AWAIT.of(READ)),
    ("w_await", AWAIT.of(WRITE)),
    ("d_await", AWAIT.of(DISCARD)),
    ("f_await", AWAIT.of(FLUSH)),
    ("svctm", Quantity::new("service.time.mean", unit::MS).lower()),
    // Until 11.5.7 in sectors, then in kB.
    ("avgrq-sz", size(SECTOR)),
    ("areq-sz", size(unit::KIB)),
    ("rareq-sz", size(unit::KIB).of(READ)),
    ("wareq-sz", size(unit::KIB).of(WRITE)),
    ("dareq-sz", size(unit::KIB).of(DISCARD)),
    ("avgqu-sz", QUEUE),
    ("aqu-sz", QUEUE),
    ("%util", Quantity::new("device.utilization", unit::PERCENT)),
];

pub(crate) const READ: &[(&str, &str)] = &[("op", "read")];
pub(crate) const WRITE: &[(&str, &str)] = &[("op", "write")];
pub(crate) const DISCARD: &[(&str, &str)] = &[("op", "discard")];
const FLUSH: &[(&str, &str)] = &[("op", "flush")];
const WRITE_DISCARD: &[(&str, &str)] = &[("op", "write+discard")];

pub(crate) const IOPS: Quantity = Quantity::new("iops", IO_PER_S);
const MERGES: Quantity = Quantity::new("merge.rate", Printed::base("{request}/s"));
const MERGED: Quantity = Quantity::new("merge.share", unit::PERCENT);
const AWAIT: Quantity = Quantity::new("request.latency.mean", unit::MS).lower();
const QUEUE: Quantity = Quantity::new("queue.length.mean", Printed::base("{request}"));

pub(crate) const fn rate(unit: Printed) -> Quantity {
    Quantity::new("throughput", unit)
}

const fn bytes(unit: Printed) -> Quantity {
    Quantity::new("io.bytes", unit)
}

const fn size(unit: Printed) -> Quantity {
    Quantity::new("request.size.mean", unit)
}

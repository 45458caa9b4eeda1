//! What the columns of the activities measure.

use prill_core::Printed;
use prill_core::scan::unit;

use crate::column::{Column, DISCARD, EVENT_PER_S, IOPS, Named, Quantity, READ, SECTOR_PER_S, WRITE, rate};
use crate::pidstat::{FAULTS, MAJOR, SWITCHES};

/// The label that a column of items stands for.
pub(super) fn item(word: &str) -> Option<&'static str> {
    Some(match word {
        "CPU" => "cpu",
        "INTR" => "irq",
        "DEV" | "DEVICE" => "device",
        "IFACE" => "interface",
        "TTY" => "tty",
        "FILESYSTEM" => "filesystem",
        "MOUNTPOINT" => "mount",
        "FCHOST" => "host",
        "FAN" | "TEMP" | "IN" => "sensor",
        "BAT" => "battery",
        _ => return None,
    })
}

/// The counters of `columns`, which are told apart by what they belong to: two protocols may have one of the same name.
pub(super) fn counters(columns: &[&str]) -> Option<Quantity> {
    let (_, group) = GROUPS.iter().find(|(first, _)| columns.iter().take(2).any(|column| column == first))?;
    Some(EVENTS.of(group))
}

/// `irec/s`: the counter `irec` of `group`.
pub(super) fn counter<'t>(group: Option<Quantity>, word: &'t str) -> Column<'t> {
    match (group, word.strip_suffix("/s")) {
        (Some(quantity), Some(event)) => Column::Named(quantity, "event", event),
        _ => Column::Unknown,
    }
}

const EVENTS: Quantity = Quantity::new("event.rate", EVENT_PER_S);

/// The first column, or the one behind the item, of the tables of counters.
const GROUPS: &[(&str, &[(&str, &str)])] = &[
    ("pgpgin/s", &[("group", "paging")]),
    ("rcvin/s", &[("group", "tty")]),
    ("call/s", &[("group", "nfs")]),
    ("scall/s", &[("group", "nfsd")]),
    ("irec/s", &[("group", "ip")]),
    ("ihdrerr/s", &[("group", "ip")]),
    ("imsg/s", &[("group", "icmp")]),
    ("ierr/s", &[("group", "icmp")]),
    ("active/s", &[("group", "tcp")]),
    ("atmptf/s", &[("group", "tcp")]),
    ("idgm/s", &[("group", "udp")]),
    ("irec6/s", &[("group", "ip6")]),
    ("ihdrer6/s", &[("group", "ip6")]),
    ("imsg6/s", &[("group", "icmp6")]),
    ("ierr6/s", &[("group", "icmp6")]),
    ("idgm6/s", &[("group", "udp6")]),
    ("total/s", &[("group", "softnet")]),
    ("fch_rxf/s", &[("group", "fibre_channel")]),
];

const SOCKET: Quantity = Quantity::new("socket.count", Printed::base("{socket}"));
const PACKETS: Quantity = Quantity::new("packet.rate", PACKET_PER_S);
const COMPRESSED: Quantity = Quantity::new("packet.compressed.rate", PACKET_PER_S);
const ERRORS: Quantity = Quantity::new("packet.error.rate", Printed::base("{error}/s"));
const DROPS: Quantity = Quantity::new("packet.drop.rate", PACKET_PER_S);
const OVERRUNS: Quantity = Quantity::new("packet.overrun.rate", Printed::base("{error}/s"));
const PACKET_PER_S: Printed = Printed::base("{packet}/s");
const IN: &[(&str, &str)] = &[("direction", "receive")];
const OUT: &[(&str, &str)] = &[("direction", "send")];
const SWAPPED: Quantity = Quantity::new("swap.page.rate", Printed::base("{page}/s"));
const INODES: Printed = Printed::base("{inode}");
const LOAD: Quantity = Quantity::new("load", TASKS);
const TASKS: Printed = Printed::base("{task}");
const PAGED: Quantity = Quantity::new("paging.throughput", unit::KIB_PER_S);
const PRESSURE: Quantity = Quantity::new("pressure", unit::PERCENT);

const fn size(name: &'static str) -> Quantity {
    Quantity::new(name, unit::KIB)
}

macro_rules! labels {
    ($($key:ident = $value:literal),*) => { &[$((stringify!($key), $value)),*] };
}

/// All but those that a processor, a device or a table of counters has.
pub(super) const COLUMNS: &[Named] = &[
    ("proc/s", Quantity::new("task.rate", Printed::base("{task}/s"))),
    ("cswch/s", SWITCHES),
    ("pswpin/s", SWAPPED.of(labels!(op = "in"))),
    ("pswpout/s", SWAPPED.of(labels!(op = "out"))),
    ("pgpgin/s", PAGED.of(labels!(op = "in"))),
    ("pgpgout/s", PAGED.of(labels!(op = "out"))),
    ("fault/s", FAULTS),
    ("majflt/s", FAULTS.of(MAJOR)),
    ("%vmeff", Quantity::new("reclaim.efficiency", unit::PERCENT)),
    ("rtps", IOPS.of(READ)),
    ("wtps", IOPS.of(WRITE)),
    ("dtps", IOPS.of(DISCARD)),
    ("bread/s", rate(SECTOR_PER_S).of(READ)),
    ("bwrtn/s", rate(SECTOR_PER_S).of(WRITE)),
    ("bdscd/s", rate(SECTOR_PER_S).of(DISCARD)),
    ("kbmemfree", size("memory.unused.size")),
    ("kbavail", size("memory.available.size")),
    ("kbmemused", size("memory.used.size")),
    ("%memused", Quantity::new("memory.utilization", unit::PERCENT)),
    ("kbbuffers", size("memory.buffers.size")),
    ("kbcached", size("memory.cache.size")),
    ("kbcommit", size("memory.committed.size")),
    ("%commit", Quantity::new("memory.committed.utilization", unit::PERCENT)),
    ("kbactive", size("memory.active.size")),
    ("kbinact", size("memory.inactive.size")),
    ("kbdirty", size("memory.dirty.size")),
    ("kbanonpg", size("memory.anonymous.size")),
    ("kbslab", size("memory.slab.size")),
    ("kbkstack", size("memory.kernel_stack.size")),
    ("kbpgtbl", size("memory.page_table.size")),
    ("kbvmused", size("memory.vmalloc.size")),
    ("kbswpfree", size("swap.unused.size")),
    ("kbswpused", size("swap.used.size")),
    ("%swpused", Quantity::new("swap.utilization", unit::PERCENT)),
    ("kbswpcad", size("swap.cached.size")),
    ("%swpcad", Quantity::new("swap.cached.utilization", unit::PERCENT)),
    ("dentunusd", Quantity::new("dentry.unused.count", Printed::base("{dentry}"))),
    ("file-nr", Quantity::new("file.count", Printed::base("{file}"))),
    ("inode-nr", Quantity::new("inode.count", INODES)),
    ("pty-nr", Quantity::new("pty.count", Printed::base("{pty}"))),
    ("runq-sz", Quantity::new("run_queue.length", TASKS)),
    ("plist-sz", Quantity::new("task.count", TASKS)),
    ("blocked", Quantity::new("task.blocked.count", TASKS)),
    ("ldavg-1", LOAD.of(labels!(window = "1m"))),
    ("ldavg-5", LOAD.of(labels!(window = "5m"))),
    ("ldavg-15", LOAD.of(labels!(window = "15m"))),
    ("rxpck/s", PACKETS.of(IN)),
    ("txpck/s", PACKETS.of(OUT)),
    ("rxkB/s", rate(unit::KIB_PER_S).of(IN)),
    ("txkB/s", rate(unit::KIB_PER_S).of(OUT)),
    // Before sysstat 9.
    ("rxbyt/s", rate(unit::BYTE_PER_S).of(IN)),
    ("txbyt/s", rate(unit::BYTE_PER_S).of(OUT)),
    ("rxcmp/s", COMPRESSED.of(IN)),
    ("txcmp/s", COMPRESSED.of(OUT)),
    ("rxmcst/s", Quantity::new("packet.multicast.rate", PACKET_PER_S).of(IN)),
    ("%ifutil", Quantity::new("interface.utilization", unit::PERCENT)),
    ("rxerr/s", ERRORS.of(IN)),
    ("txerr/s", ERRORS.of(OUT)),
    ("coll/s", Quantity::new("collision.rate", Printed::base("{collision}/s"))),
    ("rxdrop/s", DROPS.of(IN)),
    ("txdrop/s", DROPS.of(OUT)),
    ("txcarr/s", Quantity::new("packet.carrier_error.rate", Printed::base("{error}/s")).of(OUT)),
    ("rxfram/s", Quantity::new("packet.frame_error.rate", Printed::base("{error}/s")).of(IN)),
    ("rxfifo/s", OVERRUNS.of(IN)),
    ("txfifo/s", OVERRUNS.of(OUT)),
    ("totsck", SOCKET.of(labels!(kind = "all"))),
    ("tcpsck", SOCKET.of(labels!(kind = "tcp"))),
    ("udpsck", SOCKET.of(labels!(kind = "udp"))),
    ("rawsck", SOCKET.of(labels!(kind = "raw"))),
    ("tcp6sck", SOCKET.of(labels!(kind = "tcp6"))),
    ("udp6sck", SOCKET.of(labels!(kind = "udp6"))),
    ("raw6sck", SOCKET.of(labels!(kind = "raw6"))),
    ("tcp-tw", SOCKET.of(labels!(kind = "tcp_time_wait"))),
    ("ip-frag", Quantity::new("fragment.count", Printed::base("{fragment}")).of(labels!(protocol = "ip"))),
    ("ip6-frag", Quantity::new("fragment.count", Printed::base("{fragment}")).of(labels!(protocol = "ip6"))),
    ("blg_len", Quantity::new("backlog.length", Printed::base("{packet}"))),
    ("MHz", Quantity::new("cpu.frequency", unit::HERTZ.shift(6))),
    ("wghMHz", Quantity::new("cpu.frequency.mean", unit::HERTZ.shift(6))),
    ("degC", Quantity::new("temperature", Printed::base("Cel"))),
    ("inV", Quantity::new("voltage", Printed::base("V"))),
    ("kbhugfree", size("hugepage.unused.size")),
    ("kbhugused", size("hugepage.used.size")),
    ("%hugused", Quantity::new("hugepage.utilization", unit::PERCENT)),
    ("kbhugrsvd", size("hugepage.reserved.size")),
    ("kbhugsurp", size("hugepage.surplus.size")),
    ("MBfsfree", Quantity::new("filesystem.unused.size", unit::MIB)),
    ("MBfsused", Quantity::new("filesystem.used.size", unit::MIB)),
    ("%fsused", Quantity::new("filesystem.utilization", unit::PERCENT)),
    ("%ufsused", Quantity::new("filesystem.user.utilization", unit::PERCENT)),
    ("Ifree", Quantity::new("inode.unused.count", INODES)),
    ("Iused", Quantity::new("inode.used.count", INODES)),
    ("%Iused", Quantity::new("inode.utilization", unit::PERCENT)),
    ("%scpu-10", PRESSURE.of(labels!(kind = "some", resource = "cpu", window = "10s"))),
    ("%scpu-60", PRESSURE.of(labels!(kind = "some", resource = "cpu", window = "60s"))),
    ("%scpu-300", PRESSURE.of(labels!(kind = "some", resource = "cpu", window = "300s"))),
    ("%scpu", PRESSURE.of(labels!(kind = "some", resource = "cpu"))),
    ("%sio-10", PRESSURE.of(labels!(kind = "some", resource = "io", window = "10s"))),
    ("%sio-60", PRESSURE.of(labels!(kind = "some", resource = "io", window = "60s"))),
    ("%sio-300", PRESSURE.of(labels!(kind = "some", resource = "io", window = "300s"))),
    ("%sio", PRESSURE.of(labels!(kind = "some", resource = "io"))),
    ("%fio-10", PRESSURE.of(labels!(kind = "full", resource = "io", window = "10s"))),
    ("%fio-60", PRESSURE.of(labels!(kind = "full", resource = "io", window = "60s"))),
    ("%fio-300", PRESSURE.of(labels!(kind = "full", resource = "io", window = "300s"))),
    ("%fio", PRESSURE.of(labels!(kind = "full", resource = "io"))),
    ("%smem-10", PRESSURE.of(labels!(kind = "some", resource = "memory", window = "10s"))),
    ("%smem-60", PRESSURE.of(labels!(kind = "some", resource = "memory", window = "60s"))),
    ("%smem-300", PRESSURE.of(labels!(kind = "some", resource = "memory", window = "300s"))),
    ("%smem", PRESSURE.of(labels!(kind = "some", resource = "memory"))),
    ("%fmem-10", PRESSURE.of(labels!(kind = "full", resource = "memory", window = "10s"))),
    ("%fmem-60", PRESSURE.of(labels!(kind = "full", resource = "memory", window = "60s"))),
    ("%fmem-300", PRESSURE.of(labels!(kind = "full", resource = "memory", window = "300s"))),
    ("%fmem", PRESSURE.of(labels!(kind = "full", resource = "memory"))),
];

//! The lines of `-s`, `-D` and `-f`: a number and what it is.

use prill_core::scan::{Line, unit};
use prill_core::{MetricSink, Printed};

use crate::page::is_count;

/// Whether the line is one that only vmstat prints.
pub(super) fn is_mark(line: &str) -> bool {
    let Some((number, text)) = line.split_once(' ') else { return false };
    is_count(number) && (text == "CPU context switches" || text == "milli reading" || text == "forks")
}

/// Reads a line; false when it is none of these.
pub(super) fn read(line: Line<'_>, out: &mut MetricSink) -> bool {
    let Some((number, text)) = line.trimmed().split_once(' ').filter(|(number, _)| is_count(number) && line.ended) else {
        return false;
    };
    let text = text.trim();
    if let Some((letter, what)) = text.split_once(' ')
        && let (Some(printed), Some((_, metric))) = (letter_unit(letter), MEMORY.iter().find(|(name, _)| *name == what))
    {
        out.metric(metric).unit(printed).push(number);
        return true;
    }
    let ignored = IGNORED.iter().find(|(name, _)| *name == text);
    if let Some((_, why)) = ignored {
        out.ignore(number, why);
        return true;
    }
    let Some(&(_, metric, op, printed)) = COUNTS.iter().find(|(name, ..)| *name == text) else { return false };
    let mut emit = out.metric(metric).unit(printed);
    if !op.is_empty() {
        emit = emit.label("op", op);
    }
    emit.push(number);
    true
}

/// `szDataUnit`, which `-S` chooses.
fn letter_unit(letter: &str) -> Option<Printed> {
    match letter {
        "B" => Some(unit::BYTE),
        "k" => Some(unit::KB),
        "K" => Some(unit::KIB),
        "m" => Some(unit::MB),
        "M" => Some(unit::MIB),
        _ => None,
    }
}

/// `sum_format`. What it calls swap cache are the pages of files.
const MEMORY: &[(&str, &str)] = &[
    ("total memory", "memory.size"),
    ("used memory", "memory.used.size"),
    ("active memory", "memory.active.size"),
    ("inactive memory", "memory.inactive.size"),
    ("free memory", "memory.unused.size"),
    ("buffer memory", "memory.buffers.size"),
    ("swap cache", "memory.cache.size"),
    ("total swap", "swap.size"),
    ("used swap", "swap.used.size"),
    ("free swap", "swap.unused.size"),
];

/// What says milliseconds is divided by 1000 before it is printed, up to 4.0.4 at least.
const IGNORED: &[(&str, &str)] = &[
    ("boot time", "date"),
    ("milli spent IO", "seconds in some versions, milliseconds in others"),
    ("milli weighted IO", "seconds in some versions, milliseconds in others"),
];

const TICK: Printed = Printed::base("{tick}");
const PAGE: Printed = Printed::base("{page}");
const IO: Printed = Printed::base("{io}");
const REQUEST: Printed = Printed::base("{request}");
const SECTOR: Printed = unit::BYTE.shift2(9);

/// `sum_format` and `disksum_format`. Before 4.0 they said pages of what has always been KiB (`pgpgin` of /proc/vmstat).
const COUNTS: &[(&str, &str, &str, Printed)] = &[
    ("non-nice user cpu ticks", "cpu.user.tick.count", "", TICK),
    ("nice user cpu ticks", "cpu.nice.tick.count", "", TICK),
    ("system cpu ticks", "cpu.system.tick.count", "", TICK),
    ("idle cpu ticks", "cpu.idle.tick.count", "", TICK),
    ("IO-wait cpu ticks", "cpu.iowait.tick.count", "", TICK),
    ("IRQ cpu ticks", "cpu.irq.tick.count", "", TICK),
    ("softirq cpu ticks", "cpu.softirq.tick.count", "", TICK),
    ("stolen cpu ticks", "cpu.steal.tick.count", "", TICK),
    ("non-nice guest cpu ticks", "cpu.guest.tick.count", "", TICK),
    ("nice guest cpu ticks", "cpu.guest_nice.tick.count", "", TICK),
    ("K paged in", "paging.bytes", "in", unit::KIB),
    ("K paged out", "paging.bytes", "out", unit::KIB),
    ("pages paged in", "paging.bytes", "in", unit::KIB),
    ("pages paged out", "paging.bytes", "out", unit::KIB),
    ("pages swapped in", "swap.page.count", "in", PAGE),
    ("pages swapped out", "swap.page.count", "out", PAGE),
    ("interrupts", "interrupt.count", "", Printed::base("{interrupt}")),
    ("CPU context switches", "context_switch.count", "", Printed::base("{switch}")),
    ("forks", "fork.count", "", Printed::base("{fork}")),
    ("disks", "device.count", "", Printed::base("{device}")),
    ("partitions", "partition.count", "", Printed::base("{partition}")),
    ("total reads", "io.count", "read", IO),
    ("merged reads", "merge.count", "read", REQUEST),
    ("read sectors", "io.bytes", "read", SECTOR),
    ("milli reading", "request.latency.sum", "read", unit::MS),
    ("writes", "io.count", "write", IO),
    ("merged writes", "merge.count", "write", REQUEST),
    ("written sectors", "io.bytes", "write", SECTOR),
    ("milli writing", "request.latency.sum", "write", unit::MS),
    ("inprogress IO", "queue.length", "", REQUEST),
];

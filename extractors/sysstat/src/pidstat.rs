//! Processes and threads.

use prill_core::scan::unit;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Text};

use crate::column::{CPU_MODES, Column, Named, Quantity, READ, WRITE, find, rate};
use crate::head::{Head, Lead};
use crate::{json, read, sniff};

/// The format of pidstat, sysstat 8 to 12.7.
///
/// Its columns are those of the `write_pid_*` functions in `pidstat.c`.
pub struct Pidstat;

prill_core::register_extractor!(Pidstat);

impl Extractor for Pidstat {
    fn name(&self) -> &str {
        "pidstat"
    }

    fn summary(&self) -> &str {
        "processor time, memory, input and output of processes and threads"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        sniff(text, self.name(), head, &json::NONE)
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        read(input, head, &json::NONE, out)
    }
}

/// `UID       PID    %usr ...  Command` behind a time, `Average:` or `# Time`; with `-t` `TGID` and `TID`.
fn head<'t>(words: &[&'t str]) -> Option<Head<'t>> {
    let known = |word: &&str| matches!(*word, "UID" | "USER" | "PID" | "TGID");
    let at = words.iter().take(4).position(known)?;
    if words.last() != Some(&"Command") || at == 0 || !words[at..].iter().any(|word| matches!(*word, "PID" | "TGID" | "TID")) {
        return None;
    }
    let lead = if words[..at] == ["#", "Time"] { Lead::Time } else { Lead::Words(at) };
    let column = |word| match word {
        "PID" | "TGID" => Column::Key("pid"),
        "TID" => Column::Key("tid"),
        "UID" | "USER" => Column::Other("whose process it is"),
        "CPU" => Column::Other("the processor that it ran on last"),
        "prio" | "policy" => Column::Other("setting"),
        "Command" => Column::Command,
        _ => find(&[COLUMNS, CPU_MODES], word),
    };
    Some(Head::new(lead, &words[at..], column))
}

const COLUMNS: &[Named] = &[
    ("%CPU", Quantity::new("cpu.utilization", unit::PERCENT)),
    ("usr-ms", CPU_TIME.of(&[("mode", "user")])),
    ("system-ms", CPU_TIME.of(&[("mode", "system")])),
    ("guest-ms", CPU_TIME.of(&[("mode", "guest")])),
    ("minflt/s", FAULTS.of(MINOR)),
    ("majflt/s", FAULTS.of(MAJOR)),
    ("minflt-nr", FAULT_COUNT.of(MINOR)),
    ("majflt-nr", FAULT_COUNT.of(MAJOR)),
    ("VSZ", Quantity::new("vsz", unit::KIB)),
    ("RSS", Quantity::new("rss", unit::KIB)),
    ("%MEM", Quantity::new("memory.utilization", unit::PERCENT)),
    ("StkSize", Quantity::new("stack.size", unit::KIB)),
    ("StkRef", Quantity::new("stack.rss", unit::KIB)),
    // -1.00 where /proc/PID/io cannot be read.
    ("kB_rd/s", rate(unit::KIB_PER_S).of(READ).negative_is_none()),
    ("kB_wr/s", rate(unit::KIB_PER_S).of(WRITE).negative_is_none()),
    ("kB_ccwr/s", rate(unit::KIB_PER_S).of(&[("op", "cancelled_write")]).negative_is_none()),
    // Clock ticks, of which nobody says how long they are.
    ("iodelay", Quantity::new("io.blocked", Printed::base("{tick}")).lower()),
    ("cswch/s", SWITCHES.of(&[("kind", "voluntary")])),
    ("nvcswch/s", SWITCHES.of(&[("kind", "involuntary")])),
    ("threads", Quantity::new("thread.count", Printed::base("{thread}"))),
    ("fd-nr", Quantity::new("fd.count", Printed::base("{fd}")).negative_is_none()),
];

pub(crate) const MINOR: &[(&str, &str)] = &[("kind", "minor")];
pub(crate) const MAJOR: &[(&str, &str)] = &[("kind", "major")];
pub(crate) const FAULTS: Quantity = Quantity::new("page_fault.rate", Printed::base("{fault}/s"));
pub(crate) const SWITCHES: Quantity = Quantity::new("context_switch.rate", Printed::base("{switch}/s"));
const FAULT_COUNT: Quantity = Quantity::new("page_fault.count", Printed::base("{fault}"));
const CPU_TIME: Quantity = Quantity::new("cpu_time", unit::MS);

//! Memory, swap, disks and processors.

mod disks;
mod rows;
mod sums;

use prill_core::scan::{Line, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Text};

use crate::page::{self, Seen};
use crate::size;
use disks::Disks;
use rows::Rows;

/// The format of vmstat, procps 3.2 to 4.0.
pub struct Vmstat;

prill_core::register_extractor!(Vmstat);

impl Extractor for Vmstat {
    fn name(&self) -> &str {
        "vmstat"
    }

    fn summary(&self) -> &str {
        "memory, swap, disks and processors, over time or since the start"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mark = |line: Line<'_>| rows::is_head(line.text) || disks::is_head(line.text) || sums::is_mark(line.trimmed());
        if text.lines().any(mark) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let unit = memory_unit(text, input.argv());
        let mut rows = Rows::new(text, unit);
        let mut disks = Disks::new(text);
        page::read(text, self.name(), out, |line, out| {
            if rows.read(line, out) {
                disks.leave();
                return Seen::Ours;
            }
            if disks.read(line, out) || sums::read(line, out) {
                rows.leave();
                return Seen::Ours;
            }
            Seen::Other
        })
    }
}

/// The unit that `-S` chooses (`main` of `vmstat.c`: 1000, 1024, 1000000, 1048576), else what the numbers say.
fn memory_unit(text: &Text<'_>, argv: Option<&[String]>) -> Option<Printed> {
    let Some(argv) = argv else { return size::of_pages(rows::memory(text)) };
    let options = size::options(argv, "vmstat");
    let chosen = options.iter().rev().find(|(option, _)| matches!(*option, "S" | "unit")).map(|(_, value)| *value);
    match chosen {
        None | Some("K") => Some(unit::KIB),
        Some("k") => Some(unit::KB),
        Some("m") => Some(unit::MB),
        Some("M") => Some(unit::MIB),
        Some(_) => None,
    }
}

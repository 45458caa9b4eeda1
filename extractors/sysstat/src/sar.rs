//! All activities of a system.

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Text};

use crate::column::{CPU_MODES, Column, DEVICE, find};
use crate::head::{Head, Lead};
use crate::mpstat::{self, INTERRUPTS};
use crate::{json, read, sniff};

mod columns;

/// The format of sar, sysstat 9 to 12.7.
///
/// Its columns are the `hdr_line` of `activity.c`; what they count is in `pr_stats.c` and sar(1).
pub struct Sar;

prill_core::register_extractor!(Sar);

impl Extractor for Sar {
    fn name(&self) -> &str {
        "sar"
    }

    fn summary(&self) -> &str {
        "all activities of a system: processors, memory, devices, networks, pressure"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        sniff(text, self.name(), head, &json::NONE)
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        read(input, head, &json::NONE, out)
    }
}

/// The columns of an activity behind a time, `Average:` or `Summary:`.
fn head<'t>(words: &[&'t str]) -> Option<Head<'t>> {
    let lead = match words {
        [time, "AM" | "PM" | "am" | "pm", ..] if is_time(time) => 2,
        ["avg-cpu:" | "Device:", ..] => return None,
        [time, ..] if is_time(time) || time.ends_with(':') => 1,
        // `Moyenne :`
        [_, ":", ..] => 2,
        _ => return None,
    };
    let columns = words.get(lead..).filter(|columns| !columns.is_empty())?;
    // The table of mpstat has another order, that of pidstat a command; `throughput: 104.5 MB/s` is a line of anything.
    if columns.iter().any(|column| prill_core::scan::number::is_token(column))
        || mpstat::has_its_order(columns)
        || columns.last() == Some(&"Command")
        || columns[0] == "NODE"
        || *columns == ["CPU", "intr/s"]
    {
        return None;
    }
    let irqs = columns.contains(&"INTR");
    let counters = columns::counters(columns);
    let column = |word: &'t str| match columns::item(word) {
        Some(label) => Column::Key(label),
        None if word == "intr/s" => Column::Value(INTERRUPTS),
        None if irqs => Column::Named(INTERRUPTS, "cpu", word.strip_prefix("CPU").unwrap_or(word)),
        None => match find(&[columns::COLUMNS, CPU_MODES, DEVICE], word) {
            Column::Unknown => columns::counter(counters, word),
            column => column,
        },
    };
    // Of text that happens to begin with a time hardly a word is a column.
    Some(Head::new(Lead::Words(lead), columns, column)).filter(|head| head.is_known() && 2 * head.unknown() <= columns.len())
}

fn is_time(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.matches(':').count() == 2
}

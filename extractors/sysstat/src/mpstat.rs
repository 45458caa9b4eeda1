//! Processors, one by one.

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Text};

use crate::column::{CPU_MODES, Column, INTERRUPT_PER_S, Quantity, find};
use crate::head::{Head, Lead};
use crate::{json, read, sniff};

/// The format of mpstat, sysstat 7 to 12.7.
///
/// Its columns are those of `write_plain_cpu_stats`, `write_plain_isumcpu_stats` and `write_plain_irqcpu_stats` in `mpstat.c`.
pub struct Mpstat;

prill_core::register_extractor!(Mpstat);

impl Extractor for Mpstat {
    fn name(&self) -> &str {
        "mpstat"
    }

    fn summary(&self) -> &str {
        "use of each processor and its interrupts: text and JSON"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        sniff(text, self.name(), head, &json::MPSTAT)
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        read(input, head, &json::MPSTAT, out)
    }
}

pub(crate) const INTERRUPTS: Quantity = Quantity::new("interrupt.rate", INTERRUPT_PER_S);
pub(crate) const SOFTIRQS: Quantity = Quantity::new("softirq.rate", INTERRUPT_PER_S);

/// Whether the shares of a processor's time stand in mpstat's order; sar has `%irq` behind `%steal`.
pub(crate) fn has_its_order(columns: &[&str]) -> bool {
    let place = |name| columns.iter().position(|column| *column == name);
    place("%irq").is_some_and(|irq| place("%steal").is_none_or(|steal| irq < steal))
}

/// `CPU    %usr ...`, `NODE    %usr ...`, `CPU    intr/s`, `CPU        0/s        1/s ...` behind a time or `Average:`.
fn head<'t>(words: &[&'t str]) -> Option<Head<'t>> {
    let at = words.iter().take(4).position(|word| matches!(*word, "CPU" | "NODE"))?;
    let columns = &words[at..];
    let ours = match columns.get(1)? {
        &"CORE" => true,
        word if word.starts_with('%') => has_its_order(columns),
        word => word.ends_with("/s") && *word != "total/s" && columns[1..].iter().all(|w| w.ends_with("/s")),
    };
    if at == 0 || !ours {
        return None;
    }
    let soft = columns.contains(&"TASKLET/s");
    let column = |word: &'t str| match word {
        "CPU" => Column::Key("cpu"),
        // The first column of `-N`, and the last of `-T`.
        "NODE" if columns[0] == "NODE" => Column::Key("node"),
        "CORE" | "SOCK" | "NODE" => Column::Other("where the processor is"),
        "intr/s" => Column::Value(INTERRUPTS),
        _ => match word.strip_suffix("/s") {
            Some(irq) => Column::Named(if soft { SOFTIRQS } else { INTERRUPTS }, "irq", irq),
            None => find(&[CPU_MODES], word),
        },
    };
    Some(Head::new(Lead::Words(at), columns, column))
}

//! Processors and devices.

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Text};

use crate::column::{CPU_MODES, Column, DEVICE, find};
use crate::head::{Head, Lead};
use crate::{json, read, sniff};

/// The format of iostat, sysstat 7 to 12.7.
///
/// Its columns are those of `write_disk_stat_header` and `write_plain_cpu_stat` in `iostat.c`, of all versions.
pub struct Iostat;

prill_core::register_extractor!(Iostat);

impl Extractor for Iostat {
    fn name(&self) -> &str {
        "iostat"
    }

    fn summary(&self) -> &str {
        "use of processors and block devices: text of all versions and options, and JSON"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        sniff(text, self.name(), head, &json::IOSTAT)
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        read(input, head, &json::IOSTAT, out)
    }
}

/// `avg-cpu:  %user ...`, `Device: tps ...`, or with `--pretty` `tps ... Device`.
fn head<'t>(words: &[&'t str]) -> Option<Head<'t>> {
    if let ["avg-cpu:", columns @ ..] = words {
        return Some(Head::new(Lead::None, columns, |word| find(&[CPU_MODES], word)));
    }
    let device = |word: &str| matches!(word, "Device" | "Device:");
    let (first, last) = (words.first()?, words.last()?);
    if !(device(first) || device(last)) || words.len() < 2 {
        return None;
    }
    let column = |word| if device(word) { Column::Key("device") } else { find(&[DEVICE], word) };
    Some(Head::new(Lead::None, words, column)).filter(Head::is_known)
}

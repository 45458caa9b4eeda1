//! What dd prints when it ends, on SIGUSR1, or as progress: records and a line about the transfer.
//!
//! - [`Dd`]: the format
//! - `transfer`: the line about the transfer; `blocks`: the statistics of a text, and their metrics
#![forbid(unsafe_code)]

mod blocks;
mod transfer;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};
use transfer::Transfer;

/// The format of dd of GNU coreutils, and of BusyBox, the BSDs and uutils where they differ.
pub struct Dd;

impl Extractor for Dd {
    fn name(&self) -> &str {
        "dd"
    }

    fn summary(&self) -> &str {
        "bytes, time and rate of a copy, and its records"
    }

    fn streams(&self) -> Streams {
        // What is on stdout is what was copied.
        Streams::Stderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_english = |line: &str| blocks::records(line).is_some() || Transfer::english(line).is_some();
        if text.lines().any(|line| is_english(line.trimmed())) {
            Sniff::Certain
        } else if text.lines().any(|line| Transfer::translated(line.trimmed()).is_some()) {
            Sniff::Likely
        } else {
            Sniff::No
        }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let page = blocks::Page::read(text, out);
        page.push(out);
        ExtractError::at_end(text, page.known, page.cut)
    }
}

prill_core::register_extractor!(Dd);

#[cfg(test)]
mod tests;

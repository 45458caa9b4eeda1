//! What mitata prints.
//!
//! - [`Mitata`]: the format
//! - `page`: the text and the tables of Markdown; `report`: JSON; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod page;
mod put;
mod report;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Text};

/// The format of mitata 0.1 and 1.
pub struct Mitata;

impl Extractor for Mitata {
    fn name(&self) -> &str {
        "mitata"
    }

    fn summary(&self) -> &str {
        "JavaScript benchmarks of mitata: text, Markdown, JSON"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mark = |line: &str| page::is_mark(line) || report::is_mark(line);
        if text.lines().any(|line| mark(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if let Some(end) = report::read(input, out) {
            return end;
        }
        match page::read(input.text(), out) {
            (_, true) => Err(ExtractError::Truncated { at: input.text().end() }),
            (true, false) => Ok(()),
            (false, false) => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(Mitata);

//! What UnixBench prints: its report.
//!
//! - [`Unixbench`]: the format
//! - `report`: the rows of the scores and of the index
#![forbid(unsafe_code)]

mod report;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use report::Report;

/// The format of the report of UnixBench 4.1 to 6.0 (byte-unixbench).
pub struct Unixbench;

prill_core::register_extractor!(Unixbench);

impl Extractor for Unixbench {
    fn name(&self) -> &str {
        "unixbench"
    }

    fn summary(&self) -> &str {
        "scores and index of UnixBench, for each number of copies"
    }

    fn streams(&self) -> Streams {
        // The report is on stdout, why a test failed on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| report::is_mark(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| word == "./Run" || word.ends_with("/UnixBench/Run"))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut report = Report::default();
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            report.line(line, out);
        }
        ExtractError::at_end(text, report.known, report.cut)
    }
}

#[cfg(test)]
mod tests;

//! What BenchmarkDotNet prints and exports.
//!
//! - [`Benchmarkdotnet`]: the format
//! - `table`: the summary, on the console and as Markdown; `log`: the statistics before it; `report`: JSON
//! - `put`: names, units and polarities
#![forbid(unsafe_code)]

mod log;
mod put;
mod report;
mod table;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Text};

/// The format of BenchmarkDotNet 0.9 to 0.15.
pub struct Benchmarkdotnet;

impl Extractor for Benchmarkdotnet {
    fn name(&self) -> &str {
        "benchmarkdotnet"
    }

    fn summary(&self) -> &str {
        ".NET benchmarks (BenchmarkDotNet): the log and its summary, Markdown, JSON"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if report::is_mine(text.as_str()) || text.lines().any(|line| log::is_mark(line.trimmed())) {
            return Sniff::Certain;
        }
        if text.lines().any(|line| table::Head::parse(line.trimmed()).is_some()) { Sniff::Likely } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if let Some(end) = report::read(input, out) {
            return end;
        }
        match log::read(input.text(), out) {
            (_, true) => Err(ExtractError::Truncated { at: input.text().end() }),
            (true, false) => Ok(()),
            (false, false) => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(Benchmarkdotnet);

//! What sysbench prints: a report for each run and checkpoint, and a line for each interval.
//!
//! - [`Sysbench`]: the format
//! - `report`: the lines of a report; `fileio`: some of that test; `interval`: those of `--report-interval`; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod fileio;
mod interval;
mod put;
mod report;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of sysbench 0.4 to 1.1.
pub struct Sysbench;

impl Extractor for Sysbench {
    fn name(&self) -> &str {
        "sysbench"
    }

    fn summary(&self) -> &str {
        "cpu, memory, threads, mutex, fileio and oltp reports"
    }

    fn streams(&self) -> Streams {
        // All is on stdout, FATAL too, but for what is wrong with the command line.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| {
            let version = line.strip_prefix("sysbench ").is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit()));
            version || line == "Threads fairness:" || line.starts_with("events (avg/stddev):")
        };
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut report = report::Report::new(input.argv().unwrap_or_default(), out.len());
        for line in text.lines() {
            report.line(line, out);
        }
        match (report.cut, report.known) {
            (true, _) => Err(ExtractError::Truncated { at: text.end() }),
            (_, false) => Err(ExtractError::NotFound),
            _ => Ok(()),
        }
    }
}

prill_core::register_extractor!(Sysbench);

#[cfg(test)]
mod tests;

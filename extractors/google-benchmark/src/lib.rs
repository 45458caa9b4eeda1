//! What programs that use Google Benchmark print.
//!
//! - [`GoogleBenchmark`]: the format
//! - `console`, `csv`, `json`: the rows of the three reporters; `words`: what stands on stderr
//! - `row`: a row; `group`: which benchmark, statistic and repetition it is of; `counter`: its counters; `put`: its metrics
#![forbid(unsafe_code)]

mod console;
mod counter;
mod csv;
mod group;
mod json;
mod put;
mod row;
mod words;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of Google Benchmark 1.5 to 1.9.
pub struct GoogleBenchmark;

impl Extractor for GoogleBenchmark {
    fn name(&self) -> &str {
        "google-benchmark"
    }

    fn summary(&self) -> &str {
        "C++ benchmarks: console table, JSON and CSV"
    }

    fn streams(&self) -> Streams {
        // The numbers are on stdout; that no benchmark was found, or that the program aborted, is on stderr, some of it with exit 0.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine =
            |line: &str| console::is_header(line) || csv::is_header(line) || json::is_mark(line) || words::is_mark(line);
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        // `--benchmark_out` writes a second, more precise report, to a file that is read first or into this very stream.
        let earlier = out.len();
        let report = json::read(input, out)?;
        let apart = (out.len() > earlier || earlier > 0).then_some("console");
        let lines = console::Lines::read(text, report.place, out);
        put::rows(&lines.rows, apart, out);
        let end = text.end();
        match report.end {
            _ if lines.cut => Err(ExtractError::Truncated { at: end }),
            Err(error) => Err(error),
            Ok(()) if report.place.is_some() || lines.known || *input.stream() == Stream::Stderr => Ok(()),
            Ok(()) => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(GoogleBenchmark);

#[cfg(test)]
mod tests;

//! What pytest prints with the plugin pytest-benchmark.
//!
//! - [`PytestBenchmark`]: the format
//! - `table`: the tables, one for each group; `json`: the report; `put`: names, units and polarities; `words`: what pytest says
#![forbid(unsafe_code)]

mod json;
mod put;
mod table;
mod words;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of pytest-benchmark 3 to 5.
pub struct PytestBenchmark;

impl Extractor for PytestBenchmark {
    fn name(&self) -> &str {
        "pytest-benchmark"
    }

    fn summary(&self) -> &str {
        "Python benchmarks run by pytest: tables and JSON"
    }

    fn streams(&self) -> Streams {
        // The tables are on stdout, warnings of the plugin on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| table::is_mark(line) || json::is_mark(line) || line.starts_with("Wrote benchmark data in: ");
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let earlier = out.len();
        let report = json::read(input, out);
        // The report has more digits than the tables; in a file it comes before the streams.
        let source = (report.place.is_some() || earlier > 0).then_some("table");
        let page = table::Page::read(text, report.place, source, out);
        match report.end {
            _ if page.cut => Err(ExtractError::Truncated { at: text.end() }),
            Err(error) => Err(error),
            Ok(()) if report.place.is_some() || page.known || *input.stream() == Stream::Stderr => Ok(()),
            Ok(()) => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(PytestBenchmark);

#[cfg(test)]
mod tests;

//! What `go test -bench` prints, as text or with `-json`.
//!
//! - [`GoBench`]: the format
//! - `lines`: the lines of a text; `row`: that of one benchmark; `put`: its metrics; `custom`: the units that a benchmark made up
#![forbid(unsafe_code)]

mod custom;
mod lines;
mod put;
mod row;

use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of the benchmarks of Go's package `testing`.
pub struct GoBench;

impl Extractor for GoBench {
    fn name(&self) -> &str {
        "go-bench"
    }

    fn summary(&self) -> &str {
        "go test -bench: time, allocations, throughput and custom metrics"
    }

    fn streams(&self) -> Streams {
        // The rows are on stdout; what does not compile is told on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| {
            let row = line.starts_with("Benchmark") && line.has(" ns/op");
            let event = line.starts_with('{') && line.has("\"Action\":\"output\"") && line.has("\"Output\":\"Benchmark");
            row || event || line.starts_with("goarch: ") || line.starts_with("--- FAIL: Benchmark")
        };
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let lines = lines::Lines::read(text, out);
        put::rows(&lines, out);
        ExtractError::at_end(text, lines.known || *input.stream() == Stream::Stderr, lines.cut)
    }
}

prill_core::register_extractor!(GoBench);

#[cfg(test)]
mod tests;

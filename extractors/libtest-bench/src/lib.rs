//! What `#[bench]` functions print, by libtest or by what prints like it (the crate bencher, criterion's bencher style).
//!
//! - [`LibtestBench`]: the format
//! - `text`: its lines; `event`: those of `--format json`; `row`: a benchmark and its metrics
#![forbid(unsafe_code)]

mod event;
mod row;
mod text;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of libtest's benchmarks.
pub struct LibtestBench;

impl Extractor for LibtestBench {
    fn name(&self) -> &str {
        "libtest-bench"
    }

    fn summary(&self) -> &str {
        "Rust #[bench] functions: ns/iter with the range, MB/s; text and JSON"
    }

    fn streams(&self) -> Streams {
        // What does not compile is told on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| text::is_mark(line) || event::is_bench(line);
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let page = text::Page::read(text, out);
        let spread = row::Spread::of(input.argv(), page.is_suite);
        let mut put = row::Put::default();
        page.rows.iter().for_each(|row| put.row(row, spread, out));
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.cut)
    }
}

prill_core::register_extractor!(LibtestBench);

#[cfg(test)]
mod tests;

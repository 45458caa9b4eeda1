//! What benchmarks print that use criterion, and the messages of cargo-criterion about them.
//!
//! - [`Criterion`]: the format
//! - `page`: the lines of the text; `interval`: `[low estimate high]`; `put`: names, units and polarities
//! - `message`: `cargo criterion --message-format=json`
#![forbid(unsafe_code)]

mod interval;
mod message;
mod page;
mod put;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of criterion 0.3 to 0.8.
pub struct Criterion;

impl Extractor for Criterion {
    fn name(&self) -> &str {
        "criterion"
    }

    fn summary(&self) -> &str {
        "Rust benchmarks: times with confidence intervals, throughputs, changes; cargo-criterion messages"
    }

    fn streams(&self) -> Streams {
        // Progress and warnings are on stderr, and why it did not build or died.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| page::is_mark(line) || message::is_mark(line);
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let page = page::Page::read(text, out);
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.cut)
    }
}

prill_core::register_extractor!(Criterion);

#[cfg(test)]
mod tests;

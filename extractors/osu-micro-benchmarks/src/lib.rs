//! What the OSU micro-benchmarks print: a title, a head, and a row for each size of a message.
//!
//! - [`Osu`]: the format
//! - `page`: the lines; `column`: what the heads name; `put`: the numbers
#![forbid(unsafe_code)]

mod column;
mod page;
mod put;

use std::path::Path;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of the OSU micro-benchmarks 3 to 7.
pub struct Osu;

impl Extractor for Osu {
    fn name(&self) -> &str {
        "osu-micro-benchmarks"
    }

    fn summary(&self) -> &str {
        "latency, bandwidth, collectives and one-sided communication of MPI"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| page::title(line).is_some();
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        let is_mine = |file: &std::ffi::OsStr| file.to_str().is_some_and(|file| file.starts_with("osu_"));
        argv.iter().position(|word| Path::new(word).file_name().is_some_and(is_mine))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = page::Page::new(text);
        text.lines().for_each(|line| page.line(line, out));
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.is_cut())
    }
}

prill_core::register_extractor!(Osu);

#[cfg(test)]
mod tests;

//! What the Intel MPI benchmarks print: for each benchmark a head and a row for each size of a message.
//!
//! - [`Imb`]: the format
//! - `page`: the lines; `column`: what the heads name; `put`: the numbers
#![forbid(unsafe_code)]

mod column;
mod page;
mod put;

use std::path::Path;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of the Intel MPI benchmarks 3 to 2021.
pub struct Imb;

impl Extractor for Imb {
    fn name(&self) -> &str {
        "intel-mpi-benchmarks"
    }

    fn summary(&self) -> &str {
        "messages, collectives and one-sided communication of MPI (IMB)"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut best = Sniff::No;
        for line in text.lines() {
            let line = line.trimmed();
            if page::version(line).is_some() || column::head(line).is_some() {
                return Sniff::Certain;
            }
            if page::benchmark(line).is_some() || line.starts_with("Invalid benchmark name ") {
                best = Sniff::Likely;
            }
        }
        best
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        let is_mine = |file: &std::ffi::OsStr| file.to_str().is_some_and(|file| file.starts_with("IMB-"));
        argv.iter().position(|word| Path::new(word).file_name().is_some_and(is_mine))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = page::Page::new(text);
        text.lines().for_each(|line| page.line(line, out));
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.is_cut())
    }
}

prill_core::register_extractor!(Imb);

#[cfg(test)]
mod tests;

//! What dpdk-testpmd prints: statistics of ports while it forwards packets and when it stops.
//!
//! - [`Testpmd`]: the format
//! - `page`: the lines; `key`: what the keys are
#![forbid(unsafe_code)]

mod key;
mod page;

use std::path::Path;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of testpmd, of DPDK 16 to 24.
pub struct Testpmd;

impl Extractor for Testpmd {
    fn name(&self) -> &str {
        "dpdk-testpmd"
    }

    fn summary(&self) -> &str {
        "packets that DPDK forwards, by port"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut best = Sniff::No;
        for line in text.lines() {
            let line = line.trimmed();
            if page::Section::of(line).is_some() {
                return Sniff::Certain;
            }
            if line.starts_with("testpmd> ") || page::complaint(line) {
                best = Sniff::Likely;
            }
        }
        best
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        let is_mine = |file: &std::ffi::OsStr| file.to_str().is_some_and(|file| file.ends_with("testpmd"));
        argv.iter().position(|word| Path::new(word).file_name().is_some_and(is_mine))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = page::Page::new(text);
        text.lines().for_each(|line| page.line(line, out));
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.is_cut())
    }
}

prill_core::register_extractor!(Testpmd);

#[cfg(test)]
mod tests;

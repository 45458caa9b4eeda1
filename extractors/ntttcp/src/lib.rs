//! What ntttcp prints and logs: throughput of each thread and of all, packets, interrupts and processors.
//!
//! - [`Ntttcp`]: the format
//! - `tables`: what Windows prints; `totals`: what Linux prints; `log`: the XML of `-xml`; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod log;
mod put;
mod tables;
mod totals;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of ntttcp 5 for Windows and of ntttcp-for-linux 1.
pub struct Ntttcp;

impl Extractor for Ntttcp {
    fn name(&self) -> &str {
        "ntttcp"
    }

    fn summary(&self) -> &str {
        "throughput of many threads over sockets: text of Windows and Linux, XML"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut best = Sniff::No;
        for line in text.lines() {
            let line = line.trimmed();
            if log::is_root(line) || tables::is_mark(line) {
                return Sniff::Certain;
            }
            if totals::is_mark(line) || totals::complaint(line) {
                best = Sniff::Likely;
            }
        }
        best
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let read = if text.lines().any(|line| log::is_root(line.trimmed())) {
            log::read(text, out)
        } else if text.lines().any(|line| tables::is_mark(line.trimmed())) {
            tables::read(text, out)
        } else {
            totals::read(text, out)
        };
        match read {
            Read::Whole => Ok(()),
            Read::Cut => Err(ExtractError::Truncated { at: text.end() }),
            Read::Foreign if *input.stream() == Stream::Stderr => Ok(()),
            Read::Foreign => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(Ntttcp);

/// What a text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    Whole,
    Cut,
    Foreign,
}

#[cfg(test)]
mod tests;

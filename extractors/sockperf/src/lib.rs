//! What sockperf prints: latencies of ping-pong, under load and playback, or rates of throughput.
//!
//! - [`Sockperf`]: the format
//! - `page`: the lines; `latency`: those of latencies; `rate`: those of rates; `put`: names and labels
#![forbid(unsafe_code)]

mod latency;
mod page;
mod put;
mod rate;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of sockperf 2 and 3.
pub struct Sockperf;

impl Extractor for Sockperf {
    fn name(&self) -> &str {
        "sockperf"
    }

    fn summary(&self) -> &str {
        "latency and throughput of messages over sockets"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| {
            line.starts_with("sockperf: ") || line.starts_with("sockperf[CLIENT] ") || line.starts_with("Usage: sockperf ")
        };
        if text.lines().any(|line| is_mine(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = page::Page::new(input.argv().unwrap_or_default(), out.len());
        for line in text.lines() {
            page.line(line, out);
        }
        if page.is_cut() {
            return Err(ExtractError::Truncated { at: text.end() });
        }
        // Libraries that sockperf is run with talk on stderr.
        if page.known || *input.stream() == Stream::Stderr { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

prill_core::register_extractor!(Sockperf);

#[cfg(test)]
mod tests;

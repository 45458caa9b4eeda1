//! What the pings print: a line for each reply, and statistics at the end.
//!
//! - [`Ping`]: iputils, busybox, inetutils, BSD, macOS and Windows; `page`, `reply`, `statistics`
//! - [`Fping`]: fping; `fping`
//! - `put`: names, labels and polarities
#![forbid(unsafe_code)]

mod fping;
mod page;
mod put;
mod reply;
mod statistics;

pub use fping::Fping;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of `ping`.
pub struct Ping;

impl Extractor for Ping {
    fn name(&self) -> &str {
        "ping"
    }

    fn summary(&self) -> &str {
        "round trips to a host: iputils, busybox, inetutils, BSD, macOS, Windows"
    }

    fn streams(&self) -> Streams {
        // The results are on stdout; on stderr are errors and what SIGQUIT asks for.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut best = Sniff::No;
        for line in text.lines() {
            let line = line.trimmed();
            if page::target(line).is_some() || page::is_title(line) {
                return Sniff::Certain;
            }
            if reply::Reply::parse(line).is_some() || line.starts_with("ping: ") || line.starts_with("ping6: ") {
                best = Sniff::Likely;
            }
        }
        best
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = page::Page::new(text, out);
        text.lines().for_each(|line| page.line(line, out));
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.is_cut())
    }
}

prill_core::register_extractor!(Ping);

#[cfg(test)]
mod tests;

//! What iperf3 prints: rows of text or a JSON document, of the client or of the server.
//!
//! - [`Iperf3`]: the format
//! - `page`: the lines of a text; `row`: one of its rows; `json`: documents; `put`: names, units, labels; `message`: errors
#![forbid(unsafe_code)]

mod json;
mod message;
mod page;
mod put;
mod row;

use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of iperf3 (esnet/iperf); iperf 2 is another program.
pub struct Iperf3;

impl Extractor for Iperf3 {
    fn name(&self) -> &str {
        "iperf3"
    }

    fn summary(&self) -> &str {
        "throughput, retransmits, jitter and loss between two hosts, text and JSON"
    }

    fn streams(&self) -> Streams {
        // In text mode errors are on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut best = Sniff::No;
        for line in text.lines() {
            let line = line.text;
            let listens = line.starts_with("Server listening on ") && line.has(" (test #");
            if listens || line.ends_with("iperf Done.") || line.has("\"iperf 3.") || line.starts_with("iperf3: ") {
                return Sniff::Certain;
            }
            if page::is_header(line) {
                best = Sniff::Likely;
            }
        }
        best
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if let Some(result) = json::extract(input, out) {
            return result;
        }
        let text = input.text();
        if text.lines().any(|line| is_of_iperf2(line.text)) {
            return Err(ExtractError::NotFound);
        }
        let mut page = page::Page::new(input, out.len());
        for line in text.lines() {
            page.line(line, out);
        }
        if page.is_cut() {
            return Err(ExtractError::Truncated { at: text.end() });
        }
        // Warnings of the system's are on stderr too.
        if page.known || *input.stream() == Stream::Stderr { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

/// A banner of iperf 2, whose rows look the same.
fn is_of_iperf2(line: &str) -> bool {
    [
        "Client connecting to ",
        "Server listening on TCP port ",
        "Server listening on UDP port ",
        "TCP window size: ",
        "UDP buffer size: ",
    ]
    .iter()
    .any(|banner| line.starts_with(banner))
}

prill_core::register_extractor!(Iperf3);

#[cfg(test)]
mod tests;

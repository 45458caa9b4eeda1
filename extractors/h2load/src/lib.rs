//! What h2load prints: totals, and a table of times.
//!
//! - [`H2load`]: the format
//! - `page`: the lines; `put`: numbers with their units, names and labels
#![forbid(unsafe_code)]

mod page;
mod put;

use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of h2load of nghttp2.
pub struct H2load;

impl Extractor for H2load {
    fn name(&self) -> &str {
        "h2load"
    }

    fn summary(&self) -> &str {
        "request rates, latencies and traffic of HTTP/1.1, HTTP/2 and HTTP/3"
    }

    fn streams(&self) -> Streams {
        // What is wrong with the command line is on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| {
            line.starts_with("time for request: ")
                || (line.starts_with("request     : ") && line.ends_with('%'))
                || (line.starts_with("finished in ") && line.has(" req/s, "))
                || (line.starts_with("spawning thread #") && line.has(" total client(s). "))
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
        // What TLS libraries say is on stderr too.
        if page.known || *input.stream() == Stream::Stderr { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

prill_core::register_extractor!(H2load);

#[cfg(test)]
mod tests;

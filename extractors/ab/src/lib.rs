//! What ab prints: a report in text or HTML, percentiles as CSV, a line for each request.
//!
//! - [`Ab`]: the format
//! - `page`: the lines; `field`: those of a key and a value; `table`: rows of times; `put`: names and labels
#![forbid(unsafe_code)]

mod field;
mod page;
mod put;
mod table;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of ab of Apache 2.
pub struct Ab;

impl Extractor for Ab {
    fn name(&self) -> &str {
        "ab"
    }

    fn summary(&self) -> &str {
        "HTTP request rates, latencies and failures (ApacheBench)"
    }

    fn streams(&self) -> Streams {
        // Progress and errors are on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| {
            line.trim_start().starts_with("This is ApacheBench, Version ")
                || line.starts_with("Concurrency Level:      ")
                || line.ends_with(page::CSV)
                || line.ends_with(page::TSV)
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

prill_core::register_extractor!(Ab);

#[cfg(test)]
mod tests;

//! What ioping prints: a line for each request, and statistics at the end or from time to time.
//!
//! - [`Ioping`]: the format
//! - `text`: the statistics for people; `raw`: the rows of `-B` and `-p`; `json`: `-J`; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod json;
mod put;
mod raw;
mod text;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of ioping 0.7 to 1.3.
pub struct Ioping;

impl Extractor for Ioping {
    fn name(&self) -> &str {
        "ioping"
    }

    fn summary(&self) -> &str {
        "latency of storage: text, raw rows (-B, -p) and JSON"
    }

    fn streams(&self) -> Streams {
        // Statistics are on stdout, what went wrong on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| text::is_mark(line.trimmed()) || json::is_mark(line.trimmed())) {
            return Sniff::Certain;
        }
        let mut rows = text.lines().filter(|line| !line.trimmed().is_empty()).peekable();
        if rows.peek().is_some() && rows.all(|line| raw::Row::parse(line).is_some()) { Sniff::Possible } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        if let Some(end) = json::read(input, out) {
            return end;
        }
        let page = text::Page::read(text, input.argv(), out);
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.cut)
    }
}

prill_core::register_extractor!(Ioping);

#[cfg(test)]
mod tests;

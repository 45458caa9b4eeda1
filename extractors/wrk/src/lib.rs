//! What wrk prints, and wrk2, which was made of it.
//!
//! - [`Wrk`]: the format
//! - `page`: the lines; `script`: those of scripts; `unit`: wrk's numbers with their units
#![forbid(unsafe_code)]

mod page;
mod script;
mod unit;

use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of wrk 2 to 4, and of wrk2.
pub struct Wrk;

impl Extractor for Wrk {
    fn name(&self) -> &str {
        "wrk"
    }

    fn summary(&self) -> &str {
        "HTTP request rates, latencies and errors (wrk, wrk2)"
    }

    fn streams(&self) -> Streams {
        // Why there was no run is on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| {
            line.starts_with("  Thread Stats   Avg") || line.starts_with("Usage: wrk ") || {
                line.strip_prefix("Running ").is_some_and(|rest| rest.has(" test @ "))
            }
        };
        if text.lines().any(|line| is_mine(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = page::Page::new(out.len());
        for line in text.lines() {
            page.line(line, out);
        }
        if page.is_cut() {
            return Err(ExtractError::Truncated { at: text.end() });
        }
        // Scripts may print to stderr too.
        if page.known || *input.stream() == Stream::Stderr { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

prill_core::register_extractor!(Wrk);

#[cfg(test)]
mod tests;

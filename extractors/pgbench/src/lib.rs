//! What pgbench prints: a summary, statements and scripts on stdout; progress, and what `-i` does, on stderr.
//!
//! - [`Pgbench`]: the format
//! - `page`: the lines of the summary; `progress`: those on stderr; `put`: names and labels
#![forbid(unsafe_code)]

mod page;
mod progress;
mod put;

use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of pgbench of PostgreSQL 9 and later.
pub struct Pgbench;

impl Extractor for Pgbench {
    fn name(&self) -> &str {
        "pgbench"
    }

    fn summary(&self) -> &str {
        "transaction rates, latencies and failures of PostgreSQL, by script and by statement"
    }

    fn streams(&self) -> Streams {
        // Progress and the time of `-i` are on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| {
            line.starts_with("number of transactions actually processed: ")
                || line.starts_with("pgbench: ")
                || line.starts_with("pgbench (")
                || (line.starts_with("progress: ") && line.has(" tps, lat "))
                || (line.starts_with("done in ") && line.has(" s (") && line.has("tables "))
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
        // The server's notices are on stderr too.
        if page.known || *input.stream() == Stream::Stderr { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

prill_core::register_extractor!(Pgbench);

#[cfg(test)]
mod tests;

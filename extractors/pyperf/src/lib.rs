//! What pyperf prints and stores.
//!
//! - [`Pyperf`]: the format
//! - `page`: the text of benchmarks and of `pyperf show`, `stats` and `compare_to`; `report`: the JSON of a suite
//! - `put`: names, units and polarities
#![forbid(unsafe_code)]

mod page;
mod put;
mod report;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of pyperf 1 and 2, and of perf, as it was called before.
pub struct Pyperf;

impl Extractor for Pyperf {
    fn name(&self) -> &str {
        "pyperf"
    }

    fn summary(&self) -> &str {
        "Python benchmarks of pyperf: text, stats, comparisons, JSON"
    }

    fn streams(&self) -> Streams {
        // What is wrong with a file or an argument is on stderr.
        Streams::StdoutThenStderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if report::is_mine(text.as_str()) || text.lines().any(|line| page::is_mark(line.trimmed())) {
            return Sniff::Certain;
        }
        Sniff::No
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if let Some(end) = report::read(input, out) {
            return end;
        }
        match page::read(input.text(), out) {
            (_, true) => Err(ExtractError::Truncated { at: input.text().end() }),
            (true, false) => Ok(()),
            (false, false) => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(Pyperf);

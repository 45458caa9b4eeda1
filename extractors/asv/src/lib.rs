//! What airspeed velocity (asv) prints and stores.
//!
//! - [`Asv`]: the format
//! - `page`: `asv run` and `continuous`; `grid`: results of several parameters; `compare`: the table of `asv compare`
//! - `report`: a file of results; `value`: a result, `11.1±0.01μs`, and what it is of
#![forbid(unsafe_code)]

mod compare;
mod grid;
mod page;
mod report;
mod value;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of asv 0.2 to 0.6.
pub struct Asv;

impl Extractor for Asv {
    fn name(&self) -> &str {
        "asv"
    }

    fn summary(&self) -> &str {
        "Python benchmarks of airspeed velocity: run, compare, results"
    }

    fn streams(&self) -> Streams {
        // What is wrong with the arguments is on stderr.
        Streams::StdoutThenStderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mark = |line: &str| page::is_mark(line) || compare::is_head(line) || report::is_mark(line);
        if text.lines().any(|line| mark(line.trimmed())) { Sniff::Certain } else { Sniff::No }
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

prill_core::register_extractor!(Asv);

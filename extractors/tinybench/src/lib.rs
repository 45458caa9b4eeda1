//! What tinybench measures, and Vitest, which runs it.
//!
//! - [`Tinybench`]: `console.table(bench.table())`; [`VitestBench`]: the tables and the report of `vitest bench`
//! - `grid`: a table of the console; `page`: the tables of Vitest; `report`: its JSON; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod grid;
mod page;
mod put;
mod report;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of the table that tinybench 2 to 6 gives.
pub struct Tinybench;

impl Extractor for Tinybench {
    fn name(&self) -> &str {
        "tinybench"
    }

    fn summary(&self) -> &str {
        "JavaScript benchmarks of tinybench: the table on the console"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| grid::Head::parse(line.text).is_some()) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        match grid::read(input.text(), out) {
            (_, true) => Err(ExtractError::Truncated { at: input.text().end() }),
            (true, false) => Ok(()),
            (false, false) => Err(ExtractError::NotFound),
        }
    }
}

/// The format of `vitest bench`.
pub struct VitestBench;

impl Extractor for VitestBench {
    fn name(&self) -> &str {
        "vitest-bench"
    }

    fn summary(&self) -> &str {
        "JavaScript benchmarks of Vitest: tables and JSON"
    }

    fn streams(&self) -> Streams {
        // Errors are on stderr, beside the tables of what worked.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| page::is_mark(line.trimmed())) || report::is_mine(text.as_str()) {
            Sniff::Certain
        } else {
            Sniff::No
        }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let earlier = out.len();
        let report = report::read(input, out);
        // The report has all digits; in a file it comes before the streams.
        let source = (report.place.is_some() || earlier > 0).then_some("table");
        let (known, cut) = page::read(text, report.place, source, out);
        match report.end {
            Err(error) => Err(error),
            Ok(()) if cut => Err(ExtractError::Truncated { at: text.end() }),
            Ok(()) if known || report.place.is_some() || *input.stream() == Stream::Stderr => Ok(()),
            Ok(()) => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(Tinybench);
prill_core::register_extractor!(VitestBench);

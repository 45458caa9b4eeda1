//! What programs print whose tests and benchmarks use Catch2.
//!
//! - [`Catch2`]: the format
//! - `page`: the console reporter, and which test case it is at; `row`: a row of its tables
//! - `xml`: the XML reporter; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod page;
mod put;
mod row;
mod xml;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of Catch2 2.9 to 3, which have benchmarks.
pub struct Catch2;

impl Extractor for Catch2 {
    fn name(&self) -> &str {
        "catch2"
    }

    fn summary(&self) -> &str {
        "C++ benchmarks of Catch2: the tables of the console reporter, and XML"
    }

    fn streams(&self) -> Streams {
        // What is wrong with the arguments is on stderr.
        Streams::StdoutThenStderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let marks = || text.lines().map(|line| line.trimmed());
        if marks().any(|line| page::is_mark(line) || xml::is_mark(line)) {
            return Sniff::Certain;
        }
        if marks().any(|line| line == "Error(s) in input:") { Sniff::Possible } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let is_xml = text.lines().any(|line| xml::is_mark(line.trimmed()));
        let (known, cut) = if is_xml { xml::read(text, out) } else { page::read(text, out) };
        match (known, cut) {
            (_, true) => Err(ExtractError::Truncated { at: text.end() }),
            (true, false) => Ok(()),
            (false, false) => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(Catch2);

#[cfg(test)]
mod tests;

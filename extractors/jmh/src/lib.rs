//! What JMH prints, the harness of the JVM's benchmarks.
//!
//! - [`Jmh`]: the format
//! - `table`: the summary at the end of the text; `log`: iterations and results before it
//! - `json`, `csv`: the reports of `-rf`; `quantity`: what a unit and a label mean; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod csv;
mod json;
mod log;
mod put;
mod quantity;
mod table;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of JMH 1.
pub struct Jmh;

impl Extractor for Jmh {
    fn name(&self) -> &str {
        "jmh"
    }

    fn summary(&self) -> &str {
        "Java benchmarks (JMH): the log and its summary, JSON, CSV"
    }

    fn streams(&self) -> Streams {
        Streams::StdoutThenStderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mark = |line: &str| {
            table::Head::parse(line).is_some() || csv::Head::parse(line).is_some() || log::is_mark(line) || json::is_mark(line)
        };
        if text.lines().any(|line| mark(log::bare(line.trimmed()))) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let earlier = out.len();
        let report = json::read(input, out);
        let csv = csv::read(text, report.place, out);
        // The reports have more digits than the text; in a file they come before the streams.
        let source = (report.place.is_some() || csv.known || earlier > 0).then_some("table");
        let log = log::Log::read(text, report.place, source, out);
        match report.end {
            Err(error) => Err(error),
            Ok(()) if csv.cut || log.cut => Err(ExtractError::Truncated { at: text.end() }),
            Ok(()) if report.place.is_some() || csv.known || log.known => Ok(()),
            Ok(()) => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(Jmh);

#[cfg(test)]
mod tests;

//! What memtier_benchmark prints: a table for each run, the distribution of latencies, and JSON.
//!
//! - [`Memtier`]: the format
//! - `table`: the tables; `json`: the file of `--json-out-file`; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod json;
mod put;
mod table;

use std::path::Path;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of memtier_benchmark 1.2 to 2.x.
pub struct Memtier;

prill_core::register_extractor!(Memtier);

impl Extractor for Memtier {
    fn name(&self) -> &str {
        "memtier"
    }

    fn summary(&self) -> &str {
        "request rate and latency of each command of memtier_benchmark: tables and JSON"
    }

    fn streams(&self) -> Streams {
        // Tables are on stdout, progress and what went wrong on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| table::is_mark(line.text) || json::is_mark(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| Path::new(word).file_name().is_some_and(|file| file == "memtier_benchmark"))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if let Some(end) = json::read(input, out) {
            return end;
        }
        let text = input.text();
        // The file comes before the streams, and says the same as the tables.
        let mut page = table::Page::new((!out.is_empty()).then_some("table"));
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            page.line(line, out);
        }
        ExtractError::at_end(text, page.known, page.cut)
    }
}

#[cfg(test)]
mod tests;

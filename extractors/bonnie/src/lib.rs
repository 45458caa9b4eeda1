//! What bonnie++ prints: a table for people, and a line of comma separated values for each run.
//!
//! - [`Bonnie`]: the format
//! - `csv`: the line; `table`: the table, which is read where the line is missing; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod csv;
mod put;
mod table;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of bonnie++ 1.03 to 2.00.
pub struct Bonnie;

impl Extractor for Bonnie {
    fn name(&self) -> &str {
        "bonnie++"
    }

    fn summary(&self) -> &str {
        "throughput, seeks, file operations and latencies of a file system"
    }

    fn streams(&self) -> Streams {
        // With `-q` the table is on stderr. Errors are there too.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| table::is_title(line) || csv::is_header(line) || csv::Run::parse(line).is_some();
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut runs = Vec::new();
        let mut page = table::Page::default();
        for line in text.lines() {
            match csv::Run::parse(line.text).filter(|run| line.ended || run.is_whole()) {
                Some(run) => runs.push(run),
                None => {
                    page.cut |= !line.ended && csv::is_begun(line.text);
                    page.line(line, out);
                }
            }
        }
        // The line has all digits of what the table rounds, and file operations that the table gets wrong.
        let is_told = !out.is_empty() || !runs.is_empty();
        let mut put = put::Put::default();
        page.finish(is_told, &mut put, out);
        for (index, run) in runs.iter().enumerate() {
            put.run((runs.len() > 1).then_some(index + 1));
            run.push(&mut put, out);
        }
        ExtractError::at_end(text, page.known || !runs.is_empty() || *input.stream() == Stream::Stderr, page.cut)
    }
}

prill_core::register_extractor!(Bonnie);

#[cfg(test)]
mod tests;

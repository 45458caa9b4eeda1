//! What `7z b` prints.
//!
//! - [`SevenZip`]: the format
//! - `table`: rows of dictionaries, methods and block sizes; `value`: the numbers of one of them
//! - `times`: what `-bt` says below
#![forbid(unsafe_code)]

mod table;
mod times;
mod value;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

use table::Table;

/// The format of `7z b`.
pub struct SevenZip;

impl Extractor for SevenZip {
    fn name(&self) -> &str {
        "7z"
    }

    fn summary(&self) -> &str {
        "throughput and instruction rate of 7-Zip's benchmark (7z b): dictionaries, methods, block sizes"
    }

    fn streams(&self) -> Streams {
        // Numbers are on stdout; that the run was broken off is on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| table::is_mark(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if *input.stream() == Stream::Stderr {
            return errors(input.text(), out);
        }
        let mut table = Table::default();
        for line in input.text().lines().filter(|line| !line.trimmed().is_empty()) {
            if !(table.is_known() && times::line(line.trimmed(), out)) {
                table.line(line, out);
            }
        }
        match (table.is_known(), table.is_cut()) {
            (false, _) => Err(ExtractError::NotFound),
            (true, true) => Err(ExtractError::Truncated { at: input.text().end() }),
            (true, false) => Ok(()),
        }
    }
}

/// What is on stderr.
fn errors(text: &Text<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let is_error = |line: &str| line.starts_with("Break signaled") || line.ends_with("ERROR:") || line.ends_with(" Error:");
    let said = text.lines().map(|line| line.trimmed()).find(|line| is_error(line));
    if let Some(line) = said {
        out.tool_failed(line, format!("7-Zip says: {line}"));
        text.lines().filter(|line| !line.trimmed().is_empty()).for_each(|line| out.ignore(line.text, "message"));
    }
    if said.is_none() && out.is_empty() { Err(ExtractError::NotFound) } else { Ok(()) }
}

prill_core::register_extractor!(SevenZip);

#[cfg(test)]
mod tests;

//! What IOzone prints: a row for each size of file and record, or with `-t` lines for each operation of many processes.
//!
//! - [`Iozone`]: the format
//! - `table`: the rows; `many`: the lines of `-t`
#![forbid(unsafe_code)]

mod many;
mod table;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of IOzone 3.
pub struct Iozone;

prill_core::register_extractor!(Iozone);

impl Extractor for Iozone {
    fn name(&self) -> &str {
        "iozone"
    }

    fn summary(&self) -> &str {
        "throughput of file operations of IOzone, by size of file and record, and of many processes"
    }

    fn streams(&self) -> Streams {
        Streams::Stdout
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mark = |line: &str| {
            line.starts_with("Iozone: Performance Test of File I/O") || many::is_mark(line) || table::head(line).is_some()
        };
        if text.lines().any(|line| is_mark(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let (mut many, mut table) = (many::Page::default(), table::Page::default());
        let (mut known, mut cut) = (false, false);
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            let shown = line.trimmed();
            known = known
                || shown.starts_with("Iozone: Performance Test")
                || many::is_mark(shown)
                || table::head(line.text).is_some();
            cut |= known && !line.ended;
            if known
                && (shown.starts_with("Can not ") || shown.starts_with("Error ") || shown.ends_with(": No space left on device"))
            {
                out.tool_failed(shown, format!("IOzone says: {shown}"));
                out.ignore(shown, "message");
            } else if !known || !line.ended || !many.line(line, out) && !table.line(line, out) {
                out.ignore(shown, "setting, or a report of what is printed above");
            }
        }
        match (known, cut) {
            (false, _) => Err(ExtractError::NotFound),
            (true, true) => Err(ExtractError::Truncated { at: text.end() }),
            (true, false) => Ok(()),
        }
    }
}

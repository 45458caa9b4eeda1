//! What nanobench prints, a table of Markdown.
//!
//! - [`Nanobench`]: the format
//! - `table`: the head and the rows
#![forbid(unsafe_code)]

mod table;

use prill_core::diagnostic::code;
use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Text};

use table::Head;

/// The format of nanobench 4.
pub struct Nanobench;

impl Extractor for Nanobench {
    fn name(&self) -> &str {
        "nanobench"
    }

    fn summary(&self) -> &str {
        "C++ benchmarks of nanobench: tables of times and hardware counters"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| Head::parse(line.trimmed()).is_some()) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let (mut head, mut known) = (None, false);
        for line in text.lines() {
            let shown = line.trimmed();
            out.ignore(line.text, "ratio, name or text");
            let found = Head::parse(shown);
            if found.is_some() {
                (head, known) = (found, true);
            } else if known && !line.ended && !shown.is_empty() {
                return Err(ExtractError::Truncated { at: text.end() });
            } else if let Some(columns) = head.as_ref().filter(|_| shown.starts_with('|')) {
                columns.row(shown, out);
            } else if let Some(warning) = shown.strip_prefix("Warning, results might be unstable:") {
                out.warn(code::DEGRADED, shown, format!("results might be unstable{warning}"));
            } else if shown.starts_with("terminate called after ") || shown.has("Segmentation fault") {
                out.tool_failed(shown, format!("the program says: {shown}"));
            } else if !shown.is_empty() {
                head = None;
            }
        }
        if known { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

prill_core::register_extractor!(Nanobench);

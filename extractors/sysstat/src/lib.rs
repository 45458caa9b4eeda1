//! sysstat: what processors, devices, networks and processes are used for.
//!
//! - [`Iostat`], [`Mpstat`], [`Pidstat`], [`Sar`]: the formats, each with its columns
//! - `column`: what a column measures; `head`: the header of a table; `table`: its rows
//! - `page`: the reports of a text; `json`: those of `-o JSON`; `said`: what is said once
#![forbid(unsafe_code)]

mod column;
mod head;
mod iostat;
mod json;
mod mpstat;
mod page;
mod pidstat;
mod said;
mod sar;
mod table;

use prill_core::scan::{Line, Search};
use prill_core::{ExtractError, Input, MetricSink, Sniff, Text};

pub use iostat::Iostat;
pub use mpstat::Mpstat;
pub use pidstat::Pidstat;
pub use sar::Sar;

/// Whether the text has a header that `heads` knows, or a document of `parts`; or how the tool called `name` is used.
fn sniff(text: &Text<'_>, name: &str, heads: head::Heads, parts: &json::Parts) -> Sniff {
    // Rows that are longer than a header are many, and so are the lines of JSON, which have quotes.
    let is_head =
        |line: Line<'_>| line.text.len() < 1 << 14 && !line.text.has("\"") && heads(&line.words().collect::<Vec<_>>()).is_some();
    let found = text.lines().any(is_head) || json::is_here(text.as_str(), parts);
    if found {
        return Sniff::Certain;
    }
    let usage = |line: Line<'_>| line.text.strip_prefix("Usage: ").is_some_and(|rest| rest.starts_with(name));
    if text.lines().any(usage) { Sniff::Likely } else { Sniff::No }
}

fn read(input: &Input<'_>, heads: head::Heads, parts: &json::Parts, out: &mut MetricSink) -> Result<(), ExtractError> {
    json::read(input.text(), parts, out).unwrap_or_else(|| page::read(input.text(), heads, out))
}

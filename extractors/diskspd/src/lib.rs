//! What DiskSpd prints: tables, or XML (`-Rxml`).
//!
//! - [`Diskspd`]: the format
//! - `text`: the tables; `xml`: the elements; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod put;
mod text;
mod xml;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of DiskSpd 2.0 to 2.2.
pub struct Diskspd;

prill_core::register_extractor!(Diskspd);

impl Extractor for Diskspd {
    fn name(&self) -> &str {
        "diskspd"
    }

    fn summary(&self) -> &str {
        "throughput, operations a second, latency and processors of DiskSpd: text and XML"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mark = |line: &str| text::is_mark(line) || xml::is_mark(line);
        if text.lines().any(|line| is_mark(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        let is_it = |file: &str| file.eq_ignore_ascii_case("diskspd") || file.eq_ignore_ascii_case("diskspd.exe");
        argv.iter().position(|word| word.rsplit(['/', '\\']).next().is_some_and(is_it))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let is_xml = text.lines().any(|line| line.trimmed() == "<Results>");
        let (known, cut) = if is_xml { (true, xml::read(text, out)) } else { text::read(text, out) };
        ExtractError::at_end(text, known, cut)
    }
}

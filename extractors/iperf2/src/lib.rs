//! What iperf 2 prints: a row for each stream and interval, and sums of them.
//!
//! - [`Iperf2`]: the format
//! - `page`: the lines; `role`: who counted; `row`: what stands in a row; `rest`: what enhanced reports add to it
//! - `csv`: the rows of `-y C`; `put`: names, labels and polarities
#![forbid(unsafe_code)]

mod csv;
mod page;
mod put;
mod rest;
mod role;
mod row;

use std::path::Path;

use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of iperf 2.0 to 2.2.
pub struct Iperf2;

impl Extractor for Iperf2 {
    fn name(&self) -> &str {
        "iperf2"
    }

    fn summary(&self) -> &str {
        "iperf 2: throughput, loss and latency over sockets, as text and csv"
    }

    fn streams(&self) -> Streams {
        // Rows are on stdout, what went wrong on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut best = Sniff::No;
        let (mut head, mut is_three) = (false, false);
        for line in text.lines() {
            let line = line.trimmed();
            // iperf 3 has the same banner, and other heads.
            is_three |=
                line.has("Bitrate") || line.starts_with("iperf 3") || line.starts_with("[ ID] Interval") && line.has("Retr");
            head |= page::is_head(line) && line.has("Bandwidth") && !line.has("Retr");
            if csv::is_row(line) || page::complaint(line) || row::Row::parse(line).is_some() {
                best = Sniff::Likely;
            }
        }
        match (is_three, head) {
            (true, _) => Sniff::No,
            (false, true) => Sniff::Certain,
            (false, false) => best,
        }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| Path::new(word).file_name().is_some_and(|file| file == "iperf" || file == "iperf2"))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = page::Page::new(input.argv().filter(|argv| self.called_by(argv).is_some()));
        text.lines().for_each(|line| page.line(line, out));
        page.finish(out);
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.is_cut())
    }
}

prill_core::register_extractor!(Iperf2);

#[cfg(test)]
mod tests;

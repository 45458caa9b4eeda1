//! What NetPIPE prints: a row for each size of a message.
//!
//! - [`Netpipe`]: the format
//! - `row`: what stands in a row of version 3, 4 or 5, or of the file that `-o` writes
#![forbid(unsafe_code)]

mod row;

use std::path::Path;

use prill_core::scan::{Line, Search};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

use row::{Put, Row};

/// The format of NetPIPE 3 to 5.
pub struct Netpipe;

impl Extractor for Netpipe {
    fn name(&self) -> &str {
        "netpipe"
    }

    fn summary(&self) -> &str {
        "latency and bandwidth by the size of a message"
    }

    fn streams(&self) -> Streams {
        // Version 3 prints on stderr, version 5 on stdout; MPI may carry either to the other.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut best = Sniff::No;
        let mut points = 0;
        for line in text.lines() {
            let line = line.trimmed();
            if Row::parse(line).is_some() {
                return Sniff::Certain;
            }
            if complaint(line) || line.starts_with("Now starting the main loop") {
                best = Sniff::Likely;
            }
            points = if row::point(line).is_some() { points + 1 } else { 0 };
            if points > 2 {
                best = best.max(Sniff::Possible);
            }
        }
        best
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        let is_mine = |file: &std::ffi::OsStr| file.to_str().is_some_and(|file| file.starts_with("NP"));
        argv.iter().position(|word| Path::new(word).file_name().is_some_and(is_mine))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let is_file =
            matches!(input.stream(), Stream::File(_)) && input.argv().is_some_and(|argv| self.called_by(argv).is_some());
        // The file of `-o` has more digits than the screen.
        let source = (!is_file && !out.is_empty()).then_some("screen");
        let mut page = Page { is_file, source, ..Page::default() };
        text.lines().for_each(|line| page.line(line, out));
        match (page.cut, page.known || *input.stream() == Stream::Stderr) {
            (true, _) => Err(ExtractError::Truncated { at: text.end() }),
            (false, true) => Ok(()),
            // Version 3 says on stdout which options it has, or nothing.
            (false, false) if *input.stream() == Stream::Stdout && !page.foreign => Ok(()),
            (false, false) => Err(ExtractError::NotFound),
        }
    }
}

prill_core::register_extractor!(Netpipe);

/// Reads line after line of a text.
#[derive(Default)]
struct Page {
    is_file: bool,
    source: Option<&'static str>,
    put: Put,
    failed: bool,
    cut: bool,
    /// Some line was NetPIPE's; some line was none of those that it prints beside rows.
    known: bool,
    foreign: bool,
}

impl Page {
    fn line<'t>(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if !line.ended {
            self.cut |= self.known && !text.is_empty();
            self.foreign |= !text.is_empty();
            return out.ignore(text, "cut");
        }
        let row = Row::parse(text).or_else(|| if self.is_file { row::point(text) } else { None });
        if let Some(row) = row {
            self.known = true;
            return row.put(self.source, text, &mut self.put, out);
        }
        if let Some(best) = row::best(text) {
            self.known = true;
            return best.put(self.source, text, &mut self.put, out);
        }
        if complaint(text) {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("NetPIPE says: {text}"));
            }
        }
        self.known |= text.starts_with("Now starting the main loop") || text.starts_with("Start testing with ");
        let says = [
            "Sending output to ",
            "Streaming ",
            "Performance measured ",
            "Using ",
            "Passing data ",
            "Output is for ",
            "Transmit buffer ",
        ];
        self.foreign |= !text.is_empty() && !says.iter().any(|words| text.starts_with(words));
        out.ignore(text, "setting or message");
    }
}

/// What NetPIPE says when it fails.
fn complaint(line: &str) -> bool {
    line.starts_with("NetPIPE: ")
        || line.has("Cannot Connect! errno=")
        || line.starts_with("Integrity check failed: ")
        || line.has("NETPIPE USAGE")
}

#[cfg(test)]
mod tests;

//! cyclictest, whatever it prints.

mod histogram;
mod page;

use prill_core::diagnostic::code;
use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

use crate::latency::{self, WAKEUP};
use crate::report::Report;
use page::Page;

/// The format of cyclictest.
pub struct Cyclictest;

/// Its short options that take a value.
const VALUED: &str = "aAbcdDFhHiloptT";

impl Extractor for Cyclictest {
    fn name(&self) -> &str {
        "cyclictest"
    }

    fn summary(&self) -> &str {
        "latency of timer wake-ups (rt-tests): rows, histogram summary, JSON"
    }

    fn streams(&self) -> Streams {
        // Numbers are on stdout; on stderr is why there are none, and the state that SIGUSR1 asks for.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_row = |line: &str| line.starts_with("T:") && [" P:", " I:", " C:", " Min:"].iter().all(|key| line.has(key));
        let is_mine = |line: &str| {
            line.starts_with("# Min Latencies:")
                || line.starts_with("cyclictest V ")
                || line.starts_with("\"cmdline:\": \"cyclictest ")
                || line.starts_with("\"cmdline\": \"cyclictest ")
        };
        let mark = text.lines().map(|line| line.trimmed()).find(|line| is_row(line) || is_mine(line));
        if mark.is_some() { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let report = Report::read(text.as_str(), "cyclictest");
        let mut page = Page::read(text, report.as_ref().and_then(Report::span), out);
        if *input.stream() == Stream::Stderr && !out.is_empty() {
            page.leave_rows(out);
        }
        let printed = page.unit(report.as_ref(), input.argv().unwrap_or_default());
        let before = out.len();
        if let Some(report) = &report {
            report.say("thread", input, out);
            latency::from_report(WAKEUP, report, printed, out);
        }
        page.emit_earlier(input.argv().unwrap_or_default(), out);
        page.emit(report.is_some(), printed, out);
        say_degraded(&page, input.argv().unwrap_or_default(), out);
        match (report.and_then(|r| r.broken(text)), page.is_cut()) {
            (Some(error), _) => Err(error),
            (None, true) => Err(ExtractError::Truncated { at: text.end() }),
            (None, false) if out.len() == before && !page.is_known() => Err(ExtractError::NotFound),
            (None, false) => Ok(()),
        }
    }
}

/// A real-time priority that was asked for and not got: the rows say priority 0.
fn say_degraded(page: &Page<'_>, argv: &[String], out: &mut MetricSink) {
    let asked = crate::options::has(argv, 'p', "priority", VALUED) || crate::options::has(argv, 'p', "prio", VALUED);
    let row = page.rows().find(|row| row.priority.is_some_and(crate::row::is_zero));
    if let (true, Some(row)) = (asked, row) {
        out.warn(code::DEGRADED, row.identity(), "a real-time priority was asked for, but the threads ran at priority 0");
    }
}

prill_core::register_extractor!(Cyclictest);

#[cfg(test)]
mod tests;

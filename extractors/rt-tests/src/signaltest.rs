//! signaltest: threads in a ring, each of which signals the next.

use std::collections::BTreeMap;

use prill_core::scan::{Line, Search, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use crate::latency::{self, HANDOFF};
use crate::page::{self, Taken};
use crate::report::Report;
use crate::row::Row;

/// The format of signaltest.
pub struct Signaltest;

impl Extractor for Signaltest {
    fn name(&self) -> &str {
        "signaltest"
    }

    fn summary(&self) -> &str {
        "latency of signals between threads (rt-tests): rows, JSON"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_row =
            |line: &str| line.starts_with("T:") && [" P:", " C:", " Min:"].iter().all(|key| line.has(key)) && !line.has(" I:");
        page::sniff(text, "signaltest", |line| is_row(line) || line.starts_with("signaltest V "))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read::<Page<'_>>(input, out)
    }
}

/// The last row of each thread.
#[derive(Default)]
struct Page<'t>(BTreeMap<u32, Row<'t>>);

impl<'t> page::Page<'t> for Page<'t> {
    const TOOL: &'static str = "signaltest";

    fn starts_anew(&self, line: Line<'t>) -> bool {
        is_of_another_run(&self.0, line)
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        if let Some(row) = Row::parse(line).filter(|row| row.priority.is_some() && !row.has_interval()) {
            return put(&mut self.0, row, line, out);
        }
        let why = why_not(line.trimmed());
        if let Some(why) = why {
            out.ignore(line.text, why);
        }
        if why.is_some() { Taken::Yes } else { Taken::No }
    }

    fn report(&self, report: &Report<'_>, _: &Input<'_>, out: &mut MetricSink) {
        latency::from_report(HANDOFF, report, unit::US, out);
    }

    fn emit(self, source: Option<&'static str>, _: &Input<'_>, out: &mut MetricSink) {
        self.0.values().for_each(|row| latency::from_row(HANDOFF, row, source, unit::US, out));
    }
}

/// Whether the line is a row of another process than the known one of its thread.
pub(crate) fn is_of_another_run(rows: &BTreeMap<u32, Row<'_>>, line: Line<'_>) -> bool {
    // Live output has the same row over and over: what stands before its counters tells that sooner than reading it all.
    let Some((head, _)) = line.text.cut(")").filter(|_| !rows.is_empty()) else { return false };
    let same = |row: &Row<'_>| row.line.starts_with(head) && row.line[head.len()..].starts_with(')');
    if rows.values().take(MANY).any(same) {
        return false;
    }
    let of_another =
        |row: Row<'_>| rows.get(&row.thread.parse().unwrap_or(u32::MAX)).is_some_and(|known| row.is_of_another_run(known));
    Row::parse(line).is_some_and(of_another)
}

/// So many threads are compared before the number of one is read.
const MANY: usize = 8;

/// Keeps the last whole row of each thread: live output repeats them.
pub(crate) fn put<'t>(rows: &mut BTreeMap<u32, Row<'t>>, row: Row<'t>, line: Line<'t>, out: &mut MetricSink) -> Taken {
    let whole = line.ended || row.is_whole();
    let thread = row.thread.parse().unwrap_or(u32::MAX);
    match rows.get(&thread) {
        Some(known) if known.is_whole() && !row.is_whole() => out.ignore(row.line, "row that was cut"),
        _ => {
            if let Some(earlier) = rows.insert(thread, row) {
                out.ignore(earlier.line, "replaced by a later row of the thread");
            }
        }
    }
    Taken::whole(whole)
}

/// Why a line has no metric; `None` when the line is none of signaltest's.
fn why_not(line: &str) -> Option<&'static str> {
    let digits = |word: &str| !word.trim().is_empty() && word.trim().bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if line.split(':').count() == 3 && line.split(':').all(digits) {
        return Some("raw sample");
    }
    let words: Vec<&str> = line.split(' ').collect();
    if let [one, five, fifteen, tasks, pid] = words[..]
        && [one, five, fifteen].iter().all(|load| load.contains('.'))
        && tasks.contains('/')
        && digits(pid)
    {
        return Some("load average");
    }
    let of_thread = line.starts_with("Thread ") && (line.ends_with(" exceeded trace limit.") || line.has(" using cpu "));
    (of_thread || line.starts_with("Using ") || line.starts_with("WARN: ")).then_some("message")
}

prill_core::register_extractor!(Signaltest);

#[cfg(test)]
mod tests;

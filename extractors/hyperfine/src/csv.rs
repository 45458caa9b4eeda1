//! `--export-csv`: `command,mean,stddev,median,user,system,min,max`, in seconds.

use std::borrow::Cow;

use prill_core::scan::{number, unit};
use prill_core::{Input, MetricSink, Span};

use crate::value::Benchmark;
use crate::{Outcome, take_back};

const HEADER: &str = "command,mean,stddev,median,user,system,min,max";
/// Before 1.9 there was no median.
const OLD_HEADER: &str = "command,mean,stddev,user,system,min,max";

pub(crate) fn is_header(line: &str) -> bool {
    columns(line).is_some()
}

/// How many numbers a row below this header has.
fn columns(line: &str) -> Option<usize> {
    [(HEADER, 7), (OLD_HEADER, 6)].into_iter().find_map(|(header, numbers)| {
        let rest = line.strip_prefix(header)?;
        (rest.is_empty() || rest.starts_with(',')).then_some(numbers)
    })
}

/// Reads the table. An export to a pipe has a table after each benchmark: the last one holds all.
pub(crate) fn extract(input: &Input<'_>, document: Option<Span>, out: &mut MetricSink) -> Outcome {
    let text = input.text();
    if document.is_some() {
        return Outcome::default();
    }
    let (mut outcome, start) = (Outcome::default(), out.len());
    let mut inside = None;
    for line in text.lines() {
        if let Some(numbers) = columns(line.text) {
            if outcome.known {
                take_back(start, out);
            }
            (outcome.known, inside) = (true, Some(numbers));
            continue;
        }
        let Some(numbers) = inside else { continue };
        if !line.ended && !line.text.is_empty() {
            outcome.cut = true;
            out.ignore(line.text, "row that is cut");
        } else {
            inside = row(line.text, numbers, out).then_some(numbers);
        }
    }
    outcome
}

/// A row; false when the line is none.
fn row(line: &str, count: usize, out: &mut MetricSink) -> bool {
    let Some((command, rest)) = command(line) else { return false };
    let mut fields = rest.split(',');
    let mut numbers: Vec<&str> = fields.by_ref().take(count).collect();
    // There is no deviation of a single run.
    if numbers.len() < count || numbers.iter().enumerate().any(|(i, n)| !(number::is_token(n) || i == 1 && n.is_empty())) {
        return false;
    }
    out.ignore(&line[..line.len() - rest.len()], "command");
    fields.for_each(|field| out.ignore(field, "parameter"));
    let benchmark = Benchmark { name: command, source: None };
    if count == 6 {
        numbers.insert(2, "");
    }
    let [mean, stddev, median, user, system, min, max] = numbers[..] else { return false };
    benchmark.lower("time.mean", unit::SECOND, mean, out);
    if !stddev.is_empty() {
        benchmark.unknown("time.stddev", unit::SECOND, stddev, out);
    }
    if !median.is_empty() {
        benchmark.lower("time.p50", unit::SECOND, median, out);
    }
    benchmark.cpu("user", unit::SECOND, user, out);
    benchmark.cpu("system", unit::SECOND, system, out);
    benchmark.lower("time.min", unit::SECOND, min, out);
    benchmark.lower("time.max", unit::SECOND, max, out);
    true
}

/// The first field, which is quoted where it holds a comma or a quote, and what follows it.
fn command(line: &str) -> Option<(Cow<'_, str>, &str)> {
    let Some(quoted) = line.strip_prefix('"') else {
        return line.split_once(',').map(|(command, rest)| (Cow::Borrowed(command), rest));
    };
    let mut at = 0;
    loop {
        at += quoted[at..].find('"')?;
        if quoted[at + 1..].starts_with('"') {
            at += 2;
            continue;
        }
        let rest = quoted[at + 1..].strip_prefix(',')?;
        return Some((Cow::Owned(quoted[..at].replace("\"\"", "\"")), rest));
    }
}

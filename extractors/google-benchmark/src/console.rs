use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Span, Text};

use crate::counter::{Counter, not_finite};
use crate::row::{Columns, Row, is_curve, time_unit};
use crate::{csv, words};

/// What the lines of a text hold: the rows of the console reporter and of the CSV one.
#[derive(Default)]
pub(crate) struct Lines<'t> {
    pub(crate) rows: Vec<Row<'t>>,
    /// Whether any line is Google Benchmark's.
    pub(crate) known: bool,
    /// The text ends within a row.
    pub(crate) cut: bool,
    /// The counters that the header names: those of a tabular report.
    counters: Vec<&'t str>,
    table: Option<csv::Header<'t>>,
}

impl<'t> Lines<'t> {
    /// Reads the lines of `text` outside of `skip`.
    pub(crate) fn read(text: &'t Text<'_>, skip: Option<Span>, out: &mut MetricSink) -> Self {
        let mut lines = Self::default();
        let base = text.as_str().as_ptr().addr();
        for line in text.lines() {
            let at = line.text.as_ptr().addr() - base;
            if skip.is_none_or(|s| at < s.start || s.end <= at) {
                lines.line(line, out);
            }
        }
        lines
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if is_header(text) {
            self.known = true;
            self.table = None;
            self.counters = counters(text);
            out.ignore(text, "names of counters");
        } else if let Some(header) = csv::Header::read(text) {
            self.known = true;
            self.table = Some(header);
            out.ignore(text, "names of counters");
        } else if let Some(table) = self.table.as_ref().filter(|_| text.starts_with('"')) {
            match table.row(line, out) {
                Some(row) => self.rows.push(row),
                None => self.cut |= !line.ended,
            }
        } else if let Some((name, message)) = stopped(text) {
            self.known = true;
            out.ignore(text, "message");
            words::stopped(name, message, text, out);
        } else if let Some(row) = self.row(line, out) {
            self.known = true;
            self.rows.push(row);
        } else if words::read(text, out) {
            self.known = true;
        } else if !line.ended && self.known && !text.is_empty() {
            self.cut = true;
            out.ignore(text, "line that is cut");
        }
    }

    /// `BM_Sort/1000  9.14 us  3.68 us  37207 depth=3.5 rate=271.779k/s label`
    fn row(&mut self, line: Line<'t>, out: &mut MetricSink) -> Option<Row<'t>> {
        let (name, columns, [real, cpu], rest) = times(line.text)?;
        // Whatever stands last in a line that is cut may have gone on.
        let rest = if line.ended { rest } else { whole(rest) };
        let (iterations, rest) = match columns {
            Columns::Coefficient(_) | Columns::Error(_) => (None, rest),
            _ if rest.trim().is_empty() && !line.ended => (None, rest),
            _ => iterations(rest).map(|(token, rest)| (Some(token), rest))?,
        };
        self.cut |= !line.ended;
        out.ignore(name, "name");
        let mut row = Row {
            name: name.into(),
            run: None,
            columns,
            is_fixed: true,
            real: Some(real),
            cpu: Some(cpu),
            iterations,
            counters: vec![],
        };
        let label = self.read_counters(rest, &mut row.counters);
        out.ignore(label, "label of the benchmark");
        Some(row)
    }

    /// Reads the counters at the start of `text`; gives what follows them.
    fn read_counters<'a>(&self, text: &'a str, counters: &mut Vec<Counter<'a>>) -> &'a str
    where
        't: 'a,
    {
        let mut rest = text.trim();
        let mut names = self.counters.iter();
        loop {
            let (word, after) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
            let pair =
                names.next().map(|name| (*name, word)).or_else(|| word.split_once('=').filter(|_| self.counters.is_empty()));
            let Some(counter) = pair.and_then(|(name, value)| Counter::console(name, value)) else { return rest };
            // Counters are sorted: what follows them and looks the same is the label.
            if counters.last().is_some_and(|last| last.name >= counter.name) {
                return rest;
            }
            counters.push(counter);
            rest = after.trim_start();
        }
    }
}

/// `Benchmark   Time   CPU   Iterations`, and what counters there are.
pub(crate) fn is_header(line: &str) -> bool {
    let mut words = line.split_whitespace();
    ["Benchmark", "Time", "CPU", "Iterations"].into_iter().all(|word| words.next() == Some(word))
}

fn counters(header: &str) -> Vec<&str> {
    let names = header.split_whitespace().skip(4);
    names.filter(|name| *name != "UserCounters...").collect()
}

/// `text` without its last word, unless a unit ends it.
fn whole(text: &str) -> &str {
    let text = text.trim_end();
    if text.ends_with("/s") || text.ends_with('%') { text } else { &text[..text.rfind(' ').unwrap_or(0)] }
}

/// The whole number that `text` begins with, and what follows it.
fn iterations(text: &str) -> Option<(&str, &str)> {
    let (token, rest) = number::leading(text.trim_start())?;
    (token.bytes().all(|b| b.is_ascii_digit()) && !rest.starts_with(|c: char| c != ' ')).then_some((token, rest))
}

/// `BM_Err/1   ERROR OCCURRED: 'no disk'`, `BM_X   SKIPPED: 'too old'`: the name and the rest.
fn stopped(line: &str) -> Option<(&str, &str)> {
    let at = line.place(" ERROR OCCURRED: '").or_else(|| line.place(" SKIPPED: '"))?;
    Some((line[..at].trim_end(), line[at..].trim_start()))
}

/// The first two pairs of a number and a unit in `line`: the name before them, the numbers, and what follows them.
fn times(line: &str) -> Option<(&str, Columns<'_>, [&str; 2], &str)> {
    let mut words: [&str; 4] = [""; 4];
    let mut rest = line;
    let base = line.as_ptr().addr();
    loop {
        let trimmed = rest.trim_start();
        if trimmed.is_empty() {
            return None;
        }
        let (word, after) = trimmed.split_at(trimmed.find(' ').unwrap_or(trimmed.len()));
        words.rotate_left(1);
        words[3] = word;
        rest = after;
        let [real, unit, cpu, same] = words;
        let start = real.as_ptr().addr().wrapping_sub(base);
        if unit == same && !unit.is_empty() && is_value(real) && is_value(cpu) && start < line.len() {
            let name = line[..start].trim();
            let columns = columns(name, unit).filter(|_| !name.is_empty())?;
            return Some((name, columns, [real, cpu], rest));
        }
    }
}

fn is_value(word: &str) -> bool {
    number::is_token(word) || not_finite(word).is_some_and(|(_, rest)| rest.is_empty())
}

fn columns<'t>(name: &str, word: &'t str) -> Option<Columns<'t>> {
    match word {
        "%" if name.ends_with("_RMS") => Some(Columns::Error(unit::PERCENT)),
        "%" => Some(Columns::Ratio(unit::PERCENT)),
        _ if is_curve(word) => Some(Columns::Coefficient(word)),
        _ => time_unit(word).map(Columns::Time),
    }
}

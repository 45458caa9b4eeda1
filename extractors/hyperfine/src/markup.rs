//! `--export-markdown`, `--export-orgmode` and `--export-asciidoc`: five columns, the first of them the command, the others `Mean [ms]`,
//! `Min [ms]`, `Max [ms]` and `Relative`. Before 1.9 three, or in Markdown four: `Min…Max [ms]` was one.

use std::borrow::Cow;

use prill_core::scan::{Search, number};
use prill_core::{Input, MetricSink, Printed, Span};

use crate::value::{Benchmark, printed};
use crate::{Outcome, take_back};

/// How the cells of a table are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// A row on a line.
    Line,
    /// A cell on a line.
    Asciidoc,
}

pub(crate) fn is_header(line: &str) -> bool {
    let is_row = line.starts_with("| Command ") && line.has(" Mean [") && line.ends_with(" |");
    let is_mine = line.has(" Relative |") || line.has(" Min\u{2026}Max [");
    is_row && is_mine || ASCIIDOC.iter().any(|(opening, _)| line == *opening)
}

/// How a table in AsciiDoc begins, and how many cells its rows have.
const ASCIIDOC: [(&str, usize); 2] = [(r#"[cols="<,>,>,>,>"]"#, 5), (r#"[cols="<,>,>"]"#, 3)];

/// Reads the table. An export to a pipe has a table after each benchmark: the last one holds all.
pub(crate) fn extract(input: &Input<'_>, document: Option<Span>, out: &mut MetricSink) -> Outcome {
    let text = input.text();
    let mut page = Page { start: out.len(), ..Page::default() };
    if document.is_some() {
        return page.outcome;
    }
    for line in text.lines() {
        let shown = line.trimmed();
        if is_header(shown) {
            page.begin(shown, out);
        } else if page.style.is_some() && !line.ended && !shown.is_empty() {
            page.outcome.cut = true;
            out.ignore(line.text, "row that is cut");
        } else {
            page.line(shown, out);
        }
    }
    page.outcome
}

#[derive(Default)]
struct Page<'t> {
    outcome: Outcome,
    /// Where the metrics of this text start.
    start: usize,
    style: Option<Style>,
    printed: Option<Printed>,
    /// How many cells a row has.
    columns: usize,
    cells: Vec<&'t str>,
}

impl<'t> Page<'t> {
    fn begin(&mut self, header: &'t str, out: &mut MetricSink) {
        if self.outcome.known {
            take_back(self.start, out);
        }
        self.outcome.known = true;
        self.cells.clear();
        let is_line = header.starts_with('|');
        self.style = Some(if is_line { Style::Line } else { Style::Asciidoc });
        self.printed = if is_line { unit(header) } else { None };
        let opening = ASCIIDOC.iter().find(|(opening, _)| header == *opening);
        self.columns = opening.map_or_else(|| header.matches('|').count() - 1, |(_, columns)| *columns);
    }

    fn line(&mut self, shown: &'t str, out: &mut MetricSink) {
        match self.style {
            Some(Style::Line) if shown.starts_with("|:--") || shown.starts_with("|--") => {}
            Some(Style::Line) => match cells(shown, self.columns) {
                Some(cells) => self.row(&cells, out),
                None => self.style = None,
            },
            Some(Style::Asciidoc) => {
                let Some(cell) = shown.strip_prefix("| ") else { return };
                if self.printed.is_none() && cell.starts_with("Command") {
                    // Up to 1.12 the names stand on one line.
                    self.printed = unit(cell);
                    self.cells.extend((self.printed.is_none()).then_some(cell));
                    return;
                }
                self.cells.push(cell);
                if self.cells.len() == self.columns {
                    if self.cells[0].starts_with("Command") {
                        self.printed = unit(self.cells[1]);
                    } else {
                        self.row(&self.cells.clone(), out);
                    }
                    self.cells.clear();
                }
            }
            None => {}
        }
    }

    fn row(&self, cells: &[&str], out: &mut MetricSink) {
        let (command, mean, min, max, relative) = match cells {
            [command, mean, min, max, relative] => (command, mean, *min, *max, *relative),
            [command, mean, range, rest @ ..] => {
                let Some((min, max)) = range.split_once('\u{2026}') else { return };
                (command, mean, min, max, rest.first().copied().unwrap_or(""))
            }
            _ => return,
        };
        let Some(printed) = self.printed else {
            return cells.iter().for_each(|cell| out.ignore(cell, "cell of no known unit"));
        };
        out.ignore(command, "command");
        let benchmark = Benchmark { name: name(command), source: None };
        let (mean, stddev) = pair(mean);
        benchmark.lower("time.mean", printed, mean, out);
        if let Some(stddev) = stddev {
            benchmark.unknown("time.stddev", printed, stddev, out);
        }
        benchmark.lower("time.min", printed, min, out);
        benchmark.lower("time.max", printed, max, out);
        let (ratio, stddev) = pair(relative);
        if number::is_token(ratio) {
            benchmark.ratio(None, ratio, stddev, out);
        }
    }
}

/// The unit of `Mean [ms]`.
fn unit(header: &str) -> Option<Printed> {
    printed(header.cut("Mean [")?.1.split(']').next()?)
}

/// The cells of a row; the command may hold bars.
fn cells(shown: &str, columns: usize) -> Option<Vec<&str>> {
    let inner = shown.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells: Vec<&str> = inner.rsplitn(columns, '|').map(str::trim).collect();
    cells.reverse();
    let is_row = cells.len() == columns && number::leading(cells[1]).is_some();
    is_row.then_some(cells)
}

/// `16.9 ± 3.5`
fn pair(cell: &str) -> (&str, Option<&str>) {
    match cell.split_once('±') {
        Some((value, spread)) => (value.trim(), Some(spread.trim())),
        None => (cell.trim(), None),
    }
}

/// The command without what marks it as code.
fn name(cell: &str) -> Cow<'_, str> {
    let strip = |mark: char| cell.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    let plain = strip('`').or_else(|| strip('=')).unwrap_or(cell);
    if plain.has("\\|") { Cow::Owned(plain.replace("\\|", "|")) } else { Cow::Borrowed(plain) }
}

//! The header, and the rows below it: one for all processors, then one for each.

use std::collections::HashSet;

use prill_core::diagnostic::code;
use prill_core::extract::{LabelSet, Series};
use prill_core::scan::{Line, number, unit};
use prill_core::{ExtractError, MetricSink, Text};

use crate::column::{Column, column};

/// What was read so far.
struct Page<'t> {
    columns: Vec<Column<'t>>,
    series: Vec<Option<Series>>,
    /// The header as it is printed, which comes again.
    printed: &'t str,
    /// Cells are between tabs; before 2015 between blanks.
    tabs: bool,
    /// Where the keys end in the header. Until Linux 3.14 the row for all has blanks below them.
    keys_end: usize,
    rows: HashSet<Vec<&'t str>>,
    report: usize,
    several: bool,
    failed: bool,
    unknown: bool,
    absent: bool,
    broken: usize,
}

/// The cells of a header: `Package Core CPU Avg_MHz Busy% ...`, between tabs.
pub(crate) fn header(line: &str) -> Option<Vec<&str>> {
    let cells = cells(line, line.contains('\t'));
    let known = cells.iter().filter(|cell| !matches!(column(cell), Column::Counter(_))).count();
    let marks = ["Busy%", "%Busy", "Bzy_MHz", "TSC_MHz", "PkgWatt", "Pkg_J", "Avg_MHz", "CorWatt", "%c0"];
    let marked = cells.iter().any(|cell| marks.contains(cell));
    (marked && 2 * known > cells.len()).then_some(cells)
}

/// The first releases that have tabs begin a line with one.
fn cells(line: &str, tabs: bool) -> Vec<&str> {
    if tabs { line.trim().split('\t').map(str::trim).collect() } else { line.split_ascii_whitespace().collect() }
}

pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let mut probe = MetricSink::new();
    probe.read(text, &prill_core::Stream::Stdout);
    let mut first = Page::new(false);
    first.walk(text, &mut probe, true);
    let mut page = Page::new(first.report > 1);
    let cut = page.walk(text, out, false);
    match (cut, page.columns.is_empty() && !page.failed) {
        (true, _) => Err(ExtractError::Truncated { at: text.end() }),
        (false, true) => Err(ExtractError::NotFound),
        (false, false) => Ok(()),
    }
}

impl<'t> Page<'t> {
    fn new(several: bool) -> Self {
        Self {
            columns: Vec::new(),
            series: Vec::new(),
            printed: "",
            tabs: false,
            keys_end: 0,
            rows: HashSet::new(),
            report: 1,
            several,
            failed: false,
            unknown: false,
            absent: false,
            broken: 0,
        }
    }

    /// Reads all lines, with `probe` until it is clear whether there are several reports. True when the text ends in the middle of a
    /// line.
    fn walk(&mut self, text: &'t Text<'_>, out: &mut MetricSink, probe: bool) -> bool {
        for line in text.lines().filter(|line| !line.text.trim_ascii().is_empty()) {
            self.read(line, out);
            if !line.ended {
                return !self.columns.is_empty();
            }
            if probe && self.report > 1 {
                return false;
            }
        }
        false
    }

    fn read(&mut self, line: Line<'t>, out: &mut MetricSink) {
        if !self.printed.is_empty() && line.text == self.printed {
            return;
        }
        if !self.columns.is_empty() && self.row(line, out) {
            return;
        }
        if let Some(cells) = header(line.text).filter(|_| line.ended) {
            self.printed = line.text;
            self.tabs = line.text.contains('\t');
            let end = |cell: &str| cell.as_ptr().addr() + cell.len() - line.text.as_ptr().addr();
            self.keys_end =
                cells.iter().take_while(|cell| matches!(column(cell), Column::Key(_))).last().map_or(0, |cell| end(cell));
            self.columns = cells.into_iter().map(column).collect();
            self.series = vec![None; self.columns.len()];
            return out.ignore(line.text, "header");
        }
        self.other(line, out);
    }

    /// Reads a row; false when the line is none. A row ends behind the last number that its processor has: what a core or a package has is
    /// in the row of its first one.
    fn row(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let mut cells = cells(line.text, self.tabs);
        if !line.ended {
            // The last number of a line that is cut may be half of one.
            cells.pop();
        }
        let keys = self.columns.iter().filter(|column| matches!(column, Column::Key(_))).count();
        let indent = line.text.len() - line.text.trim_start_matches(' ').len();
        if !self.tabs && self.keys_end > 0 && indent >= self.keys_end {
            cells.splice(0..0, std::iter::repeat_n(&line.text[..0], keys));
        }
        let numbers = cells.iter().filter(|cell| number::is_token(cell)).count();
        let fits = cells.len() <= self.columns.len() && cells.len() > keys && 2 * numbers + keys >= cells.len() && numbers > 0;
        if !fits || !cells.iter().zip(&self.columns).all(|(cell, column)| !matches!(column, Column::Key(_)) || is_key(cell)) {
            return false;
        }
        let key: Vec<(&'static str, &'t str)> = cells
            .iter()
            .zip(&self.columns)
            .filter_map(|(cell, column)| match column {
                Column::Key(key) if *cell != "-" && !cell.is_empty() => Some((*key, *cell)),
                _ => None,
            })
            .collect();
        let row: Vec<&str> = key.iter().map(|(_, cell)| *cell).collect();
        // A processor that comes again begins a report.
        if self.rows.contains(&row) {
            self.report += 1;
            self.rows.clear();
        }
        self.rows.insert(row);
        self.put(&cells, &key, out);
        true
    }

    fn put(&mut self, cells: &[&'t str], key: &[(&'static str, &'t str)], out: &mut MetricSink) {
        let report = self.report.to_string();
        let interval = self.several.then_some(("interval", report.as_str()));
        // Sorted, so that the sink need not sort them for each cell.
        let mut row: Vec<(&str, &str)> = key.iter().copied().chain(interval).collect();
        row.sort_unstable();
        let base = out.labels(row.iter().copied());
        // How often a state was entered and for how long stand in two columns.
        let mut sets: Vec<((&str, &str), LabelSet)> = Vec::with_capacity(8);
        for (at, cell) in cells.iter().enumerate() {
            let column = self.columns[at];
            match column {
                _ if cell.is_empty() => {}
                Column::Key(_) => out.ignore(cell, "label"),
                Column::Other(why) => out.ignore(cell, why),
                _ if !number::is_token(cell) => self.say_absent(cell, out),
                Column::Value(metric, label, printed) => {
                    let labels = match sets.iter().find(|(known, _)| *known == label) {
                        _ if label.0.is_empty() => base,
                        Some((_, labels)) => *labels,
                        None => {
                            sets.push((label, with(&mut row, label, out)));
                            sets[sets.len() - 1].1
                        }
                    };
                    let series = self.series[at].get_or_insert_with(|| out.metric(metric).unit(printed).series());
                    out.push(series.labels(labels), cell);
                }
                Column::Counter(name) => {
                    self.say_unknown(name, cell, out);
                    let labels = with(&mut row, ("counter", name), out);
                    let series = self.series[at].get_or_insert_with(|| out.metric("counter").series());
                    out.push(series.labels(labels), cell);
                }
            }
        }
    }

    fn other(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if let Some(elapsed) = text.strip_suffix(" sec").filter(|token| number::is_token(token) && line.ended) {
            // How long the command took that turbostat ran.
            out.metric("elapsed").unit(unit::SECOND).lower().push(elapsed);
        } else if text.starts_with("turbostat: ") && !text.starts_with("turbostat: cpu") {
            self.failed = true;
            out.tool_failed(text, format!("the tool says: {text}"));
            out.ignore(text, "a message");
        } else if self.columns.is_empty() {
            out.ignore(text, "the processor, and how it is set up");
        } else if line.ended {
            self.broken += 1;
            if self.broken <= 16 {
                out.warn(code::MALFORMED, text, "a line that is no row of the table above it");
            }
        }
    }

    #[cold]
    fn say_absent(&mut self, cell: &str, out: &mut MetricSink) {
        if !std::mem::replace(&mut self.absent, true) {
            out.note(
                code::NO_SAMPLES,
                cell,
                format!("`{cell}` stands where nothing was measured: no metric here, and in other rows"),
            );
        }
        out.ignore(cell, "nothing was measured");
    }

    #[cold]
    fn say_unknown(&mut self, name: &str, cell: &str, out: &mut MetricSink) {
        if !std::mem::replace(&mut self.unknown, true) {
            let message =
                format!("nobody knows the unit of the column `{name}`, and maybe of others: counter{{counter={name}}} has none");
            out.warn(code::UNKNOWN_UNIT, cell, message);
        }
    }
}

/// The labels of `row`, which are sorted, and `label`.
fn with<'l>(row: &mut Vec<(&'l str, &'l str)>, label: (&'l str, &'l str), out: &mut MetricSink) -> LabelSet {
    let at = row.partition_point(|(key, _)| *key < label.0);
    row.insert(at, label);
    let labels = out.labels(row.iter().copied());
    row.remove(at);
    labels
}

fn is_key(cell: &str) -> bool {
    cell == "-" || cell.bytes().all(|byte| byte.is_ascii_digit())
}

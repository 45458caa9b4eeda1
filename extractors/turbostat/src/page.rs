//! The header, and the rows below it: one for all processors, then one for each.

use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::extract::{LabelSet, Series};
use prill_core::scan::{Line, Reports, Search, number, unit};
use prill_core::{ExtractError, MetricSink, Text};

use crate::column::{Column, column};

/// What was read so far.
struct Page<'t> {
    columns: Vec<Held<'t>>,
    /// The labels that columns have of their own.
    labels: Vec<(&'static str, &'t str)>,
    /// The columns that say which processor a row is about, in the order of their labels.
    keys: Vec<(usize, &'static str)>,
    /// The header as it is printed, which comes again.
    printed: &'t str,
    /// Cells are between tabs; before 2015 between blanks.
    tabs: bool,
    /// Where the keys end in the header. Until Linux 3.14 the row for all has blanks below them.
    keys_end: usize,
    reports: Reports<Vec<&'t str>>,
    /// The number of the report; empty when there is only one.
    interval: String,
    failed: bool,
    unknown: bool,
    absent: bool,
    broken: usize,
    row: Row<'t>,
}

/// A column of the table.
struct Held<'t> {
    column: Column<'t>,
    series: Option<Series>,
    /// The number of its own label, counted from 1; 0 without one.
    label: usize,
}

/// Room for what is read of a row, which is used again for the next one.
#[derive(Default)]
struct Row<'t> {
    cells: Vec<&'t str>,
    key: Vec<&'t str>,
    /// The labels of the row, and these with each label that a column has of its own.
    sets: Vec<LabelSet>,
}

/// The cells of a header: `Package Core CPU Avg_MHz Busy% ...`, between tabs.
pub(crate) fn header(line: &str) -> Option<Vec<&str>> {
    // Every line of every text is asked; what all marks have in common is found sooner.
    if !["%", "MHz", "Watt", "_J"].iter().any(|part| line.has(part)) {
        return None;
    }
    let mut found = Vec::new();
    cells(line, line.contains('\t'), &mut found);
    let known = found.iter().filter(|cell| !matches!(column(cell), Column::Counter(_))).count();
    let marks = ["Busy%", "%Busy", "Bzy_MHz", "TSC_MHz", "PkgWatt", "Pkg_J", "Avg_MHz", "CorWatt", "%c0"];
    let marked = found.iter().any(|cell| marks.contains(cell));
    (marked && 2 * known > found.len()).then_some(found)
}

/// The first releases that have tabs begin a line with one.
fn cells<'t>(line: &'t str, tabs: bool, cells: &mut Vec<&'t str>) {
    if !tabs {
        return cells.extend(line.split_ascii_whitespace());
    }
    // Before `trim` reads characters: nearly every cell starts and ends with one that it would leave where it is.
    let trimmed = |cell: &'t str| match cell.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => cell,
        _ => cell.trim(),
    };
    let line = line.trim();
    let mut start = 0;
    // Cells are a few bytes: to begin a search for each takes longer than to look at them.
    for (at, _) in line.bytes().enumerate().filter(|(_, byte)| *byte == b'\t') {
        cells.push(trimmed(&line[start..at]));
        start = at + 1;
    }
    cells.push(trimmed(&line[start..]));
}

pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let mut probe = MetricSink::new();
    probe.read(text, &prill_core::Stream::Stdout);
    let mut first = Page::new(false);
    first.walk(text, &mut probe, true);
    let mut page = Page::new(first.reports.number() > 1);
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
            labels: Vec::new(),
            keys: Vec::new(),
            printed: "",
            tabs: false,
            keys_end: 0,
            reports: Reports::default(),
            interval: if several { "1".to_owned() } else { String::new() },
            failed: false,
            unknown: false,
            absent: false,
            broken: 0,
            row: Row::default(),
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
            if probe && self.reports.number() > 1 {
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
            self.begin(line.text, &cells);
            return out.ignore(line.text, "header");
        }
        self.other(line, out);
    }

    /// Begins the table with the header `line`.
    fn begin(&mut self, line: &'t str, cells: &[&'t str]) {
        self.printed = line;
        self.tabs = line.contains('\t');
        self.columns.clear();
        self.labels.clear();
        let mut numbers = HashMap::new();
        for cell in cells {
            let column = column(cell);
            let label = match column {
                Column::Value(_, label, _) => Some(label).filter(|(key, _)| !key.is_empty()),
                Column::Counter(name) => Some(("counter", name)),
                _ => None,
            };
            let label = label.map_or(0, |label| {
                *numbers.entry(label).or_insert_with(|| {
                    self.labels.push(label);
                    self.labels.len()
                })
            });
            self.columns.push(Held { column, series: None, label });
        }
        let key = |(at, held): (usize, &Held<'_>)| held.key().map(|key| (at, key));
        self.keys = self.columns.iter().enumerate().filter_map(key).collect();
        self.keys.sort_unstable_by_key(|(_, key)| *key);
        let last = cells.iter().zip(&self.columns).take_while(|(_, held)| held.key().is_some()).last();
        self.keys_end = last.map_or(0, |(cell, _)| cell.as_ptr().addr() + cell.len() - line.as_ptr().addr());
    }

    /// Reads a row; false when the line is none.
    fn row(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let mut row = std::mem::take(&mut self.row);
        row.cells.clear();
        let indent = line.text.len() - line.text.trim_start_matches(' ').len();
        if !self.tabs && self.keys_end > 0 && indent >= self.keys_end {
            row.cells.extend(std::iter::repeat_n(&line.text[..0], self.keys.len()));
        }
        cells(line.text, self.tabs, &mut row.cells);
        if !line.ended {
            // The last number of a line that is cut may be half of one.
            row.cells.pop();
        }
        let numbers = row.cells.iter().filter(|cell| number::is_token(cell)).count();
        let fits = numbers > 0 && self.fits(&row.cells, numbers);
        if fits {
            self.count(&mut row);
            self.put(&mut row, numbers, out);
        }
        self.row = row;
        fits
    }

    /// Whether these cells are a row. It ends behind the last number that its processor has: what a core or a package has is in the
    /// row of its first one.
    fn fits(&self, cells: &[&str], numbers: usize) -> bool {
        let (keys, len) = (self.keys.len(), cells.len());
        let are_keys = || self.keys.iter().all(|(at, _)| cells.get(*at).is_none_or(|cell| is_key(cell)));
        len <= self.columns.len() && len > keys && 2 * numbers + keys >= len && are_keys()
    }

    /// A processor that comes again begins a report.
    fn count(&mut self, row: &mut Row<'t>) {
        row.key.clear();
        row.key.extend(self.keys.iter().map(|(at, _)| row.cells.get(*at).copied().unwrap_or_default()));
        if self.reports.enter(&row.key) && !self.interval.is_empty() {
            self.interval = self.reports.number().to_string();
        }
    }

    fn put(&mut self, Row { cells, key, sets }: &mut Row<'t>, numbers: usize, out: &mut MetricSink) {
        // Sorted, so that the sink need not sort them. The row of all processors has no keys.
        let labels = self.keys.iter().zip(&*key).map(|((_, label), cell)| (*label, *cell));
        let at = self.keys.partition_point(|(_, key)| *key < "interval");
        let labels = labels.clone().take(at).chain([("interval", &*self.interval)]).chain(labels.skip(at));
        let row = labels.filter(|(_, value)| !value.is_empty() && *value != "-");
        sets.clear();
        sets.push(out.labels(row));
        let all = numbers == cells.len();
        for (held, cell) in self.columns.iter_mut().zip(&*cells) {
            match &held.column {
                _ if cell.is_empty() => {}
                Column::Key(_) => out.ignore(cell, "label"),
                Column::Other(why) => out.ignore(cell, why),
                _ if !all && !number::is_token(cell) => say_absent(&mut self.absent, cell, out),
                column => {
                    let series = held.series.get_or_insert_with(|| begin(column, cell, &mut self.unknown, out));
                    while sets.len() <= held.label {
                        sets.push(out.with_labels(sets[0], [self.labels[sets.len() - 1]]));
                    }
                    out.push(series.labels(sets[held.label]), cell);
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
}

impl Held<'_> {
    /// The label, of a column that says which processor a row is about.
    fn key(&self) -> Option<&'static str> {
        match self.column {
            Column::Key(key) => Some(key),
            _ => None,
        }
    }
}

/// Begins the metric of a column whose first number is `cell`.
#[cold]
fn begin(column: &Column<'_>, cell: &str, unknown: &mut bool, out: &mut MetricSink) -> Series {
    match column {
        Column::Value(metric, _, printed) => return out.metric(metric).unit(*printed).series(),
        Column::Counter(name) if !std::mem::replace(unknown, true) => {
            let message =
                format!("nobody knows the unit of the column `{name}`, and maybe of others: counter{{counter={name}}} has none");
            out.warn(code::UNKNOWN_UNIT, cell, message);
        }
        _ => {}
    }
    out.metric("counter").series()
}

#[cold]
fn say_absent(said: &mut bool, cell: &str, out: &mut MetricSink) {
    if !std::mem::replace(said, true) {
        out.note(
            code::NO_SAMPLES,
            cell,
            format!("`{cell}` stands where nothing was measured: no metric here, and in other rows"),
        );
    }
    out.ignore(cell, "nothing was measured");
}

fn is_key(cell: &str) -> bool {
    cell == "-" || cell.bytes().all(|byte| byte.is_ascii_digit())
}

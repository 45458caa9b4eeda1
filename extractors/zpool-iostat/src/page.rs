//! The rows: pools, and with `-v` the devices of each, indented.

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Reports};
use prill_core::{ExtractError, MetricSink, Text};

use crate::head::{self, Column};
use crate::put::{Cell, Put};

/// What was read so far.
struct Page<'t> {
    columns: Vec<Column>,
    /// Those of the row that is being read.
    cells: Vec<Cell<'t>>,
    /// The line before, which may be the upper header.
    above: &'t str,
    histogram: bool,
    rows: Rows<'t>,
    failed: bool,
    broken: usize,
}

/// Where the rows are.
struct Rows<'t> {
    pool: &'t str,
    /// Pool and device of each row.
    reports: Reports<(&'t str, &'t str)>,
    /// The number of the report; empty when there is only one.
    interval: String,
}

pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let mut probe = MetricSink::new();
    probe.read(text, &prill_core::Stream::Stdout);
    let mut first = Page::new(false);
    first.walk(text, &mut probe, true);
    let mut page = Page::new(first.rows.reports.number() > 1);
    let cut = page.walk(text, out, false);
    match (cut, page.columns.is_empty() && !page.failed && !page.histogram) {
        (true, _) => Err(ExtractError::Truncated { at: text.end() }),
        (false, true) => Err(ExtractError::NotFound),
        (false, false) => Ok(()),
    }
}

/// A row of `-H`: a name and six numbers between tabs.
pub(crate) fn is_script_row(line: &str) -> bool {
    let mut cells = line.split('\t');
    cells.next().is_some_and(|name| !name.trim().is_empty())
        && cells.clone().count() == 6
        && cells.all(|cell| Cell::of(cell).is_right())
}

impl<'t> Page<'t> {
    fn new(several: bool) -> Self {
        Self {
            columns: Vec::new(),
            cells: Vec::new(),
            above: "",
            histogram: false,
            rows: Rows::new(several),
            failed: false,
            broken: 0,
        }
    }

    /// Reads all lines, with `probe` until it is clear whether there are several reports. True when the text ends in the middle of a
    /// line.
    fn walk(&mut self, text: &'t Text<'_>, out: &mut MetricSink, probe: bool) -> bool {
        let mut put = Put::default();
        for line in text.lines().filter(|line| !line.text.trim_ascii().is_empty()) {
            self.read(line, &mut put, out);
            self.above = line.text;
            if !line.ended {
                return !self.columns.is_empty() || self.histogram;
            }
            if probe && self.rows.reports.number() > 1 {
                return false;
            }
        }
        false
    }

    fn read(&mut self, line: Line<'t>, put: &mut Put, out: &mut MetricSink) {
        let text = line.text;
        // Nearly every line is a row, and nothing else looks like one.
        let may_be_row = line.ended && !self.histogram && !self.columns.is_empty();
        if may_be_row && self.put_row(line, put, out) {
            return;
        }
        if line.ended && head::is_bottom(text) {
            let known = head::columns(self.above);
            if known.is_none() {
                out.warn(code::MALFORMED, text, "nobody knows the columns of this header: its rows are not read");
            }
            self.columns = known.unwrap_or_default();
            self.histogram = false;
        } else if line.ended && head::is_histogram(text) {
            self.histogram = true;
            out.note(code::NO_SAMPLES, text, "the buckets of a histogram are not read");
        } else if self.histogram {
            out.ignore(text, "a bucket of a histogram");
        } else if text.trim_start().starts_with('-') || head::columns(text).is_some() {
            // A rule, or an upper header.
        } else if is_failure(text) && line.ended {
            self.failed = true;
            out.tool_failed(line.trimmed(), format!("the tool says: {}", line.trimmed()));
            out.ignore(text, "a message");
        } else if self.failed && self.columns.is_empty() {
            out.ignore(text, "a message");
        } else {
            self.row(line, put, out);
        }
    }

    fn row(&mut self, line: Line<'t>, put: &mut Put, out: &mut MetricSink) {
        let text = line.text;
        let script = self.columns.is_empty() && is_script_row(text);
        if script && line.ended {
            self.columns = head::plain();
        }
        if is_date(text) {
            return out.ignore(text, "date");
        }
        if self.columns.is_empty() {
            return;
        }
        if !self.put_row(line, put, out) {
            self.broken += 1;
            if self.broken <= 16 && line.ended {
                out.warn(code::MALFORMED, line.trimmed(), "a line that is no row of the table above it");
            }
        }
    }

    /// Puts a row in; false when the line is none.
    fn put_row(&mut self, line: Line<'t>, put: &mut Put, out: &mut MetricSink) -> bool {
        let text = line.text;
        let mut words = line.words();
        let Some(name) = words.next() else { return false };
        self.cells.clear();
        self.cells.extend(words.by_ref().take(self.columns.len()).map(Cell::of));
        if !line.ended {
            // The last number of a line that is cut may be half of one.
            self.cells.pop();
        }
        if line.ended && self.cells.len() < self.columns.len() || !self.cells.iter().all(|cell| cell.is_right()) {
            return false;
        }
        // `logs`, `cache` and the like are headings in the list of devices.
        if self.cells.iter().all(|cell| cell.is_dash()) {
            return true;
        }
        let device = if text.starts_with(' ') { name } else { "" };
        self.rows.enter(name, device);
        out.ignore(&text[..name.as_ptr().addr() + name.len() - text.as_ptr().addr()], "label");
        put.row(&self.columns, &self.cells, (&self.rows.interval, self.rows.pool, device), out);
        if let Some(rest) = words.next() {
            out.ignore(&text[rest.as_ptr().addr() - text.as_ptr().addr()..], "what a script printed");
        }
        true
    }
}

impl<'t> Rows<'t> {
    fn new(several: bool) -> Self {
        let interval = if several { "1".to_owned() } else { String::new() };
        Self { pool: "", reports: Reports::default(), interval }
    }

    /// A pool or device that comes again begins a report.
    fn enter(&mut self, name: &'t str, device: &'t str) {
        if device.is_empty() {
            self.pool = name;
        }
        if self.reports.enter(&(self.pool, device)) && !self.interval.is_empty() {
            self.interval = self.reports.number().to_string();
        }
    }
}

/// The line that `-T d` and `-T u` put above each report.
fn is_date(line: &str) -> bool {
    const DAYS: [&str; 7] = ["Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "];
    let line = line.trim();
    line.len() > 8 && line.bytes().all(|byte| byte.is_ascii_digit())
        || DAYS.iter().any(|day| line.starts_with(day)) && line.contains(':')
}

/// `cannot open 'tank': no such pool`, `invalid option 'x'`, `no pools available`.
fn is_failure(line: &str) -> bool {
    ["cannot open ", "cannot ", "invalid ", "no pools available", "usage:", "missing argument", "bad property"]
        .iter()
        .any(|start| line.starts_with(start))
}

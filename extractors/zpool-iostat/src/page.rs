//! The rows: pools, and with `-v` the devices of each, indented.

use std::collections::HashSet;

use prill_core::diagnostic::code;
use prill_core::scan::Line;
use prill_core::{ExtractError, MetricSink, Text};

use crate::head::{self, Column};
use crate::put::{Put, is_cell};

/// What was read so far.
struct Page<'t> {
    columns: Vec<Column>,
    /// The line before, which may be the upper header.
    above: &'t str,
    histogram: bool,
    rows: Rows<'t>,
    failed: bool,
    broken: usize,
}

/// Which rows the present report has had.
struct Rows<'t> {
    pool: &'t str,
    seen: HashSet<(&'t str, &'t str)>,
    report: usize,
    several: bool,
}

pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let mut probe = MetricSink::new();
    probe.read(text, &prill_core::Stream::Stdout);
    let mut first = Page::new(false);
    first.walk(text, &mut probe, true);
    let mut page = Page::new(first.rows.report > 1);
    let cut = page.walk(text, out, false);
    match (cut, page.columns.is_empty() && !page.failed && !page.histogram) {
        (true, _) => Err(ExtractError::Truncated { at: text.end() }),
        (false, true) => Err(ExtractError::NotFound),
        (false, false) => Ok(()),
    }
}

/// A row of `-H`: a name and six numbers between tabs.
pub(crate) fn is_script_row(line: &str) -> bool {
    let cells: Vec<&str> = line.split('\t').collect();
    cells.len() == 7 && !cells[0].trim().is_empty() && cells[1..].iter().all(|cell| is_cell(cell))
}

impl<'t> Page<'t> {
    fn new(several: bool) -> Self {
        let rows = Rows { pool: "", seen: HashSet::new(), report: 1, several };
        Self { columns: Vec::new(), above: "", histogram: false, rows, failed: false, broken: 0 }
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
            if probe && self.rows.report > 1 {
                return false;
            }
        }
        false
    }

    fn read(&mut self, line: Line<'t>, put: &mut Put, out: &mut MetricSink) {
        let text = line.text;
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
        let mut words = line.words();
        let Some(name) = words.next() else { return };
        let mut cells: Vec<&str> = words.by_ref().take(self.columns.len()).collect();
        if !line.ended {
            // The last number of a line that is cut may be half of one.
            cells.pop();
        }
        if line.ended && cells.len() < self.columns.len() || !cells.iter().all(|cell| is_cell(cell)) {
            self.broken += 1;
            if self.broken <= 16 && line.ended {
                out.warn(code::MALFORMED, line.trimmed(), "a line that is no row of the table above it");
            }
            return;
        }
        // `logs`, `cache` and the like are headings in the list of devices.
        if cells.iter().all(|cell| *cell == "-") {
            return;
        }
        let device = text.starts_with(' ');
        self.rows.enter(name, device);
        out.ignore(&text[..name.as_ptr().addr() + name.len() - text.as_ptr().addr()], "label");
        put.row(&self.columns, &cells, (self.rows.pool, if device { name } else { "" }), self.rows.interval(), out);
        if let Some(rest) = words.next() {
            out.ignore(&text[rest.as_ptr().addr() - text.as_ptr().addr()..], "what a script printed");
        }
    }
}

impl<'t> Rows<'t> {
    /// A pool or device that comes again begins a report.
    fn enter(&mut self, name: &'t str, device: bool) {
        if !device {
            self.pool = name;
        }
        if !self.seen.insert((self.pool, if device { name } else { "" })) {
            self.report += 1;
            self.seen.clear();
            self.seen.insert((self.pool, if device { name } else { "" }));
        }
    }

    fn interval(&self) -> Option<usize> {
        self.several.then_some(self.report)
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

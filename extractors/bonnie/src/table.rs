use prill_core::MetricSink;
use prill_core::scan::{Line, Search, number};

use crate::csv;
use crate::put::{self, FILES, IO, Put, Test};

/// The tables of a text, one for a large file and one for many.
#[derive(Default)]
pub(crate) struct Page<'t> {
    /// Whether any line is bonnie++'s.
    pub(crate) known: bool,
    /// The text ends within a row.
    pub(crate) cut: bool,
    /// The tests of the table that is being read.
    tests: Option<[Test; 6]>,
    columns: Option<Columns>,
    /// Whether rates are in KiB whatever they look like: `K/sec` of 1.x.
    in_kib: bool,
    /// Whether it is 2.x, which prints how many files there were in place of how many a second.
    counts_files: bool,
    /// Rows with the columns that they are under.
    rows: Vec<Row<'t>>,
    failed: bool,
}

/// Where the columns of rates and of shares end.
type Columns = [(usize, usize); 6];

#[derive(Clone, Copy, Debug)]
struct Row<'t> {
    tests: [Test; 6],
    columns: Columns,
    in_kib: bool,
    counts_files: bool,
    line: &'t str,
}

/// The first line of a table.
pub(crate) fn is_title(line: &str) -> bool {
    line.has("------Sequential Output------ --Sequential Input- --Random-")
}

impl<'t> Page<'t> {
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if let Some(version) = text.strip_prefix("Version ") {
            self.counts_files = version.trim_start().starts_with("2.");
        }
        let has = |byte| memchr::memchr(byte, text.as_bytes()).is_some();
        let is_head = has(b'-') && text.has("------Sequential ");
        if is_head && is_title(text) {
            (self.known, self.tests, self.columns) = (true, Some(IO), None);
        } else if is_head && text.has("------Sequential Create------") {
            (self.known, self.tests, self.columns) = (true, Some(FILES), None);
        } else if self.tests.is_some() && has(b'%') && line.text.has("/sec %CP") {
            self.columns = columns(line.text);
            self.in_kib = line.text.has("K/sec");
        } else if let Some(tests) = self.tests.filter(|_| self.columns.is_some() && !text.is_empty()) {
            if !line.ended {
                self.cut = true;
                // The last word may have gone on; those before it are whole.
                let whole = line.text.rfind(' ').map_or("", |at| line.text[..at].trim_end());
                if let Some(row) = self.row(tests, whole) {
                    out.ignore(&line.text[whole.len()..], "word that is cut");
                    return self.rows.push(row);
                }
            } else if let Some(row) = self.row(tests, line.text) {
                return self.rows.push(row);
            } else {
                self.message(text, out);
            }
        } else {
            self.message(text, out);
        }
        out.ignore(line.text, "text");
    }

    /// The row in `line`; `None` when what stands under the columns is something else.
    fn row(&self, tests: [Test; 6], line: &'t str) -> Option<Row<'t>> {
        let (in_kib, counts_files) = (self.in_kib, self.counts_files);
        let columns = self.columns?;
        let row = Row { tests, columns, in_kib, counts_files, line };
        let width = columns[columns.len() - 1].1;
        (line.is_ascii() && line.len() <= width && row.is_right()).then_some(row)
    }

    fn message(&mut self, text: &str, out: &mut MetricSink) {
        let failure = ["You must use ", "File size should be double RAM", "Can't ", "Bonnie: drastic I/O error", "Could not "];
        self.known |= csv::is_header(text);
        if failure.iter().any(|start| text.starts_with(start)) && !std::mem::replace(&mut self.failed, true) {
            self.known = true;
            out.tool_failed(text, format!("bonnie++ says: {text}"));
        }
    }

    /// Puts in the rows, unless the numbers are known from elsewhere.
    pub(crate) fn finish(&self, is_told: bool, put: &mut Put<'t>, out: &mut MetricSink) {
        for row in &self.rows {
            if is_told {
                out.ignore(row.line, "the comma separated line has it");
                continue;
            }
            row.push(put, out);
        }
        put.say(out);
    }
}

impl<'t> Row<'t> {
    fn is_latency(&self) -> bool {
        self.line.starts_with("Latency")
    }

    /// What stands before the first column, which is a name.
    fn name(&self) -> &'t str {
        &self.line[..(self.columns[0].0 - RATE).min(self.line.len())]
    }

    /// The cells with the rate and the share of each test; a latency takes both.
    fn cells(&self) -> impl Iterator<Item = (Test, &'t str, &'t str)> {
        let cell = |from: usize, to: usize| self.line[from.min(self.line.len())..to.min(self.line.len())].trim_ascii();
        let starts = [self.name().len()].into_iter().chain(self.columns.iter().map(|(_, end)| *end));
        let cells = starts.zip(&self.columns).map(move |(start, (rate, cpu))| match self.is_latency() {
            true => (cell(start, *cpu), &self.line[..0]),
            false => (cell(start, *rate), cell(*rate, *cpu)),
        });
        self.tests.into_iter().zip(cells).map(|(test, (first, second))| (test, first, second))
    }

    fn is_right(&self) -> bool {
        let is_rate = |cell: &str| {
            let (_, rest) = number::leading(cell).unwrap_or((cell, "x"));
            cell.is_empty() || cell.starts_with("+++") || ["", "k", "m", "g"].contains(&rest)
        };
        let is_cell = |cell: &str| if self.is_latency() { cell.is_empty() || put::time(cell).is_some() } else { is_rate(cell) };
        let mut any = false;
        let right = self.cells().all(|(_, first, second)| {
            any |= !first.is_empty();
            is_cell(first) && is_rate(second)
        });
        any && right
    }

    fn push(&self, put: &mut Put<'t>, out: &mut MetricSink) {
        out.ignore(self.name(), "name or size");
        for (test, first, second) in self.cells() {
            if self.is_latency() {
                put.latency(test, first, out);
            } else if self.tests == FILES && self.counts_files {
                out.ignore(first, "not what its title says");
                put.cpu(test, second, out);
            } else {
                self.rate(test, first, put, out);
                put.cpu(test, second, out);
            }
        }
    }

    fn rate(&self, test: Test, cell: &'t str, put: &mut Put<'t>, out: &mut MetricSink) {
        let split = number::leading(cell).filter(|_| !cell.starts_with('+'));
        let (token, scale) = match split {
            Some((token, "k")) => (token, 10),
            Some((token, "m")) => (token, 20),
            Some((token, "g")) => (token, 30),
            Some((token, "")) => (token, if self.in_kib { 10 } else { 0 }),
            _ => (cell, 10),
        };
        put.rate(test, token, scale, out);
    }
}

/// The width of a rate, with the blank before it: `%6s` or less.
const RATE: usize = 6;

fn columns(header: &str) -> Option<Columns> {
    let mut columns = [(0, 0); 6];
    let ends = |title: &'static str| header.match_indices(title).map(move |(at, _)| at + title.len());
    let mut found = ends("/sec").zip(ends("%CP"));
    for column in &mut columns {
        *column = found.next()?;
    }
    // In a heading that is damaged a share may stand before its rate.
    let in_order = columns.iter().try_fold(RATE, |before, (rate, cpu)| (before < *rate && rate < cpu).then_some(*cpu)).is_some();
    (found.next().is_none() && in_order).then_some(columns)
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn the_columns_of_a_heading_are_in_order() {
        let heading = format!("Machine  Size  {}", "K/sec %CP ".repeat(6));
        assert!(columns(&heading).is_some());
        let damaged = heading.replacen("K/sec %CP K/sec", "K/sec %CP %CP K/sec", 1).replacen("%CP K/sec %CP", "%CP K/sec", 1);
        assert_eq!(damaged.matches("%CP").count(), 6);
        assert!(columns(&damaged).is_none(), "{damaged}");
    }
}

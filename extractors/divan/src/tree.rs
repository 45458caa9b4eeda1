use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search};
use prill_core::{MetricSink, Text};

use crate::line::{self, COLUMNS, Row};
use crate::put::{self, Kind, Put};

/// The tree of a text.
#[derive(Default)]
pub(crate) struct Tree<'t> {
    /// Whether there is a table.
    pub(crate) known: bool,
    /// The text ends within a row.
    pub(crate) cut: bool,
    /// The name of the crate.
    root: &'t str,
    /// The names from the root to the node that was read last, with the columns that they begin in.
    path: Vec<(usize, &'t str)>,
    /// The benchmark whose rows these are; empty before its times.
    benchmark: String,
    /// The rows that `max alloc:` or the like has announced, and how many of them are to come.
    announced: Option<(Kind, usize)>,
    put: Put,
}

impl<'t> Tree<'t> {
    pub(crate) fn read(text: &'t Text<'_>, out: &mut MetricSink) -> Self {
        let mut tree = Self::default();
        for line in text.lines() {
            tree.line(line, out);
        }
        tree
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        if let Some(root) = line::root(line.text) {
            self.known = true;
            self.root = root;
            self.path.clear();
            out.ignore(line.text, "names of the columns");
            return;
        }
        let row = Row::parse(line.text).filter(|_| self.known);
        match row {
            // Without a node to go by, the columns of a cut line cannot be told from the bars of the tree.
            Some(row) if !line.ended && row.node.is_none() => {
                self.cut = true;
                out.ignore(line.text, "row that is cut");
            }
            Some(row) => {
                self.cut |= !line.ended;
                self.row(&row, line.ended, out);
            }
            None => {
                if !line.text.trim().is_empty() {
                    self.cut |= self.known && !line.ended;
                    other(line.trimmed(), out);
                }
                out.ignore(line.text, "text");
            }
        }
    }

    fn row(&mut self, row: &Row<'t>, is_whole: bool, out: &mut MetricSink) {
        if let Some((column, name)) = row.node {
            out.ignore(name, "name");
            self.path.retain(|(above, _)| *above < column);
            self.path.push((column, name));
            self.benchmark.clear();
            self.announced = None;
        }
        if row.cells[0] == "(ignored)" || row.cells == [""; COLUMNS] {
            return;
        }
        if !row.cells[4].is_empty() {
            self.put.next();
            self.benchmark.clear();
            self.benchmark.push_str(self.root);
            for (_, name) in &self.path {
                self.benchmark.push_str("::");
                self.benchmark.push_str(name);
            }
            return self.put.times(&self.benchmark, &row.cells, is_whole, out);
        }
        if self.benchmark.is_empty() {
            return ignore(&row.cells, out);
        }
        if let Some(kind) = put::kind(row.cells[0]) {
            self.announced = Some((kind, 2));
        } else if let Some((kind, left)) = self.announced.filter(|(_, left)| *left > 0) {
            self.announced = Some((kind, left - 1));
            self.put.allocations(&self.benchmark, kind, &row.cells, out);
        } else if !self.put.rates(&self.benchmark, &row.cells, out) {
            ignore(&row.cells, out);
        }
    }
}

/// A line that is none of the tree.
fn other(text: &str, out: &mut MetricSink) {
    if text.starts_with("error: ") || text.starts_with("error[") || text.starts_with("thread '") && text.has(" panicked at ") {
        out.tool_failed(text, format!("divan says: {text}"));
    } else if let Some(warning) = text.strip_prefix("warning: ") {
        out.warn(code::DEGRADED, text, warning);
    }
}

fn ignore(cells: &[&str], out: &mut MetricSink) {
    cells.iter().filter(|cell| !cell.is_empty()).for_each(|cell| out.ignore(cell, "text"));
}

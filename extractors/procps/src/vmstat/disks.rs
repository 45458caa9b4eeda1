//! The tables of `-d`, `-p` and `-m`: counters since the start.

use prill_core::extract::Series;
use prill_core::scan::{Line, Search, unit};
use prill_core::{MetricSink, Printed, Text};

use crate::page::is_count;

/// The table that was begun, and how many there were.
pub(super) struct Disks<'t> {
    table: Table<'t>,
    /// Those of the columns of the table that came so far.
    series: Vec<Series>,
    several: bool,
    number: usize,
    /// The number as it is a label of all rows of a table.
    interval: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Table<'t> {
    None,
    /// `-d`: the group header, and then the columns.
    Disks,
    /// `-p`, whose header names the partition.
    Partition(&'t str),
    Slabs,
}

const IO: Printed = Printed::base("{io}");
const REQUEST: Printed = Printed::base("{request}");
const OBJECT: Printed = Printed::base("{object}");
const SECTOR: Printed = unit::BYTE.shift2(9);

/// A number of a row: the metric, its `op`, its unit.
type Cell = (&'static str, &'static str, Printed);

/// `diskformat`: reads, writes, and what both take.
const DISK: &[Cell] = &[
    ("io.count", "read", IO),
    ("merge.count", "read", REQUEST),
    ("io.bytes", "read", SECTOR),
    ("request.latency.sum", "read", unit::MS),
    ("io.count", "write", IO),
    ("merge.count", "write", REQUEST),
    ("io.bytes", "write", SECTOR),
    ("request.latency.sum", "write", unit::MS),
    ("queue.length", "", REQUEST),
    ("device.busy.time", "", unit::SECOND),
];

/// `diskpartition_format`. What it calls requested writes are the sectors written.
const PARTITION: &[Cell] =
    &[("io.count", "read", IO), ("io.bytes", "read", SECTOR), ("io.count", "write", IO), ("io.bytes", "write", SECTOR)];

/// `slabformat`: objects that are used, all, the size of one, and how many are in a slab.
const SLAB: &[Cell] = &[
    ("slab.object.used.count", "", OBJECT),
    ("slab.object.count", "", OBJECT),
    ("slab.object.size", "", unit::BYTE),
    ("slab.capacity", "", OBJECT),
];

/// Whether one of the tables begins with this line.
pub(super) fn is_head(line: &str) -> bool {
    head(line) != Table::None
}

fn head(line: &str) -> Table<'_> {
    let mut words = line.words();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return Table::None };
    match first {
        "disk-" if second.has("reads") && words.clone().next().is_some_and(|writes| writes.has("writes")) => Table::Disks,
        device if second == "reads" && words.clone().eq(["read", "sectors", "writes", "requested", "writes"]) => {
            Table::Partition(device)
        }
        "Cache" if second == "Num" && words.eq(["Total", "Size", "Pages"]) => Table::Slabs,
        _ => Table::None,
    }
}

impl<'t> Disks<'t> {
    pub(super) fn new(text: &Text<'_>) -> Self {
        let mut heads = text.lines().filter(|line| is_head(line.text));
        // That of slabs comes again after a screen of them.
        let first = heads.next().map(|line| head(line.text));
        let several = match first {
            Some(Table::Disks) => heads.next().is_some(),
            Some(Table::Partition(_)) => {
                let starts = |line: &Line<'_>| line.text.starts_with(' ');
                text.lines().filter(starts).take(2).count() > 1
            }
            _ => false,
        };
        Self { table: Table::None, series: Vec::new(), several, number: 0, interval: "0".to_owned() }
    }

    pub(super) fn leave(&mut self) {
        self.table = Table::None;
    }

    /// The next report begins.
    fn count(&mut self) {
        self.number += 1;
        self.interval = self.number.to_string();
    }

    /// Reads a line; false when it is none of these tables.
    pub(super) fn read(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let head = if line.ended { head(line.text) } else { Table::None };
        if head != Table::None {
            if head == Table::Disks {
                self.count();
            }
            out.ignore(line.text, "header");
            if std::mem::replace(&mut self.table, head) != head {
                self.series.clear();
            }
            return true;
        }
        let mut words = line.words();
        let (label, name, cells) = match self.table {
            Table::None => return false,
            Table::Disks => ("device", words.next().unwrap_or_default(), DISK),
            Table::Partition(device) => ("device", device, PARTITION),
            Table::Slabs => ("cache", words.next().unwrap_or_default(), SLAB),
        };
        // The second header of the disks.
        if name == "total" {
            return true;
        }
        let mut tokens = [""; DISK.len()];
        tokens.iter_mut().take(cells.len()).zip(words.by_ref()).for_each(|(token, word)| *token = word);
        let found = tokens.iter().take_while(|token| is_count(token)).count();
        if line.ended && found < cells.len() {
            return false;
        }
        if matches!(self.table, Table::Partition(_)) {
            self.count();
        } else {
            out.ignore(name, "label");
        }
        // The last number of a line that is cut may be half of one.
        let whole = found - usize::from(!line.ended && found > 0);
        self.put(cells, &tokens[..whole], (label, name), out);
        if let Some(first) = words.next() {
            out.ignore(&line.text[first.as_ptr().addr() - line.text.as_ptr().addr()..], "date");
        }
        true
    }

    fn put(&mut self, cells: &[Cell], tokens: &[&str], name: (&str, &str), out: &mut MetricSink) {
        let interval = self.several.then_some(("interval", self.interval.as_str()));
        let row = out.labels([name].into_iter().chain(interval));
        // Columns with one `op` stand side by side.
        let mut set = ("", row);
        for (at, (&(metric, op, printed), token)) in cells.iter().zip(tokens).enumerate() {
            if !std::ptr::eq(set.0, op) {
                set = (op, if op.is_empty() { row } else { out.with_labels(row, [("op", op)]) });
            }
            if at == self.series.len() {
                self.series.push(out.metric(metric).unit(printed).series());
            }
            out.push(self.series[at].labels(set.1), token);
        }
    }
}

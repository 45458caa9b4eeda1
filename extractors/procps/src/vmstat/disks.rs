//! The tables of `-d`, `-p` and `-m`: counters since the start.

use prill_core::scan::{Line, unit};
use prill_core::{MetricSink, Printed, Text};

use crate::page::is_count;

/// The table that was begun, and how many there were.
pub(super) struct Disks {
    table: Table,
    several: bool,
    number: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Table {
    None,
    /// `-d`: the group header, and then the columns.
    Disks,
    /// `-p`, whose header names the partition.
    Partition(String),
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

fn head(line: &str) -> Table {
    let words: Vec<&str> = line.split_ascii_whitespace().take(8).collect();
    match words.as_slice() {
        ["disk-", reads, writes, ..] if reads.contains("reads") && writes.contains("writes") => Table::Disks,
        [device, "reads", "read", "sectors", "writes", "requested", "writes"] => Table::Partition((*device).to_owned()),
        ["Cache", "Num", "Total", "Size", "Pages"] => Table::Slabs,
        _ => Table::None,
    }
}

impl Disks {
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
        Self { table: Table::None, several, number: 0 }
    }

    pub(super) fn leave(&mut self) {
        self.table = Table::None;
    }

    /// Reads a line; false when it is none of these tables.
    pub(super) fn read(&mut self, line: Line<'_>, out: &mut MetricSink) -> bool {
        let head = if line.ended { head(line.text) } else { Table::None };
        if head != Table::None {
            self.number += usize::from(head == Table::Disks);
            out.ignore(line.text, "header");
            self.table = head;
            return true;
        }
        let mut words = line.words();
        let (label, printed, cells) = match &self.table {
            Table::None => return false,
            Table::Disks => ("device", words.next(), DISK),
            Table::Partition(_) => ("device", None, PARTITION),
            Table::Slabs => ("cache", words.next(), SLAB),
        };
        let name = match &self.table {
            Table::Partition(device) => device.clone(),
            _ => printed.unwrap_or_default().to_owned(),
        };
        // The second header of the disks.
        if name == "total" {
            return true;
        }
        let tokens: Vec<&str> = words.clone().take(cells.len()).take_while(|word| is_count(word)).collect();
        if line.ended && tokens.len() < cells.len() {
            return false;
        }
        if let Some(printed) = printed {
            out.ignore(printed, "label");
        }
        self.number += usize::from(matches!(self.table, Table::Partition(_)));
        let whole = tokens.len() - usize::from(!line.ended && !tokens.is_empty());
        let number = self.number.to_string();
        for (&(metric, op, printed), token) in cells.iter().zip(&tokens[..whole]) {
            let mut emit = out.metric(metric).unit(printed).label(label, name.as_str());
            if !op.is_empty() {
                emit = emit.label("op", op);
            }
            if self.several {
                emit = emit.label("interval", number.as_str());
            }
            emit.push(token);
        }
        if let Some(first) = words.nth(cells.len()) {
            out.ignore(&line.text[first.as_ptr().addr() - line.text.as_ptr().addr()..], "date");
        }
        true
    }
}

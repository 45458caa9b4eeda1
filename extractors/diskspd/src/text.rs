use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Text};

use crate::put::{Kind, Place, percentile_of, put};

/// A line of the report.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("thread |") && line.has("I/O per s")
        || line.starts_with("%-ile |")
        || line.starts_with("Results for timespan ")
}

/// Reads the report. Whether it is one, and whether the text ends in it.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> (bool, bool) {
    let mut page = Page::default();
    for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
        page.line(line, out);
    }
    (page.known, page.cut)
}

/// The table whose rows follow.
#[derive(Debug, Default)]
enum Table<'t> {
    #[default]
    None,
    Io(Vec<&'t str>),
    Processors(Vec<&'t str>),
    Percentiles(Vec<Option<&'static str>>),
}

#[derive(Debug, Default)]
struct Page<'t> {
    known: bool,
    cut: bool,
    op: Option<&'static str>,
    timespan: Option<&'t str>,
    table: Table<'t>,
}

impl<'t> Page<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        self.known |= is_mark(text);
        let head = || text.split('|').map(str::trim).collect::<Vec<_>>();
        if let Some(number) = text.strip_prefix("Results for timespan ") {
            // Only the second one has to be told from the first.
            self.timespan = number.strip_suffix(':').filter(|number| *number != "1");
            out.ignore(text, "label");
        } else if text.starts_with("Error") || text.starts_with("ERROR") || text.starts_with("There has been an error") {
            self.known = true;
            out.tool_failed(text, format!("DiskSpd says: {text}"));
            out.ignore(text, "message");
        } else if let Some(op) = ["Total IO", "Read IO", "Write IO"].iter().position(|title| text == *title) {
            (self.op, self.table) = ([None, Some("read"), Some("write")][op], Table::None);
        } else if text.starts_with("thread |") {
            self.table = Table::Io(head());
        } else if text.has("CPU |") && text.has("Usage") {
            self.table = Table::Processors(head());
        } else if text.starts_with("%-ile |") {
            let op =
                |cell: &&str| if cell.starts_with("Read") { Some("read") } else { cell.starts_with("Write").then_some("write") };
            self.table = Table::Percentiles(head()[1..].iter().map(op).collect());
        } else if text.bytes().all(|b| matches!(b, b'-' | b'*')) {
        } else {
            self.cut |= self.known && !line.ended;
            self.row(line, out);
        }
    }

    fn row(&self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        let cells: Vec<&str> = text.split('|').map(str::trim).collect();
        let place = Place { op: self.op, timespan: self.timespan, ..Place::default() };
        match &self.table {
            _ if text.starts_with("actual test time:") => {
                let token = text.rsplit('\t').next().and_then(number::leading).filter(|(_, rest)| *rest == "s");
                if let Some((token, _)) = token {
                    put(&Kind::Elapsed, token, Place { timespan: self.timespan, ..Place::default() }, out);
                }
            }
            Table::Io(head) if cells.len() > 2 && line.ended => io(head, &cells, place, out),
            Table::Processors(head) if cells.len() > 2 && line.ended => {
                processor(head, &cells, Place { timespan: self.timespan, ..Place::default() }, out);
            }
            Table::Percentiles(ops) if cells.len() > 1 && line.ended => {
                let Some(stat) = percentile_of(cells[0]) else { return out.ignore(text, "percentile that is not known") };
                out.ignore(cells[0], "name");
                for (op, cell) in ops.iter().zip(&cells[1..]).filter(|(_, cell)| **cell != "N/A") {
                    put(&Kind::Latency(stat.clone()), cell, Place { op: *op, ..place }, out);
                }
            }
            _ => out.ignore(text, "setting or system"),
        }
    }
}

/// `     0 |      1234567168 |       301408 |     117.70 |   30130.00 | testfile.dat (100MiB)`, and `total:        2469134336 |`.
fn io<'t>(head: &[&str], cells: &[&'t str], place: Place<'t>, out: &mut MetricSink) {
    let total = cells[0].strip_prefix("total:").map(str::trim);
    let values: Vec<(&str, &str)> = match total {
        Some(bytes) => head[1..].iter().copied().zip(std::iter::once(bytes).chain(cells[1..].iter().copied())).collect(),
        None => head.iter().copied().zip(cells.iter().copied()).skip(1).collect(),
    };
    let thread = total.is_none().then_some(cells[0]);
    let file = values.iter().find(|(head, _)| *head == "file").map(|(_, cell)| *cell);
    for label in [thread, file].into_iter().flatten() {
        out.ignore(label, "label");
    }
    // The size of a file stands behind its name.
    let place = Place { thread, file: file.map(|file| file.cut_last(" (").map_or(file, |(name, _)| name)), ..place };
    let idle = values.iter().any(|(head, cell)| *head == "I/Os" && *cell == "0");
    for (head, cell) in values {
        let kind = match head {
            "bytes" => Kind::Bytes,
            "I/Os" => Kind::Count,
            "MiB/s" | "MB/s" => Kind::Throughput,
            "I/O per s" => Kind::Iops,
            "IopsStdDev" => Kind::IopsDeviation,
            "AvgLat" => Kind::Latency("mean".to_owned()),
            "LatStdDev" => Kind::Latency("stddev".to_owned()),
            _ => continue,
        };
        if idle && matches!(kind, Kind::Latency(_)) {
            out.ignore(cell, "placeholder");
            out.note(code::NO_SAMPLES, cell, "a latency of no operation is a placeholder");
        } else {
            put(&kind, cell, place, out);
        }
    }
}

/// `   0|  12.50%|   3.12%|    9.38%|  87.50%`, with columns for socket, node and group before in 2.1 and later.
fn processor<'t>(head: &[&str], cells: &[&'t str], place: Place<'t>, out: &mut MetricSink) {
    let is_mean = cells.iter().any(|cell| cell.starts_with("avg"));
    // The cells before those of the mean may be one.
    let skip = head.len().saturating_sub(cells.len());
    let cpu = head.iter().position(|head| *head == "CPU").and_then(|at| cells.get(at)).copied().filter(|_| !is_mean);
    for (head, cell) in head[skip..].iter().zip(cells) {
        let mode = match *head {
            "Usage" => None,
            "User" => Some("user"),
            "Kernel" => Some("kernel"),
            "Idle" => Some("idle"),
            _ => {
                out.ignore(cell, "label");
                continue;
            }
        };
        let Some(token) = cell.strip_suffix('%') else { continue };
        put(&Kind::Processor(mode), token, Place { cpu, ..place }, out);
    }
}

//! The tables of `getsummary`.

use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// A table: how its title starts, the unit, and what the columns after host and system are; none for what is no result.
struct Table {
    title: &'static str,
    printed: Printed,
    columns: &'static [Option<&'static str>],
}

const TABLES: [Table; 10] = [
    Table {
        title: "Processor, Processes - times in microseconds",
        printed: unit::US,
        columns: &[
            None,
            Some("null call"),
            Some("null I/O"),
            Some("stat"),
            Some("open/close"),
            Some("select TCP"),
            Some("signal install"),
            Some("signal handle"),
            Some("fork"),
            Some("exec"),
            Some("sh"),
        ],
    },
    Table {
        title: "Basic integer operations - times in nanoseconds",
        printed: unit::NS,
        columns: &[Some("integer bit"), Some("integer add"), Some("integer mul"), Some("integer div"), Some("integer mod")],
    },
    Table {
        title: "Basic uint64 operations - times in nanoseconds",
        printed: unit::NS,
        columns: &[Some("int64 bit"), Some("int64 add"), Some("int64 mul"), Some("int64 div"), Some("int64 mod")],
    },
    Table {
        title: "Basic float operations - times in nanoseconds",
        printed: unit::NS,
        columns: &[Some("float add"), Some("float mul"), Some("float div"), Some("float bogomflops")],
    },
    Table {
        title: "Basic double operations - times in nanoseconds",
        printed: unit::NS,
        columns: &[Some("double add"), Some("double mul"), Some("double div"), Some("double bogomflops")],
    },
    Table {
        title: "Context switching - times in microseconds",
        printed: unit::US,
        columns: &[
            Some("context switch 2p/0K"),
            Some("context switch 2p/16K"),
            Some("context switch 2p/64K"),
            Some("context switch 8p/16K"),
            Some("context switch 8p/64K"),
            Some("context switch 16p/16K"),
            Some("context switch 16p/64K"),
        ],
    },
    Table {
        title: "*Local* Communication latencies in microseconds",
        printed: unit::US,
        columns: &[
            None,
            Some("pipe"),
            Some("AF_UNIX"),
            Some("UDP"),
            Some("RPC/UDP"),
            Some("TCP"),
            Some("RPC/TCP"),
            Some("TCP connect"),
        ],
    },
    Table {
        title: "File & VM system latencies in microseconds",
        printed: unit::US,
        columns: &[
            Some("0K file create"),
            Some("0K file delete"),
            Some("10K file create"),
            Some("10K file delete"),
            Some("mmap"),
            Some("protection fault"),
            Some("page fault"),
            Some("100fd select"),
        ],
    },
    Table {
        title: "*Local* Communication bandwidths in MB/s",
        printed: unit::MB_PER_S,
        columns: &[
            Some("pipe"),
            Some("AF_UNIX"),
            Some("TCP"),
            Some("file reread"),
            Some("mmap reread"),
            Some("bcopy (libc)"),
            Some("bcopy (hand)"),
            Some("memory read"),
            Some("memory write"),
        ],
    },
    Table {
        title: "Memory latencies in nanoseconds",
        printed: unit::NS,
        columns: &[None, Some("L1"), Some("L2"), Some("main memory"), Some("random memory")],
    },
];

/// A line that stands above the tables.
pub(crate) fn is_mark(line: &str) -> bool {
    line.ends_with("S U M M A R Y") && line.starts_with("L M B E N C H")
        || TABLES.iter().any(|table| line.starts_with(table.title))
}

/// The lines of the tables.
#[derive(Default)]
pub(crate) struct Page<'t> {
    pub(crate) known: bool,
    pub(crate) cut: bool,
    table: Option<&'static Table>,
    /// Where the columns stand: the dashes below the head.
    rule: Option<&'t str>,
}

impl<'t> Page<'t> {
    /// True for a line of a summary.
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        if is_mark(text) {
            (self.known, self.rule) = (true, None);
            self.table = TABLES.iter().find(|table| text.starts_with(table.title));
            out.ignore(text, "title");
        } else if !self.known {
            return false;
        } else if text.is_empty() {
            (self.table, self.rule) = (None, None);
        } else if !line.ended {
            self.cut = true;
        } else if text.starts_with("--") && text.has("- -") {
            self.rule = Some(line.text.trim_end());
        } else if let (Some(table), Some(rule)) = (self.table, self.rule) {
            row(table, rule, line.text, out);
        } else {
            out.ignore(line.text, "head, or parameters of the system");
        }
        true
    }
}

/// A row: host, system, and numbers whose columns end where the dashes do. An empty one was not measured.
fn row(table: &Table, rule: &str, line: &str, out: &mut MetricSink) {
    let ends: Vec<usize> = rule.match_indices('-').map(|(at, _)| at + 1).filter(|at| !rule[*at..].starts_with('-')).collect();
    let host = line.split_whitespace().next().unwrap_or_default();
    for word in line.split_whitespace() {
        let start = word.as_ptr().addr() - line.as_ptr().addr();
        let column = ends.iter().position(|end| start + word.len() <= *end);
        let Some(column) = column.and_then(|column| column.checked_sub(2)).filter(|column| start >= ends[column + 1]) else {
            out.ignore(word, "host, system, or no column of its own");
            continue;
        };
        let exp10 = match number::leading(word).map(|(_, suffix)| suffix) {
            Some("") => 0,
            Some("K") => 3,
            Some("M") => 6,
            _ => continue,
        };
        let token = word.trim_end_matches(['K', 'M']);
        let Some(Some(test)) = table.columns.get(column) else {
            out.ignore(token, "printed elsewhere");
            continue;
        };
        let is_rate = table.printed.unit == unit::MB_PER_S.unit;
        let (name, polarity) = if is_rate { ("throughput", Polarity::Higher) } else { ("operation.latency", Polarity::Lower) };
        let metric = out.metric(name).unit(table.printed.shift(exp10)).polarity(polarity);
        metric.label("test", *test).label("host", host).push(token);
    }
}

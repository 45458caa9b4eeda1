//! The table of the default mode: one row for each report.

use prill_core::extract::Series;
use prill_core::scan::{Line, Search, unit};
use prill_core::{MetricSink, Printed, Text};

use crate::page::{is_count, say_unknown};

/// The rows, as far as they were read.
pub(super) struct Rows {
    /// The columns of the last header; none before the first.
    columns: Vec<&'static Column>,
    series: Vec<Option<Series>>,
    memory: Option<Printed>,
    said: bool,
    several: bool,
    inside: bool,
    row: usize,
}

/// A column by its name.
#[derive(Debug)]
struct Column {
    name: &'static str,
    metric: &'static str,
    op: &'static str,
    unit: Unit,
}

/// What a column is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Is(Printed),
    /// What `-S` says, and that in a second.
    Memory,
    MemoryRate,
}

const TASK: Unit = Unit::Is(Printed::base("{task}"));
const SHARE: Unit = Unit::Is(unit::PERCENT);

const fn column(name: &'static str, metric: &'static str, op: &'static str, unit: Unit) -> Column {
    Column { name, metric, op, unit }
}

/// `new_header` of `vmstat.c`. `us` is with nice, `sy` with interrupts. What is read and written is counted in KiB whatever `-S` says
/// (`pgpgin` of /proc/vmstat).
const COLUMNS: &[Column] = &[
    column("r", "run_queue.length", "", TASK),
    column("b", "task.blocked.count", "", TASK),
    column("swpd", "swap.used.size", "", Unit::Memory),
    column("free", "memory.unused.size", "", Unit::Memory),
    column("buff", "memory.buffers.size", "", Unit::Memory),
    column("cache", "memory.cache.size", "", Unit::Memory),
    column("inact", "memory.inactive.size", "", Unit::Memory),
    column("active", "memory.active.size", "", Unit::Memory),
    column("si", "swap.in.throughput", "", Unit::MemoryRate),
    column("so", "swap.out.throughput", "", Unit::MemoryRate),
    column("bi", "throughput", "read", Unit::Is(unit::KIB_PER_S)),
    column("bo", "throughput", "write", Unit::Is(unit::KIB_PER_S)),
    column("in", "interrupt.rate", "", Unit::Is(Printed::base("{interrupt}/s"))),
    column("cs", "context_switch.rate", "", Unit::Is(Printed::base("{switch}/s"))),
    column("us", "cpu.user.utilization", "", SHARE),
    column("sy", "cpu.system.utilization", "", SHARE),
    column("id", "cpu.idle.utilization", "", SHARE),
    column("wa", "cpu.iowait.utilization", "", SHARE),
    column("st", "cpu.steal.utilization", "", SHARE),
    column("gu", "cpu.guest.utilization", "", SHARE),
];

/// No table has all columns.
const MOST: usize = COLUMNS.len();

/// Whether the line is the header with the columns.
pub(super) fn is_head(line: &str) -> bool {
    let mut words = line.words();
    words.next() == Some("r") && words.next() == Some("b") && line.has(" swpd ") && line.has(" cs ")
}

/// The line above it, which groups the columns.
fn is_group(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches('-');
    line.starts_with("procs") && line.has("memory") && line.has("swap")
}

/// The memory of the first rows.
pub(super) fn memory<'t>(text: &'t Text<'_>) -> impl Iterator<Item = &'t str> {
    // Enough to be sure.
    const ROWS: usize = 16;
    let rows = text.lines().skip_while(|line| !is_head(line.text)).skip(1).filter(|line| line.ended).take(ROWS);
    rows.flat_map(|line| line.words().skip(2).take(4))
}

impl Rows {
    pub(super) fn new(text: &Text<'_>, memory: Option<Printed>) -> Self {
        let starts = |line: &Line<'_>| line.text.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let rows = text.lines().skip_while(|line| !is_head(line.text)).filter(starts);
        let several = rows.take(2).count() > 1;
        Self { columns: Vec::new(), series: Vec::new(), memory, said: false, several, inside: false, row: 0 }
    }

    /// The next line belongs to something else.
    pub(super) fn leave(&mut self) {
        self.inside = false;
    }

    /// Reads a line; false when it is none of this table.
    pub(super) fn read(&mut self, line: Line<'_>, out: &mut MetricSink) -> bool {
        // Rows are many, and begin with a number.
        let first = line.text.bytes().find(|byte| *byte != b' ');
        if self.inside && first.is_some_and(|byte| byte.is_ascii_digit()) {
            return self.row(line, out);
        }
        if line.ended && is_head(line.text) {
            self.begin(line.text);
            out.ignore(line.text, "header");
            return true;
        }
        is_group(line.text)
    }

    fn begin(&mut self, head: &str) {
        let known = |word| COLUMNS.iter().find(|column| column.name == word);
        // With `-t` the last word is the time zone.
        let columns: Vec<&Column> = head.words().map_while(known).take(MOST).collect();
        if !columns.iter().map(|column| column.name).eq(self.columns.iter().map(|column| column.name)) {
            self.series = vec![None; columns.len()];
            self.columns = columns;
        }
        self.inside = true;
    }

    fn row(&mut self, line: Line<'_>, out: &mut MetricSink) -> bool {
        let mut words = [""; MOST];
        let mut found = 0;
        let mut rest = line.text.words();
        for word in rest.by_ref().take(self.columns.len()) {
            if !is_count(word) {
                break;
            }
            words[found] = word;
            found += 1;
        }
        if line.ended && found < self.columns.len() {
            return false;
        }
        // The last number of a line that is cut may be half of one.
        let words = &words[..if line.ended { found } else { found.saturating_sub(1) }];
        self.row += 1;
        let digits = self.row.to_string();
        let interval = self.several.then_some(("interval", digits.as_str()));
        let base = out.labels(interval);
        for (at, word) in words.iter().enumerate() {
            let column = self.columns[at];
            let labels = match column.op {
                "" => base,
                op => out.labels(interval.into_iter().chain([("op", op)])),
            };
            if self.series[at].is_none() && !self.begin_series(at, line, out) {
                continue;
            }
            if let Some(series) = &mut self.series[at] {
                out.push(series.labels(labels), word);
            }
        }
        if let Some(first) = rest.next().filter(|_| line.ended) {
            let at = first.as_ptr().addr() - line.text.as_ptr().addr();
            out.ignore(line.text[at..].trim_end(), "date");
        }
        true
    }

    /// Begins the metric of a column; false where more of the text would say the unit.
    #[cold]
    fn begin_series(&mut self, at: usize, line: Line<'_>, out: &mut MetricSink) -> bool {
        let printed = self.printed(self.columns[at].unit);
        if printed.is_none() && !line.ended {
            return false;
        }
        if printed.is_none() && !std::mem::replace(&mut self.said, true) {
            say_unknown(line.text, "-S", out);
        }
        let emit = out.metric(self.columns[at].metric);
        self.series[at] = Some(if let Some(printed) = printed { emit.unit(printed).series() } else { emit.series() });
        true
    }

    fn printed(&self, unit: Unit) -> Option<Printed> {
        match unit {
            Unit::Is(printed) => Some(printed),
            Unit::Memory => self.memory,
            Unit::MemoryRate => self.memory.map(|printed| Printed { unit: unit::BYTE_PER_S.unit, ..printed }),
        }
    }
}

#[cfg(test)]
mod tests {
    use prill_core::Stream;
    use prill_core::extract::{Captures, run};

    use crate::Vmstat;

    #[test]
    fn a_row_may_end_with_white_space_of_any_kind() {
        let text = " r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa\n 1  0 0 4 4 4 0 0 5 1 12 2 1 1 98 0 \u{a0}\n";
        let found = run(&Vmstat, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[]);
        assert_eq!(found.metrics.len(), 16);
    }
}

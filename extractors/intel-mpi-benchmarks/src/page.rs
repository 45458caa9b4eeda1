use std::collections::HashMap;
use std::fmt::Write as _;

use prill_core::diagnostic::code;
use prill_core::extract::LabelSet;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Printed, Text};

use crate::column::{self, Column};
use crate::put::Numbers;

/// What the rows of a table are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Table<'t> {
    benchmark: &'t str,
    processes: Option<&'t str>,
    /// How many groups of processes run beside one another (`-multi`).
    groups: Option<&'t str>,
    /// Whether communications of one-sided benchmarks are aggregated.
    mode: Option<&'static str>,
}

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    table: Table<'t>,
    /// How often each table stands in the text, and how often it began so far.
    tables: HashMap<Table<'t>, (usize, usize)>,
    /// Empty where the table does not come again.
    repetition: String,
    columns: Vec<Column>,
    /// Those of the columns, below the last head.
    numbers: Vec<Option<Numbers>>,
    /// That head, and whether its table has a throughput, as those of messages have.
    head: Option<(&'t str, bool)>,
    words: Vec<&'t str>,
    /// The unit of `Mbytes/sec`; none where the version is not known.
    megabytes: Option<Printed>,
    /// Programs that began, and those that ended.
    begun: usize,
    ended: usize,
    failed: bool,
    degraded: bool,
    cut: bool,
    /// Some line was the benchmarks'.
    pub(crate) known: bool,
}

/// The version of a title: `#    Intel(R) MPI Benchmarks 2019 Update 6, MPI-1 part`, `#    Intel (R) MPI Benchmark Suite V3.2, MPI-1 part`.
pub(crate) fn version(line: &str) -> Option<&str> {
    let (_, rest) = line.strip_suffix(" part")?.strip_prefix('#')?.cut(" MPI Benchmark")?;
    let version = rest.cut(", ")?.0;
    let start = version.find(|c: char| c.is_ascii_digit())?;
    Some(&version[start..])
}

/// The unit of `Mbytes/sec`: 2^20 bytes before 2017, 10^6 since 2018.
fn megabytes(version: &str) -> Option<Printed> {
    let (major, _) = number::leading(version)?;
    match major.split('.').next()?.parse().ok()? {
        0..100 => Some(unit::MIB_PER_S),
        2018.. => Some(unit::MB_PER_S),
        _ => None,
    }
}

/// The name of a benchmark: `# Benchmarking PingPong `.
pub(crate) fn benchmark(line: &str) -> Option<&str> {
    line.strip_prefix("# Benchmarking ").map(str::trim).filter(|name| !name.contains(' '))
}

/// What the benchmarks, or the MPI that runs them, say when they fail.
fn complaint(line: &str) -> bool {
    line.starts_with("Invalid benchmark name ") || line.has("BAD TERMINATION OF") || line.has("MPI_ABORT was invoked on rank")
}

/// `#    MODE: NON-AGGREGATE`
fn mode(line: &str) -> Option<&'static str> {
    match line.trim_start_matches('#').trim().strip_prefix("MODE: ")?.trim() {
        "AGGREGATE" => Some("aggregate"),
        "NON-AGGREGATE" => Some("non_aggregate"),
        _ => None,
    }
}

const PROCESSES: &str = "#processes = ";

impl<'t> Table<'t> {
    /// Learns what the table is of from a line of its head; true when it is one.
    fn learn(&mut self, line: &'t str) -> bool {
        if let Some(benchmark) = benchmark(line) {
            *self = Self { benchmark, ..Self::default() };
        } else if let Some(at) = Some(PROCESSES).filter(|_| line.starts_with('#')).and_then(|mark| column::mark(line, mark)) {
            self.processes = number::leading(&line[at + PROCESSES.len()..]).map(|(processes, _)| processes);
        } else if let Some((groups, rest)) = line.strip_prefix("# ( ").and_then(|line| line.cut(" groups of ")) {
            self.groups = Some(groups);
            self.processes = rest.split_whitespace().next();
        } else if let Some(mode) = mode(line) {
            self.mode = Some(mode);
        } else {
            return false;
        }
        true
    }

    /// The labels of a row, and of a part of a collective.
    fn labels(&self, row: Row<'_>, phase: Option<&str>, repetition: &str, out: &mut MetricSink) -> LabelSet {
        // Sorted, so that the sink need not sort them.
        let labels = [
            ("benchmark", Some(self.benchmark).filter(|name| !name.is_empty())),
            ("group", row.group),
            ("groups", self.groups),
            ("message_size", row.size),
            ("mode", self.mode),
            ("phase", phase),
            ("processes", self.processes),
            ("repetition", Some(repetition).filter(|number| !number.is_empty())),
        ];
        out.labels(labels.into_iter().filter_map(|(key, value)| Some((key, value?))))
    }
}

impl<'t> Page<'t> {
    pub(crate) fn new(text: &'t Text<'_>) -> Self {
        let mut table = Table::default();
        let mut tables: HashMap<Table<'_>, (usize, usize)> = HashMap::new();
        for line in text.lines() {
            if !table.learn(line.trimmed()) && column::head(line.trimmed()).is_some() {
                tables.entry(table).or_default().0 += 1;
            }
        }
        Self {
            table: Table::default(),
            tables,
            repetition: String::new(),
            columns: Vec::new(),
            numbers: Vec::new(),
            head: None,
            words: Vec::new(),
            megabytes: None,
            begun: 0,
            ended: 0,
            failed: false,
            degraded: false,
            cut: false,
            known: false,
        }
    }

    /// True when the text ends within a line, or before the program does.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || self.begun > self.ended && !self.failed
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if let Some(version) = version(text) {
            self.megabytes = megabytes(version);
            // Those of a throughput are in megabytes.
            self.numbers.fill_with(|| None);
            self.begun += 1;
            self.known = true;
        } else if text == "# All processes entering MPI_Finalize" {
            self.ended = self.begun;
            self.columns.clear();
        } else if !line.ended {
            self.cut |= self.known && !text.is_empty();
        } else if self.table.learn(text) {
            self.columns.clear();
        } else if let Some(columns) = column::head(text) {
            self.begin(text, columns);
        } else if self.row(text, out) {
            return;
        } else if complaint(text) && !std::mem::replace(&mut self.failed, true) {
            self.known = true;
            out.tool_failed(text, format!("the benchmark says: {text}"));
        }
        out.ignore(text, "setting or message");
    }

    fn begin(&mut self, head: &'t str, columns: Vec<Column>) {
        let (count, begun) = self.tables.entry(self.table).or_default();
        *begun += 1;
        self.repetition.clear();
        if *count > 1 {
            let _ = write!(self.repetition, "{begun}");
        }
        // A put into a target that computes is a message too.
        let is_message = columns.contains(&Column::Throughput) || self.table.benchmark.starts_with("Truly_passive_");
        if self.head.replace((head, is_message)) != Some((head, is_message)) {
            self.numbers.clear();
            self.numbers.resize_with(columns.len(), || None);
        }
        self.columns = columns;
        self.known = true;
    }

    /// `         1024       100000        56.92        61.39        59.15        16.68`; true for a row of the table.
    fn row(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if self.columns.is_empty() {
            return false;
        }
        self.words.clear();
        self.words.extend(text.split_whitespace());
        if !self.words.first().is_some_and(|word| number::is_token(word)) {
            return false;
        }
        let reasons = ["out-of-mem.;", "int-overflow.;", "time-out.;"];
        let skipped = text.contains(';') && reasons.iter().any(|reason| text.has(reason));
        if skipped || self.words.len() != self.columns.len() {
            if skipped && !std::mem::replace(&mut self.degraded, true) {
                out.warn(code::DEGRADED, text, "a size was left out, for want of memory or of time");
            }
            return false;
        }
        let named = |wanted| self.columns.iter().zip(&self.words).find(|(column, _)| **column == wanted).map(|(_, word)| *word);
        let row = Row { size: named(Column::Size), group: named(Column::Group) };
        let is_message = self.head.is_some_and(|(_, is_message)| is_message);
        // The labels of the last phase, which several columns may be of.
        let mut last: Option<(Option<&str>, LabelSet)> = None;
        for ((column, word), numbers) in self.columns.iter().zip(&self.words).zip(&mut self.numbers) {
            let phase = match column {
                Column::Is(measure) => measure.phase,
                Column::Throughput if row.size == Some("0") => {
                    out.ignore(word, "no bytes");
                    continue;
                }
                Column::Throughput => None,
                Column::Size | Column::Group | Column::Setting => {
                    out.ignore(word, "names the row, or a setting");
                    continue;
                }
            };
            let labels = match last {
                Some((known, labels)) if known == phase => labels,
                _ => self.table.labels(row, phase, &self.repetition, out),
            };
            last = Some((phase, labels));
            let begin = || match column {
                Column::Is(measure) => Numbers::begin(measure, is_message, out),
                _ => Numbers::throughput(self.megabytes, out),
            };
            numbers.get_or_insert_with(begin).put(labels, word, out);
            if *column == Column::Throughput && self.megabytes.is_none() {
                out.warn(code::UNKNOWN_UNIT, word, "without the version a megabyte is 10^6 or 2^20 bytes");
            }
        }
        true
    }
}

/// What tells a row from others of its table.
#[derive(Clone, Copy, Debug)]
struct Row<'t> {
    size: Option<&'t str>,
    group: Option<&'t str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_megabyte_depends_on_the_version() {
        let of = |title: &str| version(title).and_then(megabytes);
        assert_eq!(of("#    Intel (R) MPI Benchmark Suite V3.2, MPI-1 part"), Some(unit::MIB_PER_S));
        assert_eq!(of("#    Intel (R) MPI Benchmarks 4.1 Update 1, MPI-1 part"), Some(unit::MIB_PER_S));
        assert_eq!(of("#    Intel (R) MPI Benchmarks 2017 update 2, MPI-1 part"), None);
        assert_eq!(of("#    Intel(R) MPI Benchmarks 2019 Update 6, MPI-1 part"), Some(unit::MB_PER_S));
        assert_eq!(of("#    Intel(R) MPI Benchmarks 2021.11, MPI-NBC part"), Some(unit::MB_PER_S));
    }
}

use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, number, unit};
use prill_core::{MetricSink, Printed, Text};

use crate::column::{self, Column, Measure, Object};

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
    repetition: Option<usize>,
    columns: Vec<Column>,
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
    let (_, rest) = line.strip_prefix('#')?.split_once(" MPI Benchmark")?;
    let version = rest.strip_suffix(" part")?.split_once(", ")?.0;
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
    line.starts_with("Invalid benchmark name ")
        || line.contains("BAD TERMINATION OF")
        || line.contains("MPI_ABORT was invoked on rank")
}

/// `#    MODE: NON-AGGREGATE`
fn mode(line: &str) -> Option<&'static str> {
    match line.trim_start_matches('#').trim().strip_prefix("MODE: ")?.trim() {
        "AGGREGATE" => Some("aggregate"),
        "NON-AGGREGATE" => Some("non_aggregate"),
        _ => None,
    }
}

impl<'t> Table<'t> {
    /// Learns what the table is of from a line of its head; true when it is one.
    fn learn(&mut self, line: &'t str) -> bool {
        if let Some(benchmark) = benchmark(line) {
            *self = Self { benchmark, ..Self::default() };
        } else if let Some((_, rest)) = line.split_once("#processes = ").filter(|_| line.starts_with('#')) {
            self.processes = number::leading(rest).map(|(processes, _)| processes);
        } else if let Some((groups, rest)) = line.strip_prefix("# ( ").and_then(|line| line.split_once(" groups of ")) {
            self.groups = Some(groups);
            self.processes = rest.split_whitespace().next();
        } else if let Some(mode) = mode(line) {
            self.mode = Some(mode);
        } else {
            return false;
        }
        true
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
            repetition: None,
            columns: Vec::new(),
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
            self.begin(columns);
        } else if self.row(text, out) {
            return;
        } else if complaint(text) && !std::mem::replace(&mut self.failed, true) {
            self.known = true;
            out.tool_failed(text, format!("the benchmark says: {text}"));
        }
        out.ignore(text, "setting or message");
    }

    fn begin(&mut self, columns: Vec<Column>) {
        let (count, begun) = self.tables.entry(self.table).or_default();
        *begun += 1;
        self.repetition = Some(*begun).filter(|_| *count > 1);
        self.columns = columns;
        self.known = true;
    }

    /// `         1024       100000        56.92        61.39        59.15        16.68`; true for a row of the table.
    fn row(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        if self.columns.is_empty() || !words.first().is_some_and(|word| number::is_token(word)) {
            return false;
        }
        let skipped = ["out-of-mem.;", "int-overflow.;", "time-out.;"].iter().any(|reason| text.contains(reason));
        if skipped || words.len() != self.columns.len() {
            if skipped && !std::mem::replace(&mut self.degraded, true) {
                out.warn(code::DEGRADED, text, "a size was left out, for want of memory or of time");
            }
            return false;
        }
        let columns = std::mem::take(&mut self.columns);
        let named = |wanted| columns.iter().zip(&words).find(|(column, _)| **column == wanted).map(|(_, word)| *word);
        // A put into a target that computes is a message too.
        let is_message = columns.contains(&Column::Throughput) || self.table.benchmark.starts_with("Truly_passive_");
        let row = Row { size: named(Column::Size), group: named(Column::Group), is_message };
        for (column, word) in columns.iter().zip(&words) {
            match column {
                Column::Is(measure) => self.put(*measure, row, word, out),
                Column::Throughput if row.size == Some("0") => out.ignore(word, "no bytes"),
                Column::Throughput => self.throughput(row, word, out),
                Column::Size | Column::Group | Column::Setting => out.ignore(word, "names the row, or a setting"),
            }
        }
        self.columns = columns;
        true
    }

    fn throughput(&self, row: Row<'_>, token: &str, out: &mut MetricSink) {
        let metric = self.labels(row, None, out.metric("throughput").higher());
        if let Some(printed) = self.megabytes {
            return metric.unit(printed).resolution(step(token, printed)).push(token);
        }
        metric.push(token);
        out.warn(code::UNKNOWN_UNIT, token, "without the version a megabyte is 10^6 or 2^20 bytes");
    }

    fn put(&self, measure: Measure, row: Row<'_>, token: &str, out: &mut MetricSink) {
        let name = match measure.object {
            Object::Latency if row.is_message => "message.latency",
            Object::Latency => "collective.latency",
            Object::Rate => "message.rate",
            Object::Overlap => "overlap",
        };
        let metric = measure.stat.into_iter().fold(out.metric(name), prill_core::extract::Emit::stat);
        let metric = metric.unit(measure.unit).polarity(measure.polarity).resolution(step(token, measure.unit));
        self.labels(row, measure.phase, metric).push(token);
    }

    fn labels<'s>(
        &self,
        row: Row<'_>,
        phase: Option<&'static str>,
        metric: prill_core::extract::Emit<'s>,
    ) -> prill_core::extract::Emit<'s> {
        let repetition = self.repetition.map(|number| number.to_string());
        let labels = [
            ("benchmark", Some(self.table.benchmark).filter(|name| !name.is_empty())),
            ("processes", self.table.processes),
            ("groups", self.table.groups),
            ("mode", self.table.mode),
            ("phase", phase),
            ("message_size", row.size),
            ("group", row.group),
            ("repetition", repetition.as_deref()),
        ];
        let labels = labels.into_iter().filter_map(|(key, value)| Some((key, value?)));
        labels.fold(metric, |metric, (key, value)| metric.label(key, value.to_owned()))
    }
}

/// What tells a row from others of its table.
#[derive(Clone, Copy, Debug)]
struct Row<'t> {
    size: Option<&'t str>,
    group: Option<&'t str>,
    /// Whether the table has a throughput, as those of messages have.
    is_message: bool,
}

/// All decimals are printed, so that the last one is the step.
fn step(token: &str, printed: Printed) -> f64 {
    let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(9));
    printed.scale.factor() * 0.1f64.powi(decimals as i32)
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

use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, number, unit};
use prill_core::{MetricSink, Polarity, Text};

use crate::column::{self, Column, Measure};

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    /// How often each benchmark stands in the text, and how often it began so far.
    benchmarks: HashMap<&'t str, (usize, usize)>,
    benchmark: Option<&'t str>,
    repetition: Option<usize>,
    datatype: Option<&'t str>,
    columns: Vec<Column>,
    /// Rows under the last head.
    rows: usize,
    failed: bool,
    cut: bool,
    /// Some line was one of the benchmarks'.
    pub(crate) known: bool,
}

/// `MPI Allgather Latency` of the title `# OSU MPI Allgather Latency Test v5.7.1`.
pub(crate) fn title(line: &str) -> Option<&str> {
    let (name, version) = line.strip_prefix("# OSU ")?.rsplit_once(" v")?;
    let is_version = version.trim_end_matches('-').starts_with(|c: char| c.is_ascii_digit());
    is_version.then(|| name.trim_end().trim_end_matches(" Test").trim_end())
}

/// What a benchmark, or the MPI that runs it, says when it fails.
fn complaint(line: &str) -> bool {
    [
        "This test requires ",
        "This benchmark requires ",
        "DATA VALIDATION ERROR",
        "Invalid Option",
        "MPI_ABORT was invoked on rank",
        "BAD TERMINATION OF",
    ]
    .iter()
    .any(|words| line.contains(words))
}

impl<'t> Page<'t> {
    pub(crate) fn new(text: &'t Text<'_>) -> Self {
        let mut benchmarks: HashMap<&str, (usize, usize)> = HashMap::new();
        for name in text.lines().filter_map(|line| title(line.trimmed())) {
            benchmarks.entry(name).or_default().0 += 1;
        }
        Self {
            benchmarks,
            benchmark: None,
            repetition: None,
            datatype: None,
            columns: Vec::new(),
            rows: 0,
            failed: false,
            cut: false,
            known: false,
        }
    }

    /// True when the text ends within a line, or behind a head.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || self.known && !self.failed && self.rows == 0
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if !line.ended {
            self.cut |= self.known && !text.is_empty();
            return out.ignore(text, "cut");
        }
        if let Some(name) = title(text) {
            self.begin(name);
        } else if let Some(columns) = column::head(text) {
            (self.columns, self.rows) = (columns, 0);
        } else if self.benchmark.is_some() && (self.row(text, out) || self.startup(text, out)) {
            return;
        } else if let Some(datatype) = text.strip_prefix("# Datatype: ") {
            self.datatype = Some(datatype.trim_end_matches('.'));
        } else if complaint(text) {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("the benchmark says: {text}"));
            }
        }
        out.ignore(text, "setting or message");
    }

    fn begin(&mut self, name: &'t str) {
        let (count, begun) = self.benchmarks.entry(name).or_default();
        *begun += 1;
        self.repetition = Some(*begun).filter(|_| *count > 1);
        (self.benchmark, self.datatype) = (Some(name), None);
        self.columns.clear();
        self.rows = 0;
        self.known = true;
    }

    /// `4                     147.70             62.36            233.88        1000`; true for a row of the table.
    fn row(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_named = self.columns.first() == Some(&Column::Operation);
        let is_row = words.first().is_some_and(|word| number::is_token(word) || is_named && words.len() == self.columns.len());
        if self.columns.is_empty() || !is_row || words.len() > self.columns.len() {
            return false;
        }
        let columns = std::mem::take(&mut self.columns);
        let key = columns.iter().zip(&words).find_map(|(column, word)| match column {
            Column::Size => Some(("message_size", *word)),
            Column::Operation => Some(("operation", *word)),
            _ => None,
        });
        for (column, word) in columns.iter().zip(&words) {
            match column {
                Column::Is(measure) => self.put(measure, key, word, out),
                Column::Validation if *word == "Fail" && !self.failed => {
                    self.failed = true;
                    out.tool_failed(word, "what was received is not what was sent");
                }
                _ => out.ignore(word, "names the row, or a setting"),
            }
        }
        (self.columns, self.rows) = (columns, self.rows + 1);
        true
    }

    fn put(&self, measure: &Measure, key: Option<(&'static str, &str)>, token: &str, out: &mut MetricSink) {
        if !number::is_token(token) {
            out.warn(code::NOT_A_NUMBER, token, format!("{} has no value", measure.name));
            return out.ignore(token, "no number");
        }
        let mut metric = out.metric(&measure.name).unit(measure.unit).polarity(measure.polarity);
        let repetition = self.repetition.map(|number| number.to_string());
        let labels = [
            ("benchmark", self.benchmark),
            ("phase", measure.phase),
            ("datatype", self.datatype),
            ("repetition", repetition.as_deref()),
        ];
        for (key, value) in labels.into_iter().filter_map(|(key, value)| Some((key, value?))).chain(key) {
            metric = metric.label(key, value.to_owned());
        }
        // All decimals are printed, so that the last one is the step.
        if let Some((_, decimals)) = token.split_once('.') {
            metric = metric.resolution(measure.unit.scale.factor() * 0.1f64.powi(decimals.len().min(9) as i32));
        }
        metric.push(token);
    }

    /// `nprocs: 2, min: 40 ms, max: 41 ms, avg: 40 ms` of osu_init; true when it is one.
    fn startup(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if !text.starts_with("nprocs: ") {
            return false;
        }
        for part in text.split(", ") {
            let Some((key, value)) = part.split_once(": ") else { continue };
            let stat = match key {
                "min" => "min",
                "max" => "max",
                "avg" => "mean",
                _ => {
                    out.ignore(value, "setting");
                    continue;
                }
            };
            match number::leading(value) {
                Some((token, " ms")) => {
                    let name = format!("startup.time.{stat}");
                    self.put(&Measure { name, phase: None, unit: unit::MS, polarity: Polarity::Lower }, None, token, out);
                }
                _ => out.ignore(value, "not in milliseconds"),
            }
        }
        self.rows += 1;
        true
    }
}

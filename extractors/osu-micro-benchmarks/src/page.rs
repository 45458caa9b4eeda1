use std::collections::HashMap;

use prill_core::extract::LabelSet;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Polarity, Text};

use crate::column::{self, Column};
use crate::put::{Numbers, Table, is_number};

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    /// How often each benchmark stands in the text, and how often it began so far.
    benchmarks: HashMap<&'t str, (usize, usize)>,
    table: Table<'t>,
    /// The last head, its columns, and the numbers of those that have a measure.
    head: Option<&'t str>,
    columns: Vec<Column>,
    numbers: Vec<Option<Numbers>>,
    /// Whether that head is this benchmark's.
    is_headed: bool,
    /// Those of osu_init, by their statistics.
    startup: [Option<Numbers>; 3],
    words: Vec<&'t str>,
    /// Rows under the last head.
    rows: usize,
    failed: bool,
    cut: bool,
    /// Some line was one of the benchmarks'.
    pub(crate) known: bool,
}

/// `MPI Allgather Latency` of the title `# OSU MPI Allgather Latency Test v5.7.1`.
pub(crate) fn title(line: &str) -> Option<&str> {
    let (name, version) = line.strip_prefix("# OSU ")?.cut_last(" v")?;
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
    .any(|words| line.has(words))
}

impl<'t> Page<'t> {
    pub(crate) fn new(text: &'t Text<'_>) -> Self {
        let mut benchmarks: HashMap<&str, (usize, usize)> = HashMap::new();
        for name in text.lines().filter_map(|line| title(line.trimmed())) {
            benchmarks.entry(name).or_default().0 += 1;
        }
        Self {
            benchmarks,
            table: Table::default(),
            head: None,
            columns: Vec::new(),
            numbers: Vec::new(),
            is_headed: false,
            startup: [None, None, None],
            words: Vec::new(),
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
        } else if self.head(text) {
            (self.is_headed, self.rows) = (true, 0);
        } else if self.table.is_begun() && (self.row(text, out) || self.startup(text, out)) {
            return;
        } else if let Some(datatype) = text.strip_prefix("# Datatype: ") {
            self.table.set_datatype(datatype.trim_end_matches('.'));
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
        self.table.begin(name, Some(*begun).filter(|_| *count > 1));
        (self.is_headed, self.rows, self.known) = (false, 0, true);
    }

    /// True for a head; one that comes again has the columns of the last.
    fn head(&mut self, text: &'t str) -> bool {
        if self.head == Some(text) {
            return true;
        }
        let Some(columns) = column::head(text) else { return false };
        self.numbers.clear();
        self.numbers.resize_with(columns.len(), || None);
        (self.head, self.columns) = (Some(text), columns);
        true
    }

    /// `4                     147.70             62.36            233.88        1000`; true for a row of the table.
    fn row(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if !self.is_headed {
            return false;
        }
        self.words.clear();
        self.words.extend(text.split_whitespace());
        let (columns, words) = (&self.columns, &self.words);
        let is_named = columns.first() == Some(&Column::Operation);
        let is_row = words.first().is_some_and(|word| number::is_token(word) || is_named && words.len() == columns.len());
        if !is_row || words.len() > columns.len() {
            return false;
        }
        let key = columns.iter().zip(words).find_map(|(column, word)| match column {
            Column::Size => Some(("message_size", *word)),
            Column::Operation => Some(("operation", *word)),
            _ => None,
        });
        // The labels of the last phase, which several columns may be of.
        let mut last: Option<(Option<&str>, LabelSet)> = None;
        for ((column, word), numbers) in columns.iter().zip(words).zip(&mut self.numbers) {
            match column {
                Column::Is(measure) if is_number(&measure.name, word, out) => {
                    let labels = match last {
                        Some((phase, labels)) if phase == measure.phase => labels,
                        _ => self.table.labels(key, measure.phase, out),
                    };
                    last = Some((measure.phase, labels));
                    let begin = || Numbers::begin(&measure.name, measure.unit, measure.polarity, out);
                    numbers.get_or_insert_with(begin).put(labels, word, out);
                }
                Column::Is(_) => {}
                Column::Validation if *word == "Fail" && !self.failed => {
                    self.failed = true;
                    out.tool_failed(word, "what was received is not what was sent");
                }
                _ => out.ignore(word, "names the row, or a setting"),
            }
        }
        self.rows += 1;
        true
    }

    /// `nprocs: 2, min: 40 ms, max: 41 ms, avg: 40 ms` of osu_init; true when it is one.
    fn startup(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if !text.starts_with("nprocs: ") {
            return false;
        }
        let labels = self.table.labels(None, None, out);
        for part in text.parts(", ") {
            let Some((key, value)) = part.cut(": ") else { continue };
            let (at, name) = match key {
                "min" => (0, "startup.time.min"),
                "max" => (1, "startup.time.max"),
                "avg" => (2, "startup.time.mean"),
                _ => {
                    out.ignore(value, "setting");
                    continue;
                }
            };
            match number::leading(value) {
                Some((token, " ms")) => {
                    let begin = || Numbers::begin(name, unit::MS, Polarity::Lower, out);
                    self.startup[at].get_or_insert_with(begin).put(labels, token, out);
                }
                _ => out.ignore(value, "not in milliseconds"),
            }
        }
        self.rows += 1;
        true
    }
}

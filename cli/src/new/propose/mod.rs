//! A format, proposed from one output: its lines become patterns, the numbers in them metrics with the names that the words
//! around them give. What the output does not say is left open, and said: a unit is never guessed.
//!
//! - [`token`], [`line`]: the words and numbers of a line, and which belong together
//! - [`unit`], [`name`]: what they say
//! - [`row`]: a kind of line; [`kind`]: what a line is; [`table`]: rows below a heading; [`csv`]: rows of separated values
//! - [`survey`]: an output as a whole; [`whole`]: all its lines; [`apart`]: what tells them apart
//! - [`toml`]: the proposal, written down

mod apart;
mod csv;
mod kind;
mod line;
mod name;
mod row;
mod survey;
mod table;
mod token;
mod toml;
mod unit;
mod whole;

use prill_core::Stream;

use row::{Metric, Row};

pub(crate) use toml::write as toml;
pub(crate) use whole::propose;

/// What was made of an output.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub(crate) name: String,
    pub(crate) stream: Stream,
    mark: Option<Mark>,
    sections: Vec<Row>,
    rows: Vec<Row>,
    passed: Vec<Passed>,
}

/// A line by which such an output is recognised.
#[derive(Clone, Debug)]
struct Mark {
    row: Row,
    /// It names the tool.
    sure: bool,
}

/// A line whose numbers are no metrics.
#[derive(Clone, Debug)]
struct Passed {
    row: Row,
    why: &'static str,
}

impl Proposal {
    /// Whether any number of the output is a metric.
    pub(crate) fn has_metrics(&self) -> bool {
        !self.rows.is_empty()
    }

    /// How many kinds of lines hold a metric.
    pub(crate) fn kinds(&self) -> usize {
        self.rows.len()
    }

    /// What is left for the author to decide, a line for each thing.
    pub(crate) fn open(&self) -> Vec<String> {
        let mut open: Vec<String> = self.rows.iter().flat_map(toml::remarks).collect();
        open.dedup();
        open
    }

    /// The metrics whose polarity nobody said.
    pub(crate) fn undecided(&self) -> usize {
        self.rows.iter().flat_map(Row::metrics).filter(|metric| metric.polarity == "unknown").count()
    }

    /// The rows of a table of the metrics, in Markdown.
    pub(crate) fn table(&self) -> String {
        let row = |row: &Row, metric: &Metric| {
            let keys: Vec<&str> = row
                .labels
                .iter()
                .chain(&metric.labels)
                .map(|(key, _)| key.as_str())
                .chain(row.repeated.then_some("repetition"))
                .collect();
            let labels = if keys.is_empty() { String::new() } else { format!("{{{}}}", keys.join(", ")) };
            let unit = metric.unit.base().map_or_else(String::new, |unit| format!("`{unit}`"));
            let printed = row.example.trim().replace('|', "\\|").replace('`', "'");
            format!("| `{printed}` | `{}{labels}` | {unit} | {} |\n", metric.name, metric.polarity)
        };
        self.rows.iter().flat_map(|r| r.metrics().map(move |metric| row(r, metric))).collect()
    }
}

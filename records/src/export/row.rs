use prill_core::metric::label_value;

use crate::model::{MetricRecord, Record, RunResult};

/// One metric, and where it came from.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The record.
    pub record: &'a Record,
    /// Which result of the record, from 1.
    pub number: usize,
    /// The result.
    pub result: &'a RunResult,
    /// The metric.
    pub metric: &'a MetricRecord,
}

/// All metrics, in the order in which they were measured.
pub fn rows(records: &[Record]) -> impl Iterator<Item = Row<'_>> {
    records.iter().flat_map(|record| {
        let numbered = record.results.iter().zip(1..);
        numbered.flat_map(move |(result, number)| result.metrics.iter().map(move |metric| Row { record, number, result, metric }))
    })
}

impl Row<'_> {
    /// The test or the payload; with the number of the result where the record has several.
    pub(super) fn benchmark(&self) -> String {
        let name = name(self.record);
        if self.record.results.len() > 1 { format!("{name}#{}", self.number) } else { name }
    }

    /// The parameters of the record and the labels of the metric, a label before a parameter of the same name.
    pub(super) fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        let (labels, parameters) = (&self.metric.labels, &self.record.identity.parameters);
        let varied = parameters.iter().filter(|(key, _)| !labels.contains_key(*key));
        varied.chain(labels).map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

/// What a record is called elsewhere: the test with its package, or the payload; with what is varied.
pub(super) fn name(record: &Record) -> String {
    let parameters: Vec<String> =
        record.identity.parameters.iter().map(|(key, value)| format!("{key}={}", label_value(value))).collect();
    let name = record.name();
    if parameters.is_empty() { name } else { format!("{name}{{{}}}", parameters.join(", ")) }
}

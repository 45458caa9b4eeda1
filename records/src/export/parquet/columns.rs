//! The rows of a group, column by column, in the order of the schema.

use std::collections::BTreeMap;

use parquet::data_type::{DoubleType, Int64Type};

use super::column::{Column, Numbers};
use super::text::Text;
use crate::model::{MetricRecord, Record, RunResult};

#[derive(Default)]
pub(super) struct Columns {
    package: Text,
    binary: Text,
    test: Text,
    attempt: Numbers<Int64Type>,
    parameters: Text,
    commit: Text,
    host: Text,
    kernel: Text,
    boot_id: Text,
    started: Text,
    payload: Text,
    result: Numbers<Int64Type>,
    verdict: Text,
    name: Text,
    labels: Text,
    value: Numbers<DoubleType>,
    unit: Text,
    polarity: Text,
    target: Numbers<DoubleType>,
    stream: Text,
    span_start: Numbers<Int64Type>,
    span_length: Numbers<Int64Type>,
    last_labels: Option<BTreeMap<String, String>>,
}

impl Columns {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.value.len()
    }

    /// The metrics of the result with this number.
    pub(super) fn push(&mut self, record: &Record, number: usize, result: &RunResult) {
        let rows = result.metrics.len();
        let (identity, host) = (&record.identity, &record.host);
        for (column, text) in [
            (&mut self.package, identity.package.as_deref()),
            (&mut self.binary, Some(&*identity.binary)),
            (&mut self.test, identity.test.as_deref()),
            (&mut self.parameters, Some(&*json(&identity.parameters))),
            (&mut self.commit, record.source.commit.as_deref()),
            (&mut self.host, host.name.as_deref()),
            (&mut self.kernel, host.kernel.release.as_deref()),
            (&mut self.boot_id, host.kernel.boot_id.as_deref()),
            (&mut self.started, Some(&*result.started)),
            (&mut self.payload, Some(&*result.payload)),
            (&mut self.verdict, result.verdict.as_deref()),
        ] {
            column.push(text, rows);
        }
        self.attempt.fill(identity.attempt.into(), rows);
        self.result.fill(whole(number as u64), rows);
        result.metrics.iter().for_each(|metric| self.metric(metric));
    }

    fn metric(&mut self, metric: &MetricRecord) {
        let [start, end] = metric.span;
        if self.last_labels.as_ref() == Some(&metric.labels) {
            self.labels.again(1);
        } else {
            self.labels.push(Some(&json(&metric.labels)), 1);
            self.last_labels = Some(metric.labels.clone());
        }
        self.name.push(Some(&metric.name), 1);
        self.unit.push(metric.unit.as_deref(), 1);
        self.polarity.push(Some(&metric.polarity), 1);
        self.stream.push(Some(&metric.stream), 1);
        self.value.push(Some(metric.value));
        self.target.push(metric.target);
        self.span_start.push(Some(whole(start)));
        self.span_length.push(Some(whole(end.saturating_sub(start))));
    }

    /// All columns, as the schema has them.
    pub(super) fn in_order(&mut self) -> [&mut dyn Column; 22] {
        [
            &mut self.package,
            &mut self.binary,
            &mut self.test,
            &mut self.attempt,
            &mut self.parameters,
            &mut self.commit,
            &mut self.host,
            &mut self.kernel,
            &mut self.boot_id,
            &mut self.started,
            &mut self.payload,
            &mut self.result,
            &mut self.verdict,
            &mut self.name,
            &mut self.labels,
            &mut self.value,
            &mut self.unit,
            &mut self.polarity,
            &mut self.target,
            &mut self.stream,
            &mut self.span_start,
            &mut self.span_length,
        ]
    }

    /// Forgets all rows.
    pub(super) fn clear(&mut self) {
        self.in_order().into_iter().for_each(Column::clear);
        self.last_labels = None;
    }
}

fn json(value: &BTreeMap<String, String>) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

use std::fmt::Write as _;

use prill_core::diagnostic::code;
use prill_core::extract::{LabelSet, Series};
use prill_core::scan::number;
use prill_core::{MetricSink, Polarity, Printed};

/// What the rows of a table are of.
#[derive(Default)]
pub(crate) struct Table<'t> {
    benchmark: Option<&'t str>,
    datatype: Option<&'t str>,
    /// Empty where the benchmark does not come again.
    repetition: String,
}

impl<'t> Table<'t> {
    pub(crate) fn begin(&mut self, benchmark: &'t str, repetition: Option<usize>) {
        (self.benchmark, self.datatype) = (Some(benchmark), None);
        self.repetition.clear();
        if let Some(repetition) = repetition {
            let _ = write!(self.repetition, "{repetition}");
        }
    }

    pub(crate) fn is_begun(&self) -> bool {
        self.benchmark.is_some()
    }

    pub(crate) fn set_datatype(&mut self, datatype: &'t str) {
        self.datatype = Some(datatype);
    }

    /// The labels of a row, and of a part of a collective.
    pub(crate) fn labels(&self, key: Option<(&str, &str)>, phase: Option<&str>, out: &mut MetricSink) -> LabelSet {
        let repetition = Some(self.repetition.as_str()).filter(|number| !number.is_empty());
        // Sorted, so that the sink need not sort them.
        let labels = [
            self.benchmark.map(|benchmark| ("benchmark", benchmark)),
            self.datatype.map(|datatype| ("datatype", datatype)),
            key,
            phase.map(|phase| ("phase", phase)),
            repetition.map(|number| ("repetition", number)),
        ];
        out.labels(labels.into_iter().flatten())
    }
}

/// A measure, of which one number is put in after the other.
pub(crate) struct Numbers {
    series: Series,
    /// One of the printed unit, in the base unit.
    one: f64,
    /// How many decimals the last number had.
    decimals: Option<usize>,
}

impl Numbers {
    pub(crate) fn begin(name: &str, unit: Printed, polarity: Polarity, out: &mut MetricSink) -> Self {
        let series = out.metric(name).unit(unit).polarity(polarity).series();
        Self { series, one: unit.scale.factor(), decimals: None }
    }

    pub(crate) fn put(&mut self, labels: LabelSet, token: &str, out: &mut MetricSink) {
        // All decimals are printed, so that the last one is the step.
        let decimals = token.bytes().position(|byte| byte == b'.').map(|point| token.len() - point - 1);
        if decimals != self.decimals {
            self.decimals = decimals;
            self.series.resolution(decimals.map(|decimals| self.one * 0.1f64.powi(decimals.min(9) as i32)));
        }
        out.push(self.series.labels(labels), token);
    }
}

/// Whether `token` is a number; says so where it is none.
pub(crate) fn is_number(name: &str, token: &str, out: &mut MetricSink) -> bool {
    let is_number = number::is_token(token);
    if !is_number {
        out.warn(code::NOT_A_NUMBER, token, format!("{name} has no value"));
        out.ignore(token, "no number");
    }
    is_number
}

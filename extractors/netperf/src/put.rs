use prill_core::diagnostic::code;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::test::Kind;
use crate::units::TRANSACTIONS;

/// A name, its unit and direction, and what tells its instances apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity {
    pub(crate) name: &'static str,
    pub(crate) unit: Printed,
    pub(crate) polarity: Polarity,
    pub(crate) labels: &'static [(&'static str, &'static str)],
}

impl Quantity {
    pub(crate) const fn new(name: &'static str, unit: Printed, polarity: Polarity) -> Self {
        Self { name, unit, polarity, labels: &[] }
    }

    pub(crate) const fn of(self, labels: &'static [(&'static str, &'static str)]) -> Self {
        Self { labels, ..self }
    }
}

/// The test that numbers are of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Of {
    pub(crate) kind: Option<Kind>,
    /// The name of the test, where several stand in one output.
    pub(crate) test: Option<String>,
    /// Counted from 1, where a test was run again.
    pub(crate) repetition: Option<usize>,
    /// Counted from 1: a report while the test runs.
    pub(crate) interval: Option<usize>,
    /// With an amount of work that was given, a time is what counts.
    pub(crate) fixed: bool,
    pub(crate) placeholders: bool,
}

impl Of {
    /// The figure of merit, a throughput or a rate of transactions; of an unknown unit when nothing says it.
    pub(crate) fn figure(&mut self, printed: Option<Printed>, labels: Labels, token: &str, out: &mut MetricSink) {
        let Some(printed) = printed else {
            out.warn(code::UNKNOWN_UNIT, token, "neither the text nor the command says the unit of the throughput");
            let name = if self.kind == Some(Kind::Transactions) { "transaction.rate" } else { "throughput" };
            let metric = self.labelled(out.metric(name).higher(), labels);
            return metric.push(token);
        };
        let name = if printed == TRANSACTIONS { "transaction.rate" } else { "throughput" };
        self.put(Quantity::new(name, printed, Polarity::Higher).of(labels), token, out);
    }

    /// Microseconds of a transaction or of a call.
    pub(crate) fn latency(&mut self, stat: &'static str, labels: Labels, token: &str, out: &mut MetricSink) {
        let name = if self.kind == Some(Kind::Transactions) { "transaction.latency" } else { "call.latency" };
        if self.measured(token, out) {
            let polarity = if stat == "stddev" { Polarity::Unknown } else { Polarity::Lower };
            self.labelled(out.metric(name).stat(stat).unit(unit::US).polarity(polarity), labels).push(token);
        }
    }

    pub(crate) fn elapsed(&mut self, labels: Labels, token: &str, out: &mut MetricSink) {
        let polarity = if self.fixed { Polarity::Lower } else { Polarity::Informational };
        self.put(Quantity::new("elapsed", unit::SECOND, polarity).of(labels), token, out);
    }

    pub(crate) fn put(&mut self, quantity: Quantity, token: &str, out: &mut MetricSink) {
        if self.measured(token, out) {
            let metric = out.metric(quantity.name).unit(quantity.unit).polarity(quantity.polarity);
            self.labelled(metric, quantity.labels).push(token);
        }
    }

    pub(crate) fn labelled<'s>(&self, metric: prill_core::extract::Emit<'s>, labels: Labels) -> prill_core::extract::Emit<'s> {
        let metric = labels.iter().fold(metric, |metric, (key, value)| metric.label(key, *value));
        let metric = self.test.iter().fold(metric, |metric, test| metric.label("test", test.clone()));
        let numbers = [("repetition", self.repetition), ("interval", self.interval)];
        let numbers = numbers.into_iter().filter_map(|(key, number)| Some((key, number?.to_string())));
        numbers.fold(metric, |metric, (key, number)| metric.label(key, number))
    }

    /// What is not measured is -1.
    fn measured(&mut self, token: &str, out: &mut MetricSink) -> bool {
        if !number::is_token(token) || !token.starts_with('-') {
            return true;
        }
        if !std::mem::replace(&mut self.placeholders, true) {
            out.note(code::NO_SAMPLES, token, "-1 stands for what netperf did not measure");
        }
        out.ignore(token, "not measured");
        false
    }
}

/// Keys and values that tell instances apart.
pub(crate) type Labels = &'static [(&'static str, &'static str)];

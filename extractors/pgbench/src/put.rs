use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

pub(crate) const TRANSACTION: Printed = Printed::base("{transaction}");
pub(crate) const TRANSACTIONS: Printed = Printed::base("{transaction}/s");
pub(crate) const RETRY: Printed = Printed::base("{retry}");

/// A quantity.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) printed: Printed,
    pub(crate) polarity: Polarity,
    /// A label of its own.
    pub(crate) label: Option<(&'static str, &'static str)>,
}

impl Kind {
    pub(crate) const fn lower(name: &'static str, printed: Printed) -> Self {
        Self { name, printed, polarity: Polarity::Lower, label: None }
    }

    pub(crate) const fn higher(name: &'static str, printed: Printed) -> Self {
        Self { polarity: Polarity::Higher, ..Self::lower(name, printed) }
    }

    pub(crate) const fn label(self, key: &'static str, value: &'static str) -> Self {
        Self { label: Some((key, value)), ..self }
    }
}

pub(crate) const RATE: Kind = Kind::higher("transaction.rate", TRANSACTIONS);
pub(crate) const COUNT: Kind = Kind::higher("transaction.count", TRANSACTION);
pub(crate) const FAILED: Kind = Kind::lower("transaction.failed", TRANSACTION);
pub(crate) const SKIPPED: Kind = Kind::lower("transaction.skipped", TRANSACTION);
pub(crate) const RETRIED: Kind = Kind::lower("transaction.retried", TRANSACTION);
pub(crate) const RETRIES: Kind = Kind::lower("transaction.retries", RETRY);
pub(crate) const MEAN: Kind = Kind::lower("transaction.latency.mean", unit::MS);
pub(crate) const STDDEV: Kind = Kind::lower("transaction.latency.stddev", unit::MS);
pub(crate) const LAG: Kind = Kind::lower("schedule.lag.mean", unit::MS);

/// The script, statement or interval that a number is of.
pub(crate) type Labels<'a> = [Option<(&'static str, &'a str)>; 2];

/// Puts in `token`, the number of `kind`.
pub(crate) fn put(kind: Kind, token: &str, labels: Labels<'_>, out: &mut MetricSink) {
    put_as(kind.name, kind, token, labels, out);
}

/// The same as the share of all transactions.
pub(crate) fn put_share(kind: Kind, token: &str, labels: Labels<'_>, out: &mut MetricSink) {
    let name = format!("{}.ratio", kind.name);
    put_as(&name, Kind { printed: unit::PERCENT, ..kind }, token, labels, out);
}

fn put_as(name: &str, kind: Kind, token: &str, labels: Labels<'_>, out: &mut MetricSink) {
    let mut metric = out.metric(name).unit(kind.printed).polarity(kind.polarity);
    for (key, value) in labels.into_iter().flatten().chain(kind.label) {
        metric = metric.label(key, value);
    }
    // All decimals are fixed, so that they are the step.
    if let Some((_, decimals)) = token.split_once('.').filter(|_| number::is_token(token)) {
        metric = metric.resolution(kind.printed.scale.factor() * 0.1f64.powi(decimals.len().min(9) as i32));
    }
    metric.push(token);
}

use prill_core::extract::{LabelSet, Series};
use prill_core::{MetricSink, Polarity, Printed};

/// Where the numbers go. Long outputs are the same few rows over and over, so that a metric is begun once.
pub(crate) struct Writer<'s> {
    pub(crate) sink: &'s mut MetricSink,
    /// The number of the run, where a text holds several.
    pub(crate) repetition: Option<String>,
    begun: Vec<(Quantity, Series)>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quantity {
    pub(crate) name: &'static str,
    pub(crate) printed: Option<Printed>,
    pub(crate) polarity: Polarity,
}

impl Quantity {
    /// Of which nobody knows which direction is better.
    pub(crate) const fn unknown(name: &'static str, printed: Option<Printed>) -> Self {
        Self { name, printed, polarity: Polarity::Unknown }
    }

    /// Of which less is better.
    pub(crate) const fn lower(name: &'static str, printed: Printed) -> Self {
        Self { name, printed: Some(printed), polarity: Polarity::Lower }
    }
}

impl<'s> Writer<'s> {
    pub(crate) fn new(sink: &'s mut MetricSink) -> Self {
        Self { sink, repetition: None, begun: Vec::new() }
    }

    /// Labels, and the number of the run beside them. They are put in order here: what comes late costs the sink more.
    pub(crate) fn labels<'v>(&mut self, labels: impl IntoIterator<Item = (&'static str, &'v str)>) -> LabelSet {
        const MOST: usize = 12;
        let (mut pairs, mut len) = ([("", ""); MOST], 0);
        let run = self.repetition.as_deref().map(|run| ("repetition", run));
        for (key, value) in run.into_iter().chain(labels.into_iter().map(shorter)).take(MOST) {
            let after = pairs[..len].iter().rposition(|(known, _)| *known <= key).map_or(0, |at| at + 1);
            pairs.copy_within(after..len, (after + 1).min(MOST - 1));
            pairs[after] = (key, value);
            len += 1;
        }
        self.sink.labels(pairs[..len].iter().copied())
    }

    /// Puts `token` in, printed in steps of `step`.
    pub(crate) fn put(&mut self, quantity: Quantity, labels: LabelSet, step: Option<f64>, token: &str) {
        let Self { sink, begun, .. } = self;
        let at = begun.iter().position(|(known, _)| *known == quantity).unwrap_or_else(|| {
            let metric = sink.metric(quantity.name).polarity(quantity.polarity);
            let metric = if let Some(printed) = quantity.printed { metric.unit(printed) } else { metric };
            begun.push((quantity, metric.series()));
            begun.len() - 1
        });
        sink.push(begun[at].1.labels(labels).resolution(step), token);
    }

    pub(crate) fn ignore(&mut self, token: &str, why: &'static str) {
        self.sink.ignore(token, why);
    }
}

/// A label as an iterator of others has it.
fn shorter<'s, 'v: 's>((key, value): (&'static str, &'v str)) -> (&'s str, &'s str) {
    (key, value)
}

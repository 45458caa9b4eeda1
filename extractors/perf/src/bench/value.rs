use prill_core::{MetricSink, Polarity, Printed};

use super::row::Place;
use crate::step::step;

/// A number that is about to be put in.
pub(super) struct Value<'a> {
    pub(super) name: &'a str,
    pub(super) printed: Printed,
    pub(super) polarity: Polarity,
    pub(super) label: Option<(&'a str, String)>,
    pub(super) thread: Option<&'a str>,
}

impl<'a> Value<'a> {
    pub(super) fn lower(name: &'a str, printed: Printed) -> Self {
        Self { name, printed, polarity: Polarity::Lower, label: None, thread: None }
    }

    pub(super) fn higher(name: &'a str, printed: Printed) -> Self {
        Self { polarity: Polarity::Higher, ..Self::lower(name, printed) }
    }

    pub(super) fn unknown(name: &'a str, printed: Printed) -> Self {
        Self { polarity: Polarity::Unknown, ..Self::lower(name, printed) }
    }

    pub(super) fn label(self, key: &'a str, value: impl Into<String>) -> Self {
        Self { label: Some((key, value.into())), ..self }
    }

    pub(super) fn thread(self, thread: &'a str) -> Self {
        Self { thread: Some(thread), ..self }
    }

    pub(super) fn push(self, token: &str, place: &Place<'_>, out: &mut MetricSink) {
        let step = step(token, self.printed);
        self.push_in_steps(step, token, place, out);
    }

    /// As `push`, for a number whose decimals say more than is known.
    pub(super) fn push_in_steps(self, step: Option<f64>, token: &str, place: &Place<'_>, out: &mut MetricSink) {
        let mut metric = out.metric(self.name).unit(self.printed).polarity(self.polarity);
        for (key, value) in place.labels() {
            metric = metric.label(key, value);
        }
        if let Some((key, value)) = &self.label {
            metric = metric.label(key, value.as_str());
        }
        if let Some(thread) = self.thread {
            metric = metric.label("thread", thread);
        }
        if let Some(step) = step {
            metric = metric.resolution(step);
        }
        metric.push(token);
    }
}

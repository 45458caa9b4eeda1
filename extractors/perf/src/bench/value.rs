use std::borrow::Cow;

use prill_core::{Polarity, Printed};

use super::row::Place;
use crate::step::step;
use crate::writer::{Quantity, Writer};

/// A number that is about to be put in.
pub(super) struct Value<'a> {
    pub(super) name: &'static str,
    pub(super) printed: Printed,
    pub(super) polarity: Polarity,
    pub(super) label: Option<(&'static str, Cow<'a, str>)>,
    pub(super) thread: Option<&'a str>,
}

impl<'a> Value<'a> {
    pub(super) fn lower(name: &'static str, printed: Printed) -> Self {
        Self { name, printed, polarity: Polarity::Lower, label: None, thread: None }
    }

    pub(super) fn higher(name: &'static str, printed: Printed) -> Self {
        Self { polarity: Polarity::Higher, ..Self::lower(name, printed) }
    }

    pub(super) fn unknown(name: &'static str, printed: Printed) -> Self {
        Self { polarity: Polarity::Unknown, ..Self::lower(name, printed) }
    }

    pub(super) fn label(self, key: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        Self { label: Some((key, value.into())), ..self }
    }

    pub(super) fn thread(self, thread: &'a str) -> Self {
        Self { thread: Some(thread), ..self }
    }

    pub(super) fn push(self, token: &str, place: &Place<'_>, out: &mut Writer<'_>) {
        let step = step(token, self.printed);
        self.push_in_steps(step, token, place, out);
    }

    /// As `push`, for a number whose decimals say more than is known.
    pub(super) fn push_in_steps(self, step: Option<f64>, token: &str, place: &Place<'_>, out: &mut Writer<'_>) {
        let Self { name, printed, polarity, label, thread } = self;
        let own = label.iter().map(|(key, value)| (*key, value.as_ref()));
        let labels = out.labels(place.labels().chain(own).chain(thread.map(|thread| ("thread", thread))));
        out.put(Quantity { name, printed: Some(printed), polarity }, labels, step, token);
    }
}

use prill_core::diagnostic::code;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::field::Counts;

pub(crate) const REQUEST: Printed = Printed::base("{request}");
pub(crate) const ERROR: Printed = Printed::base("{error}");
pub(crate) const RESPONSE: Printed = Printed::base("{response}");

/// A metric without its number.
#[derive(Clone, Copy)]
pub(crate) struct Kind<'a> {
    name: &'a str,
    printed: Printed,
    polarity: Polarity,
    label: Option<(&'static str, &'a str)>,
}

impl<'a> Kind<'a> {
    pub(crate) const fn new(name: &'a str, printed: Printed, polarity: Polarity) -> Self {
        Self { name, printed, polarity, label: None }
    }

    pub(crate) const fn lower(name: &'a str, printed: Printed) -> Self {
        Self::new(name, printed, Polarity::Lower)
    }

    pub(crate) const fn label(self, key: &'static str, value: &'a str) -> Self {
        Self { label: Some((key, value)), ..self }
    }

    pub(crate) fn put(self, token: &str, samples: Option<u64>, out: &mut MetricSink) {
        let mut metric = out.metric(self.name).unit(self.printed).polarity(self.polarity).samples(samples);
        if let Some((key, value)) = self.label {
            metric = metric.label(key, value);
        }
        if self.printed.unit != unit::BYTE.unit && number::is_token(token) {
            // All decimals are fixed, so that they are the step; times of the tables are whole milliseconds.
            let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(9));
            if decimals > 0 || self.printed == unit::MS {
                metric = metric.resolution(self.printed.scale.factor() * 0.1f64.powi(decimals as i32));
            }
        }
        metric.push(token);
    }

    /// Puts in a time, which is a placeholder where no request was answered.
    pub(crate) fn time(self, token: &str, counts: &Counts, out: &mut MetricSink) {
        if counts.is_empty() {
            out.warn(code::NO_SAMPLES, token, format!("{} has no value: no request succeeded", self.name));
            out.ignore(token, "placeholder");
        } else {
            self.put(token, counts.complete, out);
        }
    }
}

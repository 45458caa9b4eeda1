use prill_core::diagnostic::code;
use prill_core::extract::Series;
use prill_core::scan::{number, percentile, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::field::Counts;

pub(crate) const REQUEST: Printed = Printed::base("{request}");
pub(crate) const ERROR: Printed = Printed::base("{error}");
pub(crate) const RESPONSE: Printed = Printed::base("{response}");

/// A metric without its number.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    name: &'static str,
    printed: Printed,
    polarity: Polarity,
    label: Option<(&'static str, &'static str)>,
}

impl Kind {
    pub(crate) const fn new(name: &'static str, printed: Printed, polarity: Polarity) -> Self {
        Self { name, printed, polarity, label: None }
    }

    pub(crate) const fn lower(name: &'static str, printed: Printed) -> Self {
        Self::new(name, printed, Polarity::Lower)
    }

    pub(crate) const fn label(self, key: &'static str, value: &'static str) -> Self {
        Self { label: Some((key, value)), ..self }
    }

    /// Whether a series of `self` is one of `other`.
    fn is(self, other: Self) -> bool {
        self.name == other.name && self.label == other.label && self.polarity == other.polarity
    }
}

/// The metrics that were begun: a log may hold one run behind the other.
#[derive(Default)]
pub(crate) struct Known {
    kinds: Vec<(Kind, Series)>,
    /// By the whole percentile: of the CSV or alone, and of the table beside a CSV.
    percentiles: [Vec<Option<(String, Series)>>; 2],
}

impl Known {
    pub(crate) fn put(&mut self, kind: Kind, token: &str, samples: Option<u64>, out: &mut MetricSink) {
        let at = self.kinds.iter().position(|(known, _)| known.is(kind)).unwrap_or_else(|| {
            let metric = out.metric(kind.name).unit(kind.printed).polarity(kind.polarity);
            let metric = kind.label.into_iter().fold(metric, |metric, (key, value)| metric.label(key, value));
            self.kinds.push((kind, metric.series()));
            self.kinds.len() - 1
        });
        push(self.kinds[at].1, kind.printed, token, samples, out);
    }

    /// Puts in a time, which is a placeholder where no request was answered.
    pub(crate) fn time(&mut self, kind: Kind, token: &str, counts: &Counts, out: &mut MetricSink) {
        if counts.is_empty() {
            empty(kind.name, token, out);
        } else {
            self.put(kind, token, counts.complete, out);
        }
    }

    /// Puts in the percentile `share`, `again` when the CSV has it more exactly. False when it is none.
    pub(crate) fn percentile(&mut self, share: &str, token: &str, again: bool, counts: &Counts, out: &mut MetricSink) -> bool {
        // ab prints whole ones.
        let Some(whole) = share.parse::<usize>().ok().filter(|whole| *whole <= 100) else { return false };
        let known = &mut self.percentiles[usize::from(again)];
        if known.len() <= whole {
            known.resize(whole + 1, None);
        }
        if known[whole].is_none() {
            let Some(stat) = percentile::stat(share) else { return false };
            let name = format!("request.latency.{stat}");
            let metric = out.metric(&name).unit(unit::MS).lower();
            let series = if again { metric.label("source", "table") } else { metric }.series();
            known[whole] = Some((name, series));
        }
        let Some((name, series)) = &known[whole] else { return false };
        if counts.is_empty() {
            empty(name, token, out);
        } else {
            push(*series, unit::MS, token, counts.complete, out);
        }
        true
    }
}

fn empty(name: &str, token: &str, out: &mut MetricSink) {
    out.warn(code::NO_SAMPLES, token, format!("{name} has no value: no request succeeded"));
    out.ignore(token, "placeholder");
}

fn push(mut series: Series, printed: Printed, token: &str, samples: Option<u64>, out: &mut MetricSink) {
    // All decimals are fixed, so that they are the step; times of the tables are whole milliseconds.
    let decimals = token.len() - token.find('.').map_or(token.len(), |at| at + 1);
    if printed.unit != unit::BYTE.unit && (decimals > 0 || printed == unit::MS) {
        let step = number::value("1", printed.shift(-(decimals.min(9) as i8)).scale);
        step.into_iter().for_each(|step| _ = series.resolution(step));
    }
    out.push(series.samples(samples), token);
}

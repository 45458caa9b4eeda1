use prill_core::diagnostic::code;
use prill_core::extract::Emit;
use prill_core::scan::number;
use prill_core::{MetricSink, Polarity, Printed};

use crate::quantity::Quantity;

/// A result: of a benchmark, with parameters, or of something that was measured beside it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place<'a> {
    pub(crate) benchmark: &'a str,
    /// What it is that was measured beside it.
    pub(crate) label: Option<&'a str>,
    /// `size=10, kind=a`
    pub(crate) parameters: Option<&'a str>,
    pub(crate) fork: Option<&'a str>,
    /// The iteration.
    pub(crate) interval: Option<&'a str>,
    pub(crate) source: Option<&'static str>,
    pub(crate) samples: Option<u64>,
}

/// Which number of a result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part<'a> {
    Score,
    /// Half of the 99.9 % confidence interval.
    Margin,
    Low,
    High,
    Stat(&'a str),
}

const SAMPLE: Printed = Printed::base("{sample}");

impl Place<'_> {
    /// Puts in the number `token`, printed in `unit`. What is no number because of its decimal comma is said.
    pub(crate) fn put(&self, part: Part<'_>, token: &str, unit: &str, out: &mut MetricSink) {
        if ["NaN", "\u{221e}", "Infinity"].contains(&token) {
            return out.ignore(token, "placeholder");
        }
        if !number::is_token(token) {
            out.warn(code::NOT_A_NUMBER, token, format!("`{token}` is no number: run JMH with -Duser.language=en"));
            return out.ignore(token, "no number");
        }
        let quantity = Quantity::of(self.label, unit);
        if quantity.unit.is_none() && part == Part::Score && self.interval.is_none() {
            out.note(code::UNKNOWN_UNIT, token, format!("the unit `{unit}` is not known"));
        }
        let spread = part == Part::Margin || part == Part::Stat("stddev") && quantity.name != "time";
        let metric = out.metric(quantity.name).polarity(if spread { Polarity::Unknown } else { quantity.polarity });
        let metric = match (part, &quantity.stat) {
            (Part::Stat(stat), _) => metric.stat(stat),
            (Part::Margin, _) => metric.stat("margin"),
            (_, Some(stat)) => metric.stat(stat),
            (_, None) => metric,
        };
        let metric = match part {
            Part::Low => metric.label("bound", "low"),
            Part::High => metric.label("bound", "high"),
            _ => metric,
        };
        let metric = quantity.label.into_iter().fold(metric, |metric, (key, value)| metric.label(key, value.to_owned()));
        let metric = quantity.unit.into_iter().fold(metric, |metric, unit| metric.unit(unit));
        let metric = match quantity.unit.filter(|_| token == "0" && quantity.name != "gc.count") {
            Some(unit) => number::value("0.001", unit.scale).into_iter().fold(metric, Emit::resolution),
            None => metric,
        };
        self.labelled(metric, quantity.whole).samples(self.samples).push(token);
    }

    /// How many samples the score is the mean of.
    pub(crate) fn count(&self, token: &str, out: &mut MetricSink) {
        self.labelled(out.metric("sample.count").informational(), true).unit(SAMPLE).push(token);
    }

    fn labelled<'s>(&self, metric: Emit<'s>, whole: bool) -> Emit<'s> {
        let metric = match self.label.filter(|_| !whole) {
            Some(part) => metric.label("benchmark", format!("{}:{part}", self.benchmark)),
            None => metric.label("benchmark", self.benchmark.to_owned()),
        };
        let labels = [("parameters", self.parameters), ("fork", self.fork), ("interval", self.interval), ("source", self.source)];
        let labels = labels.into_iter().filter_map(|(key, value)| Some((key, value?)));
        labels.fold(metric, |metric, (key, value)| metric.label(key, value.to_owned()))
    }
}

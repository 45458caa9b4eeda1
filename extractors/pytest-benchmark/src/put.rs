use prill_core::diagnostic::code;
use prill_core::extract::Emit;
use prill_core::scan::unit;
use prill_core::{MetricSink, Polarity, Printed};

/// A benchmark.
#[derive(Clone, Debug)]
pub(crate) struct Benchmark<'a> {
    pub(crate) name: &'a str,
    pub(crate) group: Option<&'a str>,
    /// The earlier run that it is of, in a comparison.
    pub(crate) run: Option<&'a str>,
    /// Where another report has the same numbers, with more digits.
    pub(crate) source: Option<&'static str>,
    /// How many times it was timed.
    pub(crate) rounds: Option<u64>,
}

/// How the numbers of a benchmark are printed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    pub(crate) time: Printed,
    pub(crate) rate: Printed,
    /// The last printed decimal of a time, in seconds.
    pub(crate) step: Option<f64>,
}

impl Scale {
    /// Seconds, with all digits: the JSON report.
    pub(crate) const BASE: Self = Self { time: unit::SECOND, rate: RATE, step: None };
}

pub(crate) const RATE: Printed = Printed::base("{operation}/s");
const ROUND: Printed = Printed::base("{round}");
const ITERATION: Printed = Printed::base("{iteration}");

impl Benchmark<'_> {
    /// Puts in the column or the member `key` of the statistics. False for one that is not known.
    pub(crate) fn push(&self, key: &str, token: &str, scale: Scale, out: &mut MetricSink) -> bool {
        let stat = match key {
            "min" | "max" | "mean" | "stddev" | "iqr" => key,
            "median" => "p50",
            "q1" => "p25",
            "q3" => "p75",
            _ => return self.other(key, token, scale, out),
        };
        if self.rounds == Some(1) && ["stddev", "iqr"].contains(&stat) {
            // `stats.py` gives 0 for the spread of a single round.
            out.note(code::NO_SAMPLES, token, format!("time.{stat} of {} has no value: there was one round", self.name));
            out.ignore(token, "placeholder");
            return true;
        }
        // How far times lie apart is a time as well: less is better.
        let metric = scale.step.into_iter().fold(out.metric("time").stat(stat).lower(), Emit::resolution);
        self.labelled(metric).unit(scale.time).samples(self.rounds).push(token);
        true
    }

    fn other(&self, key: &str, token: &str, scale: Scale, out: &mut MetricSink) -> bool {
        let (name, printed, polarity, method) = match key {
            "ops" => ("operation.rate", scale.rate, Polarity::Higher, None),
            "rounds" => ("round.count", ROUND, Polarity::Informational, None),
            "iterations" => ("iteration.count", ITERATION, Polarity::Informational, None),
            "total" => ("time.sum", scale.time, Polarity::Unknown, None),
            "stddev_outliers" => ("outlier.count", ROUND, Polarity::Unknown, Some("stddev")),
            "iqr_outliers" => ("outlier.count", ROUND, Polarity::Unknown, Some("iqr")),
            _ => return false,
        };
        let metric = out.metric(name).unit(printed).polarity(polarity);
        let metric = method.into_iter().fold(metric, |metric, method| metric.label("method", method));
        self.labelled(metric).push(token);
        true
    }

    fn labelled<'s>(&self, metric: Emit<'s>) -> Emit<'s> {
        let metric = metric.label("benchmark", self.name.to_owned());
        let metric = self.group.into_iter().fold(metric, |metric, group| metric.label("group", group.to_owned()));
        let metric = self.run.into_iter().fold(metric, |metric, run| metric.label("run", run.to_owned()));
        self.source.into_iter().fold(metric, |metric, source| metric.label("source", source))
    }
}

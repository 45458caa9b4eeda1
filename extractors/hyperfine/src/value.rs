use std::borrow::Cow;

use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// A benchmark, and from which of two forms its numbers are.
#[derive(Clone, Debug)]
pub(crate) struct Benchmark<'t> {
    pub(crate) name: Cow<'t, str>,
    pub(crate) source: Option<&'static str>,
}

impl Benchmark<'_> {
    pub(crate) fn lower(&self, name: &str, printed: Printed, token: &str, out: &mut MetricSink) {
        self.put(name, &[], printed, Polarity::Lower, token, out);
    }

    pub(crate) fn unknown(&self, name: &str, printed: Printed, token: &str, out: &mut MetricSink) {
        self.put(name, &[], printed, Polarity::Unknown, token, out);
    }

    /// The mean time that processors were busy with it.
    pub(crate) fn cpu(&self, mode: &str, printed: Printed, token: &str, out: &mut MetricSink) {
        self.put("cpu_time.mean", &[("mode", mode)], printed, Polarity::Lower, token, out);
    }

    /// How many times as long as another it takes.
    pub(crate) fn ratio(&self, to: Option<&str>, token: &str, stddev: Option<&str>, out: &mut MetricSink) {
        let labels: Vec<(&str, &str)> = to.map(|to| ("to", to)).into_iter().collect();
        self.put("time.ratio", &labels, unit::RATIO, Polarity::Unknown, token, out);
        if let Some(stddev) = stddev {
            self.put("time.ratio.stddev", &labels, unit::RATIO, Polarity::Unknown, stddev, out);
        }
    }

    pub(crate) fn put(
        &self,
        name: &str,
        labels: &[(&str, &str)],
        printed: Printed,
        polarity: Polarity,
        token: &str,
        out: &mut MetricSink,
    ) {
        let mut metric = out.metric(name).label("benchmark", &*self.name).unit(printed).polarity(polarity);
        for (key, value) in labels {
            metric = metric.label(key, *value);
        }
        if let Some(source) = self.source {
            metric = metric.label("source", source);
        }
        if let Some(step) = self.step(token, printed) {
            metric = metric.resolution(step);
        }
        metric.push(token);
    }

    /// Few decimals are the printed step; many are all that there is.
    fn step(&self, token: &str, printed: Printed) -> Option<f64> {
        let digits = token.split_once('.').map(|(_, decimals)| decimals.len()).filter(|digits| (1..=3).contains(digits))?;
        number::value("1", printed.shift(-i8::try_from(digits).ok()?).scale)
    }
}

/// The units that text and tables have.
pub(crate) fn printed(word: &str) -> Option<Printed> {
    match word {
        "s" => Some(unit::SECOND),
        "ms" => Some(unit::MS),
        "\u{b5}s" | "\u{3bc}s" | "us" => Some(unit::US),
        _ => None,
    }
}

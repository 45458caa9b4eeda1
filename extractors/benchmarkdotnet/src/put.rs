use prill_core::extract::Emit;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// Which result a number is of.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'a> {
    pub(crate) benchmark: &'a str,
    /// `N=10, Runtime=.NET 8.0`
    pub(crate) parameters: Option<&'a str>,
    pub(crate) source: Option<&'static str>,
    pub(crate) samples: Option<u64>,
}

pub(crate) const SAMPLE: Printed = Printed::base("{sample}");
const COLLECTION: Printed = Printed::base("{collection}");
const RATE: Printed = Printed::base("{operation}/s");

/// The units of `TimeUnit.cs` and `SizeUnit.cs`, whose kilobyte has 1024 bytes.
pub(crate) fn printed(word: &str) -> Option<Printed> {
    Some(match word {
        "ps" => unit::NS.shift(-3),
        "ns" => unit::NS,
        "us" | "\u{3bc}s" | "\u{b5}s" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        "m" | "min" => unit::MINUTE,
        "h" => unit::HOUR,
        "B" => unit::BYTE,
        "KB" => unit::KIB,
        "MB" => unit::MIB,
        "GB" => unit::GIB,
        "TB" => unit::TIB,
        _ => return None,
    })
}

/// `1,234.5 ns`: the number and its unit.
pub(crate) fn value(text: &str) -> Option<(&str, Printed)> {
    let (token, rest) = number::leading_grouped(text.trim())?;
    Some((token, printed(rest.trim())?))
}

impl Place<'_> {
    pub(crate) fn time(&self, stat: &str, bound: Option<&'static str>, token: &str, printed: Printed, out: &mut MetricSink) {
        let polarity = if ["margin", "stderr"].contains(&stat) { Polarity::Unknown } else { Polarity::Lower };
        let metric = out.metric("time").stat(stat).polarity(polarity).unit(printed).samples(self.samples);
        self.push(bound.into_iter().fold(metric, |metric, bound| metric.label("bound", bound)), token);
    }

    pub(crate) fn rate(&self, token: &str, out: &mut MetricSink) {
        self.push(out.metric("operation.rate").higher().unit(RATE), token);
    }

    /// What an operation allocates.
    pub(crate) fn allocated(&self, token: &str, printed: Printed, out: &mut MetricSink) {
        self.push(out.metric("allocation.bytes").lower().unit(printed), token);
    }

    pub(crate) fn code(&self, token: &str, printed: Printed, out: &mut MetricSink) {
        self.push(out.metric("code.size").lower().unit(printed), token);
    }

    /// Collections by 1000 operations.
    pub(crate) fn collected(&self, generation: &str, token: &str, out: &mut MetricSink) {
        let metric = out.metric("collection.mean").lower().unit(COLLECTION.shift(-3));
        self.push(metric.label("generation", generation.to_owned()), token);
    }

    /// Collections in the whole measurement.
    pub(crate) fn collections(&self, generation: &'static str, token: &str, out: &mut MetricSink) {
        self.push(out.metric("gc.count").lower().unit(COLLECTION).label("generation", generation), token);
    }

    pub(crate) fn count(&self, token: &str, out: &mut MetricSink) {
        self.push(out.metric("sample.count").informational().unit(SAMPLE), token);
    }

    fn push(&self, metric: Emit<'_>, token: &str) {
        let metric = metric.label("benchmark", self.benchmark.to_owned());
        let labels = [("parameters", self.parameters), ("source", self.source)];
        let labels = labels.into_iter().filter_map(|(key, value)| Some((key, value?)));
        labels.fold(metric, |metric, (key, value)| metric.label(key, value.to_owned())).push(token);
    }
}

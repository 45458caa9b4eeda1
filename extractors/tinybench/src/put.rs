use prill_core::extract::Emit;
use prill_core::scan::unit;
use prill_core::{MetricSink, Polarity, Printed};

/// A benchmark.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Benchmark<'a> {
    pub(crate) name: &'a str,
    /// The file and the suites around it.
    pub(crate) group: Option<&'a str>,
    /// It is of an earlier run that this one is compared with.
    pub(crate) run: Option<&'static str>,
    /// Where the report has the same numbers, with all digits.
    pub(crate) source: Option<&'static str>,
    pub(crate) samples: Option<u64>,
}

pub(crate) const RATE: Printed = Printed::base("{operation}/s");
const SAMPLE: Printed = Printed::base("{sample}");

impl Benchmark<'_> {
    /// A statistic of the time of a call.
    pub(crate) fn time(&self, stat: &str, token: &str, printed: Printed, out: &mut MetricSink) {
        let polarity = if stat == "margin" || stat == "stderr" { Polarity::Unknown } else { Polarity::Lower };
        let digits = token.split_once('.').map(|(_, decimals)| decimals.len()).filter(|digits| *digits == 4);
        let step = digits.and_then(|_| prill_core::scan::number::value("0.0001", printed.scale));
        let metric = out.metric("time").stat(stat).polarity(polarity).unit(printed);
        self.push(step.into_iter().fold(metric, Emit::resolution), token);
    }

    /// The sum of all calls.
    pub(crate) fn sum(&self, token: &str, printed: Printed, out: &mut MetricSink) {
        self.push(out.metric("time").stat("sum").unit(printed), token);
    }

    /// How many calls there are in a second: a mean without `stat`.
    pub(crate) fn rate(&self, stat: Option<&str>, token: &str, out: &mut MetricSink) {
        let metric = out.metric("operation.rate").higher().unit(RATE);
        self.push(stat.into_iter().fold(metric, |metric, stat| metric.stat(stat)), token);
    }

    /// The spread of a median: the median of the distances from it.
    pub(crate) fn deviation(&self, of: &str, token: &str, printed: Printed, out: &mut MetricSink) {
        let polarity = if of == "time" { Polarity::Lower } else { Polarity::Unknown };
        self.push(out.metric(of).stat("mad").polarity(polarity).unit(printed), token);
    }

    /// Half of the confidence interval of the mean, as a share of it.
    pub(crate) fn margin(&self, of: &str, token: &str, out: &mut MetricSink) {
        self.push(out.metric(of).stat("relative_margin").unit(unit::PERCENT), token);
    }

    pub(crate) fn count(&self, token: &str, out: &mut MetricSink) {
        self.push(out.metric("sample.count").informational().unit(SAMPLE), token);
    }

    fn push(&self, metric: Emit<'_>, token: &str) {
        let metric = metric.label("benchmark", self.name.to_owned()).samples(self.samples);
        let labels = [("group", self.group), ("run", self.run), ("source", self.source)];
        let labels = labels.into_iter().filter_map(|(key, value)| Some((key, value?)));
        labels.fold(metric, |metric, (key, value)| metric.label(key, value.to_owned())).push(token);
    }
}

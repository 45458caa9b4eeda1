use prill_core::extract::Emit;
use prill_core::scan::unit;
use prill_core::{MetricSink, Printed};

/// A benchmark.
#[derive(Clone, Debug, Default)]
pub(crate) struct Benchmark {
    pub(crate) name: String,
    /// The test case and the sections that it is in.
    pub(crate) group: String,
    pub(crate) samples: Option<u64>,
}

pub(crate) const SAMPLE: Printed = Printed::base("{sample}");
pub(crate) const ITERATION: Printed = Printed::base("{iteration}");

impl Benchmark {
    /// How many samples there were, and how many iterations each has.
    pub(crate) fn counts(&mut self, samples: &str, iterations: &str, out: &mut MetricSink) {
        self.samples = samples.parse().ok();
        self.labelled(out.metric("sample.count").informational()).unit(SAMPLE).push(samples);
        self.labelled(out.metric("iteration.count").informational()).unit(ITERATION).push(iterations);
    }

    /// An estimate of the time, and the bounds of its confidence interval.
    pub(crate) fn time(&self, stat: &str, bound: Option<&'static str>, (token, printed): (&str, Printed), out: &mut MetricSink) {
        // 2.11 prints whole nanoseconds.
        let metric = if token == "0" { out.metric("time").stat(stat).resolution(1e-9) } else { out.metric("time").stat(stat) };
        let metric = bound.into_iter().fold(metric, |metric, bound| metric.label("bound", bound));
        self.labelled(metric.lower()).unit(printed).samples(self.samples).push(token);
    }

    pub(crate) fn expected(&self, (token, printed): (&str, Printed), out: &mut MetricSink) {
        self.labelled(out.metric("elapsed.expected").informational()).unit(printed).push(token);
    }

    pub(crate) fn outliers(&self, kind: &'static str, token: &str, out: &mut MetricSink) {
        self.labelled(out.metric("outlier.count").label("kind", kind)).unit(SAMPLE).push(token);
    }

    pub(crate) fn outlier_variance(&self, token: &str, out: &mut MetricSink) {
        self.labelled(out.metric("outlier.variance").unit(unit::RATIO)).push(token);
    }

    fn labelled<'s>(&'s self, metric: Emit<'s>) -> Emit<'s> {
        let metric = metric.label("benchmark", &*self.name);
        if self.group.is_empty() { metric } else { metric.label("group", &*self.group) }
    }
}

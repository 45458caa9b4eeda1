use prill_core::extract::{LabelSet, Series};
use prill_core::{MetricSink, Printed};

use crate::column::{Measure, Object};

/// What a column measures, of which one number is put in after the other.
pub(crate) struct Numbers {
    series: Series,
    /// The unit; none where it is not known.
    printed: Option<Printed>,
    /// How many decimals the last number had.
    decimals: Option<usize>,
}

impl Numbers {
    /// `is_message` says whether the table has a throughput, as those of messages have.
    pub(crate) fn begin(measure: &Measure, is_message: bool, out: &mut MetricSink) -> Self {
        let name = match measure.object {
            Object::Latency if is_message => "message.latency",
            Object::Latency => "collective.latency",
            Object::Rate => "message.rate",
            Object::Overlap => "overlap",
        };
        let metric = measure.stat.into_iter().fold(out.metric(name), prill_core::extract::Emit::stat);
        let series = metric.unit(measure.unit).polarity(measure.polarity).series();
        Self { series, printed: Some(measure.unit), decimals: None }
    }

    pub(crate) fn throughput(printed: Option<Printed>, out: &mut MetricSink) -> Self {
        let metric = out.metric("throughput").higher();
        let series = printed.into_iter().fold(metric, prill_core::extract::Emit::unit).series();
        Self { series, printed, decimals: None }
    }

    pub(crate) fn put(&mut self, labels: LabelSet, token: &str, out: &mut MetricSink) {
        if let Some(printed) = self.printed {
            let decimals = token.bytes().position(|byte| byte == b'.').map_or(0, |point| (token.len() - point - 1).min(9));
            if self.decimals != Some(decimals) {
                self.decimals = Some(decimals);
                // All decimals are printed, so that the last one is the step.
                self.series.resolution(printed.scale.factor() * 0.1f64.powi(decimals as i32));
            }
        }
        out.push(self.series.labels(labels), token);
    }
}

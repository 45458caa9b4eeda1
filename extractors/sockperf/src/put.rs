use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

pub(crate) const MESSAGE: Printed = Printed::base("{message}");
pub(crate) const MESSAGES: Printed = Printed::base("{message}/s");

/// What a number is of.
#[derive(Clone, Copy, Default)]
pub(crate) struct Of<'t> {
    /// The number of the server; the first has none.
    pub(crate) server: Option<&'t str>,
    /// `total` for a run with its warm-up and its end.
    pub(crate) phase: Option<&'static str>,
    /// Says which of two ways of saying the same it is.
    pub(crate) source: Option<&'static str>,
    pub(crate) samples: Option<u64>,
}

impl Of<'_> {
    pub(crate) fn put(self, name: &str, printed: Printed, polarity: Polarity, token: &str, out: &mut MetricSink) {
        let mut metric = out.metric(name).unit(printed).polarity(polarity).samples(self.samples);
        for (key, value) in [("server", self.server), ("phase", self.phase), ("source", self.source)] {
            if let Some(value) = value {
                metric = metric.label(key, value);
            }
        }
        // All decimals are fixed, so that they are the step.
        if let Some((_, decimals)) = token.split_once('.').filter(|_| number::is_token(token)) {
            metric = metric.resolution(printed.scale.factor() * 0.1f64.powi(decimals.len().min(9) as i32));
        }
        metric.push(token);
    }

    /// Times are microseconds.
    pub(crate) fn time(self, name: &str, token: &str, out: &mut MetricSink) {
        self.put(name, unit::US, Polarity::Lower, token, out);
    }
}

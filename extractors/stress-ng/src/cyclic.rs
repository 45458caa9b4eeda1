use prill_core::scan::{Search, number, percentile, unit};
use prill_core::{MetricSink, Printed};

use crate::line::LogLine;

/// What the stressor `cyclic` says of its wake-ups, in messages and whether `--metrics` was asked for or not.
///
/// `stress-cyclic.c` of 0.13 to 0.22; before, the percentiles were nanoseconds that were called `us`, and are not read.
#[derive(Default)]
pub(crate) struct Cyclic {
    samples: Option<u64>,
}

impl Cyclic {
    /// `cyclic: sched SCHED_FIFO: 100000 ns delay, 8218 samples`, `cyclic:   mean: 14367.55 ns, mode: 10858 ns`.
    pub(crate) fn row(&mut self, line: &LogLine<'_>, out: &mut MetricSink) -> bool {
        let Some(text) = line.text.strip_prefix("cyclic: ").filter(|_| line.ended) else { return false };
        let text = text.trim();
        if let Some(settings) = text.strip_prefix("sched ") {
            return self.samples(settings, out);
        }
        if let Some(row) = percentile::row(text).filter(|row| row.rest == "ns") {
            let Some(stat) = percentile::stat(row.percentile) else { return false };
            out.ignore(row.percentile, "names a percentile");
            self.push(&stat, row.value, out);
            return true;
        }
        let is_statistic = |part: &str| statistic(part).is_some();
        if !text.starts_with("mean: ") && !text.starts_with("min: ") || !text.parts(", ").all(is_statistic) {
            return false;
        }
        for (stat, token) in text.parts(", ").filter_map(statistic) {
            if stat == "mode" {
                out.ignore(token, "the most frequent latency");
            } else {
                self.push(stat, token, out);
            }
        }
        true
    }

    fn samples(&mut self, settings: &str, out: &mut MetricSink) -> bool {
        let Some((delay, token)) = settings.strip_suffix(" samples").and_then(|rest| rest.cut(" ns delay, ")) else {
            return false;
        };
        self.samples = token.parse().ok();
        out.ignore(delay, "setting");
        out.metric("wakeup.count").label("stressor", "cyclic").unit(Printed::base("{wakeup}")).informational().push(token);
        true
    }

    fn push(&self, stat: &str, token: &str, out: &mut MetricSink) {
        let metric = out.metric("wakeup.latency").stat(stat).label("stressor", "cyclic").unit(unit::NS).samples(self.samples);
        if stat == "stddev" { metric.push(token) } else { metric.lower().push(token) }
    }
}

/// `min: 6791 ns`, `std.dev. 20276.16`.
fn statistic(part: &str) -> Option<(&str, &str)> {
    if let Some(token) = part.strip_prefix("std.dev. ") {
        return number::is_token(token).then_some(("stddev", token));
    }
    let (stat, rest) = part.cut(": ")?;
    let token = rest.strip_suffix(" ns").filter(|token| number::is_token(token))?;
    ["mean", "mode", "min", "max"].contains(&stat).then_some((stat, token))
}

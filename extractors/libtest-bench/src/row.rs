use std::borrow::Cow;

use prill_core::MetricSink;
use prill_core::extract::Kept;
use prill_core::scan::{number, unit};

/// The times of one benchmark. Numbers are slices of the text.
#[derive(Clone, Debug)]
pub(crate) struct Row<'t> {
    pub(crate) name: Cow<'t, str>,
    /// In nanoseconds.
    pub(crate) median: &'t str,
    /// In nanoseconds.
    pub(crate) spread: Option<&'t str>,
    /// In 10^6 bytes a second: `mb_s` is bytes times 1000 by nanoseconds, also where JSON calls it `mib_per_second`.
    pub(crate) throughput: Option<&'t str>,
    /// Whether the numbers have as many decimals as are printed.
    pub(crate) is_fixed: bool,
}

/// What stands behind `+/-`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Spread {
    /// The slowest sample less the fastest: libtest and the crate bencher.
    Range,
    /// criterion's bencher style.
    StandardDeviation,
}

impl Spread {
    /// Rows of criterion have no suite around them, and the command line asks for them.
    pub(crate) fn of(argv: Option<&[String]>, is_suite: bool) -> Self {
        let asked = argv.is_some_and(|argv| argv.iter().any(|arg| arg == "bencher" || arg == "--output-format=bencher"));
        if asked || !is_suite { Self::StandardDeviation } else { Self::Range }
    }
}

/// Puts in one row after the other.
#[derive(Default)]
pub(crate) struct Put {
    series: Kept<&'static str>,
}

impl Put {
    pub(crate) fn row(&mut self, row: &Row<'_>, spread: Spread, out: &mut MetricSink) {
        let labels = out.labels([("benchmark", &*row.name)]);
        let median = self.series.get("time.p50", |name| out.metric(name).unit(unit::NS).lower().series());
        out.push(median.labels(labels).resolution(row.step()), row.median);
        if let Some(token) = row.spread {
            let series = match spread {
                Spread::Range => self.series.get("time.range", |name| out.metric(name).unit(unit::NS).series()),
                Spread::StandardDeviation => {
                    self.series.get("time.stddev", |name| out.metric(name).unit(unit::NS).lower().series())
                }
            };
            out.push(series.labels(labels), token);
        }
        if let Some(token) = row.throughput {
            let series = self.series.get("throughput", |name| out.metric(name).unit(unit::MB_PER_S).higher().series());
            out.push(series.labels(labels), token);
        }
    }
}

impl Row<'_> {
    /// The last printed decimal of the median.
    fn step(&self) -> Option<f64> {
        let decimals = self.median.bytes().rev().position(|byte| byte == b'.').unwrap_or_default();
        let step = *["1", "0.1", "0.01"].get(decimals).filter(|_| self.is_fixed)?;
        number::value(step, unit::NS.scale)
    }
}

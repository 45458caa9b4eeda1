use std::borrow::Cow;

use prill_core::MetricSink;
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

impl Row<'_> {
    pub(crate) fn push(&self, spread: Spread, out: &mut MetricSink) {
        let step = |token: &str| {
            let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let step = *["1", "0.1", "0.01"].get(decimals).filter(|_| self.is_fixed)?;
            number::value(step, unit::NS.scale)
        };
        let median = out.metric("time.p50").label("benchmark", &*self.name).unit(unit::NS).lower();
        step(self.median).into_iter().fold(median, prill_core::extract::Emit::resolution).push(self.median);
        if let Some(token) = self.spread {
            let metric = match spread {
                Spread::Range => out.metric("time.range"),
                Spread::StandardDeviation => out.metric("time.stddev").lower(),
            };
            metric.label("benchmark", &*self.name).unit(unit::NS).push(token);
        }
        if let Some(token) = self.throughput {
            out.metric("throughput").label("benchmark", &*self.name).unit(unit::MB_PER_S).higher().push(token);
        }
    }
}

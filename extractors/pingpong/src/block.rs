use prill_core::diagnostic::code;
use prill_core::scan::{Line, Printed, Search, number, percentile, unit};
use prill_core::{MetricSink, Polarity};

const NAME: &str = "wakeup.latency";
const WAKEUPS: Printed = Printed::base("{wakeup}");
const WAKEUPS_PER_SECOND: Printed = Printed::base("{wakeup}/s");
const CALLS: Printed = Printed::base("{call}");

/// The title of a block: `Wake-ups of pair 0 in us (6791 samples)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Title<'t> {
    /// The number of the pair; `None` for all pairs together.
    pub(crate) pair: Option<&'t str>,
    samples: &'t str,
}

impl<'t> Title<'t> {
    pub(crate) fn read(line: &'t str) -> Option<Self> {
        let (whose, samples) = line.trim_end().strip_prefix("Wake-ups of ")?.cut(" in us (")?;
        let samples = samples.strip_suffix(" samples)")?;
        let pair = if whose == "all pairs" { None } else { Some(whose.strip_prefix("pair ")?) };
        Some(Self { pair, samples })
    }

    /// The title's own number: the count.
    pub(crate) fn write(&self, throttled: bool, out: &mut MetricSink) {
        if let Some(pair) = self.pair {
            out.ignore(pair, "the number of a pair");
        }
        let count = self.emit(NAME, out).stat("count").unit(WAKEUPS).polarity(work(throttled));
        count.push(self.samples);
        if self.count() == Some(0) {
            out.warn(code::NO_SAMPLES, self.samples, format!("no wake-up of {} was measured", self.whose()));
        }
    }

    /// A row of the block; false when it is none.
    pub(crate) fn row(&self, line: Line<'t>, throttled: bool, out: &mut MetricSink) -> bool {
        let row = line.trimmed();
        if let Some((percent, rest)) = row.cut("th: ") {
            self.percentile(percent, rest, out)
        } else if let Some(rate) = row.strip_prefix("wake-ups per second: ") {
            self.emit("wakeup.rate", out).unit(WAKEUPS_PER_SECOND).polarity(work(throttled)).push(rate);
            true
        } else if let Some(calls) = row.strip_prefix("calls to a thread still awake: ") {
            self.emit("call.awake", out).unit(CALLS).informational().push(calls);
            true
        } else {
            row.starts_with("min=") && row.parts(", ").all(|pair| self.pair(pair, out))
        }
    }

    fn percentile(&self, percent: &'t str, rest: &'t str, out: &mut MetricSink) -> bool {
        let Some(stat) = percentile::stat(percent) else { return false };
        let Some((value, step)) = rest.cut(" (step ") else { return false };
        out.ignore(percent, "which percentile");
        let step = step.strip_suffix(')').and_then(|step| {
            out.ignore(step, "the width of a bucket");
            number::value(step, unit::US.scale)
        });
        let mut metric = self.emit(NAME, out).stat(&stat).unit(unit::US).lower().samples(self.count());
        if let Some(step) = step {
            metric = metric.resolution(step);
        }
        metric.push(value.trim());
        true
    }

    fn pair(&self, text: &'t str, out: &mut MetricSink) -> bool {
        let Some((stat @ ("min" | "mean" | "max"), value)) = text.split_once('=') else { return false };
        self.emit(NAME, out).stat(stat).unit(unit::US).lower().samples(self.count()).push(value);
        true
    }

    fn emit<'s>(&'s self, name: &'s str, out: &'s mut MetricSink) -> prill_core::extract::Emit<'s> {
        let metric = out.metric(name);
        match self.pair {
            Some(pair) => metric.label("pair", pair),
            None => metric,
        }
    }

    fn count(&self) -> Option<u64> {
        self.samples.parse().ok()
    }

    fn whose(&self) -> String {
        self.pair.map_or_else(|| "any pair".to_owned(), |pair| format!("pair {pair}"))
    }
}

/// The direction of the work that was done.
fn work(throttled: bool) -> Polarity {
    if throttled { Polarity::Informational } else { Polarity::Higher }
}

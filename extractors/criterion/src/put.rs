use prill_core::diagnostic::code;
use prill_core::extract::{Emit, Kept, LabelSet};
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::interval::{Bound, Interval};

const ELEMENTS: Printed = Printed::base("{element}/s");
const SAMPLES: Printed = Printed::base("{sample}");

/// How `--verbose` says that a mean was estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Estimator {
    Slope,
    Mean,
}

impl Estimator {
    fn label(self) -> &'static str {
        match self {
            Self::Slope => "slope",
            Self::Mean => "mean",
        }
    }
}

/// A quantity that an interval is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Quantity {
    /// Which of several estimates of the mean; none for the one that is shown without `--verbose`.
    Mean(Option<Estimator>),
    Median,
    Stddev,
    /// The median absolute deviation.
    Mad,
    Throughput,
    TimeChange,
    ThroughputChange,
}

impl Quantity {
    fn is_change(self) -> bool {
        matches!(self, Self::TimeChange | Self::ThroughputChange)
    }

    fn is_throughput(self) -> bool {
        matches!(self, Self::Throughput | Self::ThroughputChange)
    }

    /// `None` for a throughput, where the unit decides.
    fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Mean(_) => "time.mean",
            Self::Median => "time.p50",
            Self::Stddev => "time.stddev",
            Self::Mad => "time.mad",
            Self::TimeChange => "time.change",
            Self::ThroughputChange => "throughput.change",
            Self::Throughput => return None,
        })
    }

    fn estimator(self) -> Option<Estimator> {
        if let Self::Mean(estimator) = self { estimator } else { None }
    }
}

/// Puts in what belongs to one benchmark after the other.
#[derive(Default)]
pub(crate) struct Put<'t> {
    benchmark: &'t str,
    /// The sets of labels of this benchmark.
    sets: Vec<((Bound, Option<Estimator>), LabelSet)>,
    series: Kept<(Option<Quantity>, usize)>,
    /// The last unit: all numbers of an interval have the same.
    unit: usize,
}

impl<'t> Put<'t> {
    /// From here on the benchmark of this name.
    pub(crate) fn name(&mut self, benchmark: &'t str) {
        if self.benchmark != benchmark {
            self.benchmark = benchmark;
            self.sets.clear();
        }
    }

    /// Puts in the values of `interval`.
    pub(crate) fn interval(&mut self, quantity: Quantity, interval: &Interval<'_>, out: &mut MetricSink) {
        for (bound, token, word) in interval.bounds() {
            if quantity.is_change() {
                self.change(quantity, bound, token, out);
                continue;
            }
            match self.unit(word).filter(|at| (UNITS[*at].1.unit == unit::SECOND.unit) != quantity.is_throughput()) {
                Some(at) => self.known(quantity, bound, token, at, out),
                // A measurement of one's own: `cycles`.
                None => counter(self.benchmark, quantity, bound, (token, word), out),
            }
        }
    }

    fn unit(&mut self, word: &str) -> Option<usize> {
        if UNITS[self.unit].0 != word {
            self.unit = UNITS.iter().position(|(spelling, _)| *spelling == word)?;
        }
        Some(self.unit)
    }

    fn known(&mut self, quantity: Quantity, bound: Bound, token: &str, at: usize, out: &mut MetricSink) {
        let labels = self.labels(bound, quantity.estimator(), out);
        let printed = UNITS[at].1;
        let series = self.series.get((Some(quantity), at), |_| {
            let rate = if printed.unit == ELEMENTS.unit { "item.rate" } else { "throughput" };
            let polarity = if quantity.is_throughput() { Polarity::Higher } else { Polarity::Lower };
            out.metric(quantity.name().unwrap_or(rate)).polarity(polarity).unit(printed).series()
        });
        let step = if quantity.is_throughput() { None } else { step(token, printed) };
        out.push(series.labels(labels).resolution(step), token);
    }

    /// A ratio to the run before this one.
    fn change(&mut self, quantity: Quantity, bound: Bound, token: &str, out: &mut MetricSink) {
        let polarity = if quantity == Quantity::TimeChange { Polarity::Lower } else { Polarity::Higher };
        let name = quantity.name().unwrap_or_default();
        if let Some(value) = token.strip_prefix('\u{2212}').and_then(|digits| number::value(digits, unit::PERCENT.scale)) {
            // A typographic minus sign, since 0.4: the token is no number for a machine.
            let span = out.span_of(token);
            let metric = out.metric(name).polarity(polarity).unit(unit::PERCENT).label("benchmark", self.benchmark);
            let metric = bound.label().into_iter().fold(metric, |metric, bound| metric.label("bound", bound));
            return metric.push_derived(-value, vec![span]);
        }
        let labels = self.labels(bound, None, out);
        let series = self.series.get((Some(quantity), 0), |_| out.metric(name).polarity(polarity).unit(unit::PERCENT).series());
        out.push(series.labels(labels), token);
    }

    /// How many measurements lie outside; of a `kind`, or of all.
    pub(crate) fn outliers(&mut self, count: &str, kind: Option<&str>, out: &mut MetricSink) {
        let benchmark = ("benchmark", self.benchmark);
        let labels = match kind {
            Some(kind) => out.labels([benchmark, ("kind", kind)]),
            None => out.labels([benchmark]),
        };
        let series = self.series.get((None, 0), |_| out.metric("outlier.count").unit(SAMPLES).series());
        out.push(series.labels(labels), count);
    }

    fn labels(&mut self, bound: Bound, estimator: Option<Estimator>, out: &mut MetricSink) -> LabelSet {
        if let Some((_, set)) = self.sets.iter().find(|(of, _)| *of == (bound, estimator)) {
            return *set;
        }
        let optional = [("bound", bound.label()), ("estimator", estimator.map(Estimator::label))];
        let optional = optional.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let set = out.labels([("benchmark", self.benchmark)].into_iter().chain(optional));
        self.sets.push(((bound, estimator), set));
        set
    }
}

fn counter(benchmark: &str, quantity: Quantity, bound: Bound, (token, word): (&str, &str), out: &mut MetricSink) {
    if quantity.is_throughput() {
        let message = format!("`{word}` is a unit that criterion does not print: the throughput of {benchmark} has none");
        out.warn(code::UNKNOWN_UNIT, word, message);
    }
    let name = match quantity {
        Quantity::Throughput | Quantity::ThroughputChange => "throughput",
        Quantity::Median => "counter.p50",
        Quantity::Stddev => "counter.stddev",
        Quantity::Mad => "counter.mad",
        Quantity::Mean(_) | Quantity::TimeChange => "counter",
    };
    let metric = out.metric(name).label("benchmark", benchmark).label("counter", word.to_owned());
    let metric = quantity.estimator().into_iter().fold(metric, |metric: Emit<'_>, by| metric.label("estimator", by.label()));
    bound.label().into_iter().fold(metric, |metric, bound| metric.label("bound", bound)).push(token);
}

/// The units of `DurationFormatter` of `measurement.rs`. `KB` is 1000 bytes there, beside `KiB`.
const UNITS: [(&str, Printed); 21] = [
    ("ns", unit::NS),
    ("µs", unit::US),
    ("ms", unit::MS),
    ("s", unit::SECOND),
    ("ps", unit::SECOND.shift(-12)),
    ("us", unit::US),
    ("B/s", unit::BYTE_PER_S),
    ("KiB/s", unit::KIB_PER_S),
    ("MiB/s", unit::MIB_PER_S),
    ("GiB/s", unit::GIB_PER_S),
    ("KB/s", unit::KB_PER_S),
    ("MB/s", unit::MB_PER_S),
    ("GB/s", unit::GB_PER_S),
    ("b/s", unit::BIT_PER_S),
    ("Kb/s", unit::KBIT_PER_S),
    ("Mb/s", unit::MBIT_PER_S),
    ("Gb/s", unit::GBIT_PER_S),
    ("elem/s", ELEMENTS),
    ("Kelem/s", ELEMENTS.shift(3)),
    ("Melem/s", ELEMENTS.shift(6)),
    ("Gelem/s", ELEMENTS.shift(9)),
];

/// The last printed decimal of a time: `format::short` prints from none to four.
fn step(token: &str, printed: Printed) -> Option<f64> {
    const STEPS: [&str; 5] = ["1", "0.1", "0.01", "0.001", "0.0001"];
    let decimals = token.bytes().rev().position(|byte| byte == b'.').unwrap_or_default();
    number::value(STEPS.get(decimals)?, printed.scale)
}

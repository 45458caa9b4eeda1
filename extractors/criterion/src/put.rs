use prill_core::extract::Emit;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::interval::Interval;

const ELEMENTS: Printed = Printed::base("{element}/s");

/// A quantity that an interval is of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity<'a> {
    pub(crate) benchmark: &'a str,
    /// `time.mean`; of a measurement that is none of time, and of a throughput, the unit decides.
    pub(crate) name: &'static str,
    /// Which of several estimates of the same quantity.
    pub(crate) estimator: Option<&'static str>,
}

/// Puts in the values of `interval`.
pub(crate) fn interval(quantity: Quantity<'_>, interval: &Interval<'_>, out: &mut MetricSink) {
    for (bound, token, word) in interval.bounds() {
        let known = if word == "%" { None } else { printed(word) };
        match (quantity.name, known) {
            ("time.change" | "throughput.change", _) => change(quantity, bound, token, out),
            ("throughput", Some(printed)) => throughput(quantity, bound, token, printed, out),
            (name, Some(printed)) if printed.unit == unit::SECOND.unit => {
                let step = step(token, printed);
                let metric = step.into_iter().fold(out.metric(name).lower().unit(printed), Emit::resolution);
                labelled(metric, quantity, bound).push(token);
            }
            // A measurement of one's own: `cycles`.
            _ => labelled(out.metric("counter").label("counter", word.to_owned()), quantity, bound).push(token),
        }
    }
}

fn throughput(quantity: Quantity<'_>, bound: Option<&'static str>, token: &str, printed: Printed, out: &mut MetricSink) {
    let name = if printed.unit == ELEMENTS.unit { "item.rate" } else { "throughput" };
    labelled(out.metric(name).higher().unit(printed), quantity, bound).push(token);
}

/// A ratio to the run before this one.
fn change(quantity: Quantity<'_>, bound: Option<&'static str>, token: &str, out: &mut MetricSink) {
    let polarity = if quantity.name == "time.change" { Polarity::Lower } else { Polarity::Higher };
    let span = out.span_of(token);
    let metric = labelled(out.metric(quantity.name).polarity(polarity).unit(unit::PERCENT), quantity, bound);
    match token.strip_prefix('\u{2212}').and_then(|digits| number::value(digits, unit::PERCENT.scale)) {
        // A typographic minus sign, since 0.4: the token is no number for a machine.
        Some(value) => metric.push_derived(-value, vec![span]),
        None => metric.push(token),
    }
}

fn labelled<'s>(metric: Emit<'s>, quantity: Quantity<'s>, bound: Option<&'static str>) -> Emit<'s> {
    let metric = metric.label("benchmark", quantity.benchmark);
    let metric = quantity.estimator.into_iter().fold(metric, |metric, name| metric.label("estimator", name));
    bound.into_iter().fold(metric, |metric, bound| metric.label("bound", bound))
}

/// The units of `DurationFormatter` of `measurement.rs`. `KB` is 1000 bytes there, beside `KiB`.
fn printed(word: &str) -> Option<Printed> {
    Some(match word {
        "ps" => unit::SECOND.shift(-12),
        "ns" => unit::NS,
        "us" | "µs" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        "B/s" => unit::BYTE_PER_S,
        "KiB/s" => unit::KIB_PER_S,
        "MiB/s" => unit::MIB_PER_S,
        "GiB/s" => unit::GIB_PER_S,
        "KB/s" => unit::KB_PER_S,
        "MB/s" => unit::MB_PER_S,
        "GB/s" => unit::GB_PER_S,
        "b/s" => unit::BIT_PER_S,
        "Kb/s" => unit::KBIT_PER_S,
        "Mb/s" => unit::MBIT_PER_S,
        "Gb/s" => unit::GBIT_PER_S,
        "elem/s" => ELEMENTS,
        "Kelem/s" => ELEMENTS.shift(3),
        "Melem/s" => ELEMENTS.shift(6),
        "Gelem/s" => ELEMENTS.shift(9),
        _ => return None,
    })
}

/// The last printed decimal of a time: `format::short` prints from none to four.
fn step(token: &str, printed: Printed) -> Option<f64> {
    const STEPS: [&str; 5] = ["1", "0.1", "0.01", "0.001", "0.0001"];
    let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    number::value(STEPS.get(decimals)?, printed.scale)
}

use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

pub(crate) const REQUEST: Printed = Printed::base("{request}");
pub(crate) const REQUESTS: Printed = Printed::base("{request}/s");

/// A number and how it is printed.
pub(crate) type Quantity<'t> = (&'t str, Printed);

/// `578us`, `1.02ms`, `1.00s` (`format_duration` in `util.cc`).
pub(crate) fn time(word: &str) -> Option<Quantity<'_>> {
    let (token, suffix) = number::leading(word)?;
    let printed = match suffix {
        "us" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        _ => return None,
    };
    Some((token, printed))
}

/// `4.51MB`: powers of 1024 (`utos_funit`).
pub(crate) fn bytes(word: &str, base: Printed) -> Option<Quantity<'_>> {
    let (token, suffix) = number::leading(word)?;
    let power = ["B", "KB", "MB", "GB"].iter().position(|known| *known == suffix)?;
    Some((token, base.shift2(10 * power as i8)))
}

/// Puts in a number, with a label when there is one.
pub(crate) fn put(
    name: &str,
    polarity: Polarity,
    (token, printed): Quantity<'_>,
    label: Option<(&'static str, &str)>,
    out: &mut MetricSink,
) {
    let mut metric = out.metric(name).unit(printed).polarity(polarity);
    if let Some((key, value)) = label {
        metric = metric.label(key, value);
    }
    // All decimals are fixed, so that they are the step; times below a millisecond have none.
    let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(9));
    if decimals > 0 || printed == unit::US {
        metric = metric.resolution(printed.scale.factor() * 0.1f64.powi(decimals as i32));
    }
    metric.push(token);
}

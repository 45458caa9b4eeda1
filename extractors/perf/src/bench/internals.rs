//! The rows of `internals` and of `mem/find_bit`: `Average synthesis took: 378.680 usec (+- 162.014 usec)`.

use prill_core::Printed;
use prill_core::scan::{number, unit};

use super::row::Place;
use super::value::Value;
use crate::writer::Writer;

/// A row; it says which operation the rows below it are about.
pub(super) fn row<'t>(shown: &'t str, place: &mut Place<'t>, out: &mut Writer<'_>) -> bool {
    let Some(rest) = shown.strip_prefix("Average ") else { return false };
    if let Some((operation, values)) = rest.split_once(" took:") {
        place.operation = Some(operation);
        return pair(("operation.latency.mean", "operation.latency.stderr"), values, true, place, out);
    }
    if let Some(values) = rest.strip_prefix("num. events:") {
        return pair(("event.count.mean", "event.count.stderr"), values, false, place, out);
    }
    if let Some(values) = rest.strip_prefix("time per event") {
        return pair(("event.latency.mean", "event.latency.stderr"), values.trim_start_matches(':'), true, place, out);
    }
    match rest.strip_prefix("memory usage:") {
        Some(values) => pair(("rss.mean", "rss.stderr"), values, true, place, out),
        None => false,
    }
}

/// `3 operations 1 bits set of 64 bits`: how many are set of how many
pub(super) fn bits(shown: &str) -> Option<(&str, &str)> {
    let (_, rest) = shown.split_once(" operations ")?;
    let (set, rest) = rest.split_once(" bits set of ")?;
    Some((set, rest.strip_suffix(" bits")?))
}

/// `378.680 usec (+- 162.014 usec)`: a mean and its standard error
fn pair(
    (mean, stderr): (&'static str, &'static str),
    values: &str,
    lower: bool,
    place: &Place<'_>,
    out: &mut Writer<'_>,
) -> bool {
    let Some((token, rest)) = number::leading(values.trim_ascii_start()) else { return false };
    let (word, spread) = rest.split_once("(+-").unwrap_or((rest, ""));
    let Some(printed) = printed(word.trim_ascii()) else { return false };
    let label = place.operation.map(|operation| ("operation", operation.into()));
    let value = if lower { Value::lower(mean, printed) } else { Value::unknown(mean, printed) };
    Value { label: label.clone(), ..value }.push(token, place, out);
    if let Some((token, _)) = number::leading(spread.trim_ascii_start()) {
        Value { label, ..Value::unknown(stderr, printed) }.push(token, place, out);
    }
    true
}

fn printed(word: &str) -> Option<Printed> {
    Some(match word {
        "usec" => unit::US,
        "ms" | "msec" => unit::MS,
        "sec" => unit::SECOND,
        // From `ru_maxrss`.
        "KB" => unit::KIB,
        "" => Printed::base("{event}"),
        _ => return None,
    })
}

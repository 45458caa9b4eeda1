//! The rows of `internals` and of `mem/find_bit`: `Average synthesis took: 378.680 usec (+- 162.014 usec)`.

use prill_core::scan::{Search, number, unit};
use prill_core::{Polarity, Printed};

use super::row::Place;
use crate::step::step;
use crate::writer::{Quantity, Writer};

/// A row; it says which operation the rows below it are about.
pub(super) fn row<'t>(shown: &'t str, place: &mut Place<'t>, out: &mut Writer<'_>) -> bool {
    let Some(rest) = shown.strip_prefix("Average ") else { return false };
    if let Some(values) = rest.strip_prefix("time per event") {
        let values = values.trim_start_matches(':');
        return pair(("event.latency.mean", "event.latency.stderr"), values, true, place, out);
    }
    let Some((what, values)) = rest.split_once(':') else { return false };
    let (names, lower) = match what {
        "num. events" => (("event.count.mean", "event.count.stderr"), false),
        "memory usage" => (("rss.mean", "rss.stderr"), true),
        _ => match what.strip_suffix(" took") {
            Some(operation) => {
                place.operation = Some(operation);
                (("operation.latency.mean", "operation.latency.stderr"), true)
            }
            None => return false,
        },
    };
    pair(names, values, lower, place, out)
}

/// `3 operations 1 bits set of 64 bits`: how many are set of how many
pub(super) fn bits(shown: &str) -> Option<(&str, &str)> {
    let is_count = shown.starts_with(|c: char| c.is_ascii_digit());
    let (_, rest) = shown.strip_suffix(" bits").filter(|_| is_count)?.cut(" operations ")?;
    rest.cut(" bits set of ")
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
    let (word, spread) = rest.split_once('(').unwrap_or((rest, ""));
    let Some(printed) = printed(word.trim_ascii()) else { return false };
    let labels = out.labels(place.labels().chain(place.operation.map(|operation| ("operation", operation))));
    let polarity = if lower { Polarity::Lower } else { Polarity::Unknown };
    out.put(Quantity { name: mean, printed: Some(printed), polarity }, labels, step(token, printed), token);
    if let Some((token, _)) = spread.strip_prefix("+-").and_then(|spread| number::leading(spread.trim_ascii_start())) {
        out.put(Quantity::unknown(stderr, Some(printed)), labels, step(token, printed), token);
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

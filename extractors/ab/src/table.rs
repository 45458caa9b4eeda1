use prill_core::MetricSink;
use prill_core::scan::{number, percentile, unit};

use crate::field::Counts;
use crate::put::Kind;

/// `Total:          0    1   2.2      0      12`: minimum, mean, standard deviation, median and maximum; without the third and the
/// fourth with `-S` and in HTML.
pub(crate) fn times(key: &str, words: &[&str], counts: &Counts, out: &mut MetricSink) -> bool {
    let object = match key {
        "Connect" => "connect.time",
        "Processing" => "processing.time",
        "Waiting" => "waiting.time",
        "Total" => "request.latency",
        _ => return false,
    };
    let stats: &[&str] = match words.len() {
        5 => &["min", "mean", "stddev", "p50", "max"],
        3 => &["min", "mean", "max"],
        _ => return false,
    };
    if !words.iter().all(|word| number::is_token(word)) {
        return false;
    }
    for (stat, token) in stats.iter().zip(words) {
        let name = format!("{object}.{stat}");
        let kind = Kind::lower(&name, unit::MS);
        // The mean per request and the percentiles say the same more exactly.
        let again = key == "Total" && matches!(*stat, "mean" | "p50");
        let kind = if again { kind.label("source", "connection_times") } else { kind };
        kind.time(token, counts, out);
    }
    true
}

/// ` 100%     12 (longest request)`. With `-e` there are the same in thousandths.
pub(crate) fn percentage(text: &str, again: bool, counts: &Counts, out: &mut MetricSink) -> bool {
    let Some(row) = percentile::row(text) else { return false };
    let Some(stat) = percentile::stat(row.percentile) else { return false };
    out.ignore(row.percentile, "names a percentile");
    let name = format!("request.latency.{stat}");
    let kind = Kind::lower(&name, unit::MS);
    let kind = if again { kind.label("source", "table") } else { kind };
    kind.time(row.value, counts, out);
    true
}

/// `99,8.372`, a line of `-e`.
pub(crate) fn csv(text: &str, out: &mut MetricSink) -> bool {
    let Some((share, token)) = text.split_once(',') else { return false };
    let Some(stat) = percentile::stat(share).filter(|_| number::is_token(token)) else { return false };
    out.ignore(share, "names a percentile");
    Kind::lower(&format!("request.latency.{stat}"), unit::MS).put(token, None, out);
    true
}

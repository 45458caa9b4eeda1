use prill_core::MetricSink;
use prill_core::scan::{number, percentile, unit};

use crate::field::Counts;
use crate::put::{Kind, Known};

/// The metrics of a row of times: minimum, mean, standard deviation, median and maximum.
const fn row(names: [&'static str; 5]) -> [Kind; 5] {
    let [min, mean, stddev, median, max] = names;
    [
        Kind::lower(min, unit::MS),
        Kind::lower(mean, unit::MS),
        Kind::lower(stddev, unit::MS),
        Kind::lower(median, unit::MS),
        Kind::lower(max, unit::MS),
    ]
}

const CONNECT: [Kind; 5] =
    row(["connect.time.min", "connect.time.mean", "connect.time.stddev", "connect.time.p50", "connect.time.max"]);
const PROCESSING: [Kind; 5] =
    row(["processing.time.min", "processing.time.mean", "processing.time.stddev", "processing.time.p50", "processing.time.max"]);
const WAITING: [Kind; 5] =
    row(["waiting.time.min", "waiting.time.mean", "waiting.time.stddev", "waiting.time.p50", "waiting.time.max"]);
/// The mean per request and the percentiles say the same more exactly.
const TOTAL: [Kind; 5] = {
    let [min, mean, stddev, median, max] = row([
        "request.latency.min",
        "request.latency.mean",
        "request.latency.stddev",
        "request.latency.p50",
        "request.latency.max",
    ]);
    [min, mean.label("source", "connection_times"), stddev, median.label("source", "connection_times"), max]
};

/// `Total:          0    1   2.2      0      12`: without the third and the fourth with `-S` and in HTML.
pub(crate) fn times<'t>(
    key: &str,
    words: impl Iterator<Item = &'t str>,
    counts: &Counts,
    known: &mut Known,
    out: &mut MetricSink,
) -> bool {
    let kinds = match key {
        "Connect" => &CONNECT,
        "Processing" => &PROCESSING,
        "Waiting" => &WAITING,
        "Total" => &TOTAL,
        _ => return false,
    };
    let mut tokens = [""; 5];
    let mut count = 0;
    for word in words {
        if count == tokens.len() || !number::is_token(word) {
            return false;
        }
        tokens[count] = word;
        count += 1;
    }
    let columns: &[usize] = match count {
        5 => &[0, 1, 2, 3, 4],
        3 => &[0, 1, 4],
        _ => return false,
    };
    for (column, token) in columns.iter().zip(tokens) {
        known.time(kinds[*column], token, counts, out);
    }
    true
}

/// ` 100%     12 (longest request)`. With `-e` there are the same in thousandths.
pub(crate) fn percentage(text: &str, again: bool, counts: &Counts, known: &mut Known, out: &mut MetricSink) -> bool {
    let Some(row) = percentile::row(text) else { return false };
    out.ignore(row.percentile, "names a percentile");
    known.percentile(row.percentile, row.value, again, counts, out)
}

/// `99,8.372`, a line of `-e`.
pub(crate) fn csv(text: &str, known: &mut Known, out: &mut MetricSink) -> bool {
    let Some((share, token)) = text.split_once(',') else { return false };
    if !number::is_token(token) || !known.percentile(share, token, false, &Counts::default(), out) {
        return false;
    }
    out.ignore(share, "names a percentile");
    true
}

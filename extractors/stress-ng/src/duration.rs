use prill_core::MetricSink;
use prill_core::scan::{number, unit};

/// `2.25s`, `1.20 sec`, `1 min, 2.34 secs`, `62.34s (1 min, 2.34 secs)`: how long the run took (`stress_duration_to_str` of
/// `core-time.c`). A compound one is added up. False when `text` is none, or was cut.
pub(crate) fn push(text: &str, source: Option<&'static str>, out: &mut MetricSink) -> bool {
    let (head, comment) = text.split_once('(').unwrap_or((text, ""));
    let mut parts = Vec::new();
    for part in head.split(',') {
        let Some((token, word)) = number::leading(part.trim()) else { return false };
        let Some(scale) = seconds(word.trim()) else { return false };
        let Some(value) = number::value(token, unit::SECOND.scale) else { return false };
        parts.push((token, value * scale));
    }
    if !comment.is_empty() {
        out.ignore(comment, "the same in other units");
    }
    let spans = parts.iter().map(|(token, _)| out.span_of(token)).collect();
    // Less than a second is printed as "0 secs" where no decimals are asked for.
    let step = if head.contains('.') { 0.01 } else { 1.0 };
    let mut metric = out.metric("elapsed").unit(unit::SECOND).informational().resolution(step);
    if let Some(source) = source {
        metric = metric.label("source", source);
    }
    match parts.as_slice() {
        [(token, value)] if number::value(token, unit::SECOND.scale) == Some(*value) => metric.push(token),
        _ => metric.push_derived(parts.iter().map(|(_, value)| value).sum(), spans),
    }
    true
}

fn seconds(word: &str) -> Option<f64> {
    Some(match word.trim_end_matches('s') {
        "" if word == "s" => 1.0,
        "sec" | "second" => 1.0,
        "min" | "minute" => 60.0,
        "hour" => 3600.0,
        "day" => 86_400.0,
        "year" => 365.2425 * 86_400.0,
        _ => return None,
    })
}

use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::{Search, number, unit};

use crate::put::{FAILED, Kind, LAG, MEAN, RATE, RETRIED, RETRIES, SKIPPED, STDDEV, put};

/// `progress: 1.0 s, 190.0 tps, lat 4.234 ms stddev 5.658, 0 failed, lag 1.085 ms, 22 skipped`, the line of an interval;
/// before PostgreSQL 15 nothing says how many failed.
pub(crate) fn interval(text: &str, number: usize, out: &mut MetricSink) {
    let interval = number.to_string();
    let labels = [Some(("interval", interval.as_str())), None];
    let (mut idle, mut parts) = (false, text.parts(", "));
    out.ignore(parts.next().unwrap_or_default(), "the time of the interval's end");
    for part in parts {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words[..] {
            [rate, "tps"] => {
                idle = rate == "0.0";
                put(RATE, rate, labels, out);
            }
            ["lat", ..] | ["lag", ..] if idle => {
                let what = if words[0] == "lat" { "transaction.latency" } else { "schedule.lag" };
                out.warn(code::NO_SAMPLES, part, format!("{what} has no value in interval {number}: no transaction ended"));
                out.ignore(part, "placeholder");
            }
            ["lat", mean, "ms", "stddev", stddev] => {
                put(MEAN, mean, labels, out);
                put(STDDEV, stddev, labels, out);
            }
            ["lag", mean, "ms"] => put(LAG, mean, labels, out),
            [count, "failed"] => put(FAILED, count, labels, out),
            [count, "skipped"] => put(SKIPPED, count, labels, out),
            [count, "retried"] => put(RETRIED, count, labels, out),
            [count, "retries"] => put(RETRIES, count, labels, out),
            _ => {}
        }
    }
}

/// `0.71 s (drop tables 0.02 s, create tables 0.00 s, vacuum 0.23 s).`: what `-i` took.
pub(crate) fn initialised(text: &str, out: &mut MetricSink) -> bool {
    const TIME: Kind = Kind::lower("elapsed", unit::SECOND);
    let Some((total, rest)) = number::leading(text) else { return false };
    let Some(steps) = rest.strip_prefix(" s (").and_then(|steps| steps.strip_suffix(").")) else { return false };
    put(TIME, total, [None, None], out);
    for step in steps.parts(", ") {
        if let Some((name, seconds)) = step.strip_suffix(" s").and_then(|step| step.rsplit_once(' ')) {
            put(TIME, seconds, [Some(("step", name)), None], out);
        }
    }
    true
}

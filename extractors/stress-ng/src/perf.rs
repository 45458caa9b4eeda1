use prill_core::scan::{Search, number};
use prill_core::{MetricSink, Printed};

use crate::line::LogLine;

const EVENT: Printed = Printed::base("{event}");
const RATE: Printed = Printed::base("{event}/s");

/// A row of `--perf`: `982886000 CPU Clock   0.979 B/sec`, the rate in `/sec`, K, M, B (1e9) or T (`core-perf.c`); hardware events
/// may have a remark in brackets behind it.
pub(crate) fn row(line: &LogLine<'_>, stressor: &str, source: Option<&'static str>, out: &mut MetricSink) -> Option<()> {
    let (count, rest) = number::leading(line.text.trim_start())?;
    let name_end = rest.place("  ")?;
    let name = rest[..name_end].trim();
    let (rate, after) = number::leading(rest[name_end..].trim_start())?;
    let (unit, remark) = after.cut("/sec")?;
    let exp10 = match unit.trim() {
        "" => 0,
        "K" => 3,
        "M" => 6,
        "B" => 9,
        "T" => 12,
        _ => return None,
    };
    let event = key_of(name);
    for (metric, printed, token) in [("event.count", EVENT, count), ("event.rate", RATE.shift(exp10), rate)] {
        let mut metric = out.metric(metric).label("event", event.as_str()).label("stressor", stressor).unit(printed);
        if let Some(source) = source {
            metric = metric.label("source", source);
        }
        metric.push(token);
    }
    if !remark.trim().is_empty() {
        out.ignore(remark, "follows from the counters");
    }
    Some(())
}

/// The event as the YAML writes it: `CPU Clock` is `cpu_clock`.
fn key_of(name: &str) -> String {
    name.chars().map(|c| if c == ' ' { '_' } else { c.to_ascii_lowercase() }).collect()
}

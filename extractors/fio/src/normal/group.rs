use prill_core::scan::unit;
use prill_core::{MetricSink, Printed};

use super::direction::other_base;
use super::field::{after, put};
use super::report::Section;
use crate::labels::Labels;
use crate::unit::Printing;

/// Reads the totals of a reporting group.
pub(super) fn extract<'t>(section: &Section<'t>, report: &Labels<'t>, out: &mut MetricSink) {
    let head = section.head.strip_prefix("Run status group ").unwrap_or_default();
    let number = &head[..head.bytes().take_while(u8::is_ascii_digit).count()];
    out.ignore(number, "the number of a group");
    let group = report.with("group", number);
    for row in &section.rows {
        let Some((word, values)) = row.whole().split_once(':') else { continue };
        let op = match word.trim() {
            "READ" => "read",
            "WRITE" => "write",
            "TRIM" => "trim",
            "MIXED" => "mixed",
            _ => continue,
        };
        let labels = group.with("op", op);
        if after(values, "aggrb=").is_some() { legacy(values, &labels, out) } else { current(values, &labels, out) }
    }
}

/// `bw=38.0MiB/s (39.9MB/s), 38.0MiB/s-38.0MiB/s (39.9MB/s-39.9MB/s), io=76.1MiB (79.8MB), run=2001-2001msec`
fn current<'t>(values: &'t str, labels: &Labels<'t>, out: &mut MetricSink) {
    let Some(rate) = after(values, "bw=").and_then(|v| Printing::amount(v, unit::BYTE_PER_S)) else { return };
    put(labels.metric(out, "group.throughput").higher(), &rate);
    let rest = rate.rest.trim_start_matches("/s");
    let rest = second(rest, "group.throughput", unit::BYTE_PER_S, labels, out);
    if let Some(rest) = rest.strip_prefix(", ") {
        let rest = range(rest, labels, out);
        if let Some((again, _)) = rest.trim_start().strip_prefix('(').and_then(|r| r.split_once(')')) {
            let base = Printing::amount(again, unit::BYTE_PER_S).map_or("decimal", |a| other_base(a.printed));
            range(again, &labels.again(base), out);
        }
    }
    if let Some(amount) = after(values, "io=").and_then(|v| Printing::amount(v, unit::BYTE)) {
        put(labels.metric(out, "group.io.bytes").informational(), &amount);
        second(amount.rest, "group.io.bytes", unit::BYTE, labels, out);
    }
    let Some(min) = after(values, "run=").and_then(|v| Printing::plain_to(v, '-', unit::MS)) else { return };
    put(labels.metric(out, "group.runtime.min").informational(), &min);
    if let Some(max) = Printing::plain(&min.rest[1..], unit::MS).filter(|max| max.rest.starts_with("msec")) {
        put(labels.metric(out, "group.runtime.max").informational(), &max);
    }
}

/// `io=1134.0MB, aggrb=1130.0MB/s, minb=1130.0MB/s, maxb=1130.0MB/s, mint=1004msec, maxt=1004msec`
fn legacy<'t>(values: &'t str, labels: &Labels<'t>, out: &mut MetricSink) {
    if let Some(amount) = after(values, "io=").and_then(|v| Printing::legacy_amount(v, unit::BYTE)) {
        put(labels.metric(out, "group.io.bytes").informational(), &amount);
    }
    for (key, name) in [("aggrb=", "group.throughput"), ("minb=", "group.throughput.min"), ("maxb=", "group.throughput.max")] {
        if let Some(rate) = after(values, key).and_then(|v| Printing::legacy_amount(v, unit::BYTE_PER_S)) {
            put(labels.metric(out, name).higher(), &rate);
        }
    }
    for (key, name) in [("mint=", "group.runtime.min"), ("maxt=", "group.runtime.max")] {
        if let Some(runtime) =
            after(values, key).and_then(|v| Printing::plain(v, unit::MS)).filter(|r| r.rest.starts_with("msec"))
        {
            put(labels.metric(out, name).informational(), &runtime);
        }
    }
}

/// `38.0MiB/s-40.0MiB/s`: of the slowest and the fastest job. Gives what follows.
fn range<'t>(text: &'t str, labels: &Labels<'t>, out: &mut MetricSink) -> &'t str {
    let Some(min) = Printing::amount(text, unit::BYTE_PER_S) else { return text };
    put(labels.metric(out, "group.throughput.min").higher(), &min);
    let rest = min.rest.trim_start_matches("/s");
    let Some(max) = rest.strip_prefix('-').and_then(|v| Printing::amount(v, unit::BYTE_PER_S)) else { return rest };
    put(labels.metric(out, "group.throughput.max").higher(), &max);
    max.rest.trim_start_matches("/s")
}

/// ` (39.9MB/s)`: the same in the other base. Gives what follows.
fn second<'t>(text: &'t str, name: &'static str, base: Printed, labels: &Labels<'t>, out: &mut MetricSink) -> &'t str {
    let Some((inside, rest)) = text.trim_start().strip_prefix('(').and_then(|r| r.split_once(')')) else { return text };
    if let Some(again) = Printing::amount(inside, base) {
        let labels = labels.again(other_base(again.printed));
        let emit = labels.metric(out, name);
        put(if base == unit::BYTE { emit.informational() } else { emit.higher() }, &again);
    }
    rest
}

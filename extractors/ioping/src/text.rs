use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Printed, Text};

use crate::put::{IOPS, Kind, REQUESTS, Statistics, Value, prefix, unit_of};
use crate::raw;

/// The lines of a text.
#[derive(Default)]
pub(crate) struct Page<'t> {
    /// Whether any line is ioping's.
    pub(crate) known: bool,
    /// The text ends within statistics.
    pub(crate) cut: bool,
    /// The statistics whose lines are being read.
    open: Option<Statistics<'t>>,
    rows: Vec<raw::Row<'t>>,
    has_summary: bool,
    failed: bool,
}

/// Lines that only ioping prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("--- ") && line.ends_with(" ioping statistics ---")
        || line.has("): request=") && line.has(" time=")
        || said(line).is_some()
}

/// What ioping says of itself, under the name that it was called by, and the usage that it shows instead of a run.
fn said(line: &str) -> Option<&str> {
    let (program, message) = line.cut(": ")?;
    let own = program == "ioping" || program.ends_with("/ioping");
    (own || program == "Usage" && message.starts_with("ioping ")).then_some(message)
}

impl<'t> Page<'t> {
    pub(crate) fn read(text: &'t Text<'_>, argv: Option<&[String]>, out: &mut MetricSink) -> Self {
        let mut page = Self::default();
        for line in text.lines() {
            page.line(line, out);
        }
        page.flush(out);
        raw::push(&page.rows, page.has_summary, argv, out);
        page
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if text.ends_with(" ioping statistics ---") {
            self.flush(out);
            self.known = true;
            self.has_summary = true;
            self.open = Some(Statistics::default());
        } else if let Some(message) = said(text) {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("ioping says: {message}"));
            }
        } else if let Some(row) = raw::Row::parse(line) {
            self.known = true;
            self.cut |= !line.ended;
            return self.rows.push(row);
        } else if let Some(open) = &mut self.open {
            // What a unit ends is whole.
            if !line.ended && !text.is_empty() && !text.ends_with("/s") && !text.starts_with("min/avg/max/mdev = ") {
                self.cut = true;
            } else if let Some(values) = statistics(text) {
                return open.values.extend(values);
            } else {
                self.cut |= !line.ended && !text.is_empty();
            }
        } else if is_mark(text) {
            self.known = true;
        }
        out.ignore(line.text, "single request, or text");
    }

    fn flush(&mut self, out: &mut MetricSink) {
        if let Some(open) = self.open.take() {
            open.push(out);
        }
    }
}

/// One of the three lines of statistics.
fn statistics(line: &str) -> Option<Vec<(Kind, Value<'_>)>> {
    if let Some(latencies) = line.strip_prefix("min/avg/max/mdev = ") {
        return latency(latencies);
    }
    if let Some((requests, rest)) = line.cut(" requests completed in ") {
        let kinds = [Kind::Time, Kind::Bytes, Kind::Iops, Kind::Throughput];
        return Some(list(requests, Kind::Requests, rest, kinds));
    }
    let (before, rest) = line.cut("generated ")?;
    let (requests, rest) = rest.cut(" requests in ")?;
    let kinds = [Kind::Elapsed, Kind::LoadBytes, Kind::LoadIops, Kind::LoadThroughput];
    let mut values = list(requests, Kind::LoadRequests, rest, kinds);
    for part in before.parts(", ") {
        let too = [(" too fast", Kind::TooFast), (" too slow", Kind::TooSlow)];
        let found = too.into_iter().find_map(|(word, kind)| Some((kind, count(part.strip_suffix(word)?, REQUESTS)?)));
        values.extend(found);
    }
    Some(values)
}

/// `4` and `1.20 ms, 16 KiB read, 3.32 k iops, 13.0 MiB/s`; before 0.9 without bytes.
fn list<'t>(requests: &'t str, of_requests: Kind, rest: &'t str, kinds: [Kind; 4]) -> Vec<(Kind, Value<'t>)> {
    let [time, bytes, iops, throughput] = kinds;
    let mut values: Vec<(Kind, Value<'t>)> = count(requests, REQUESTS).map(|value| (of_requests, value)).into_iter().collect();
    for part in rest.parts(", ") {
        if let Some(value) = part.strip_suffix(" iops").and_then(|part| count(part, IOPS)) {
            values.push((iops, value));
        } else if let Some(value) = quantity(part) {
            let kind = match value.printed.unit.code() {
                "s" => time,
                "By" => bytes,
                _ => throughput,
            };
            values.push((kind, value));
        }
    }
    values
}

/// `256.8 us / 300.9 us / 335.5 us / 29.7 us`; before 0.9 `0.2/2.8/12.7/5.0 ms`.
fn latency(text: &str) -> Option<Vec<(Kind, Value<'_>)>> {
    let stats = ["min", "mean", "max", "stddev"];
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    if parts.len() != stats.len() {
        return None;
    }
    let last = quantity(parts[3])?;
    let value = |part: &'_ str| match number::leading(part)? {
        (token, "") => Some((token.len(), last.printed)),
        _ => quantity(part).map(|value| (value.token.len(), value.printed)),
    };
    let values = parts.iter().zip(stats).map(|(part, stat)| {
        let (length, printed) = value(part)?;
        Some((Kind::Latency(stat), Value { token: &part[..length], printed }))
    });
    values.collect()
}

/// `12.5 k`, `4`
fn count(text: &str, base: Printed) -> Option<Value<'_>> {
    let (token, rest) = number::leading(text.trim())?;
    let power = if rest.is_empty() { 0 } else { prefix(rest.trim())? };
    Some(Value { token, printed: base.shift(power) })
}

/// `16 KiB read`, `13.0 MiB/s`, `1.20 ms`
fn quantity(text: &str) -> Option<Value<'_>> {
    let (token, rest) = number::leading(text.trim())?;
    let word = rest.split_whitespace().next()?;
    Some(Value { token, printed: unit_of(word)? })
}

//! `console.table(bench.table())`: its columns are those of tinybench, its frame that of the runtime.

use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Text};

use crate::put::{Benchmark, RATE};

/// The columns, with the frame's.
#[derive(Debug)]
pub(crate) struct Head<'t> {
    columns: Vec<&'t str>,
}

impl<'t> Head<'t> {
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let columns = cells(line)?;
        let has = |names: &[&str]| columns.iter().any(|column| names.contains(column));
        let known = has(&["Task name", "Task Name"]) && has(&["ops/sec", "Throughput avg (ops/s)", "Throughput average (ops/s)"]);
        known.then_some(Self { columns })
    }

    fn row(&self, line: &'t str, out: &mut MetricSink) -> bool {
        let Some(cells) = cells(line).filter(|cells| cells.len() == self.columns.len()) else { return false };
        let cell = |names: &[&str]| self.columns.iter().position(|column| names.contains(column)).map(|i| cells[i]);
        let name = cell(&["Task name", "Task Name"]).unwrap_or_default();
        let samples = cell(&["Samples"]).filter(|cell| cell.bytes().all(|b| b.is_ascii_digit()) && !cell.is_empty());
        let benchmark = Benchmark { name, samples: samples.and_then(|s| s.parse().ok()), ..Benchmark::default() };
        if let Some(error) = cell(&["Error"]).filter(|error| !error.is_empty() && *error != "undefined") {
            out.tool_failed(error, format!("{name} failed: {error}"));
            return true;
        }
        if samples.is_none() {
            out.tool_failed(line, format!("{name} has no result"));
            return true;
        }
        for (column, cell) in self.columns.iter().zip(&cells) {
            let (value, spread) = cell.cut(" \u{b1} ").map_or((*cell, None), |(value, spread)| (value, Some(spread)));
            if number::leading_grouped(value.trim_start_matches('\u{b1}')).is_some() {
                put(&benchmark, column, value, spread, out);
            }
        }
        true
    }
}

/// Version 2 has `ops/sec`, `Average Time (ns)` and `Margin`, 3 `Latency average (ns)`, 4 and later `Latency avg (ns)`.
fn put(benchmark: &Benchmark<'_>, column: &str, value: &str, spread: Option<&str>, out: &mut MetricSink) {
    let relative = spread.and_then(|spread| spread.strip_suffix('%'));
    match column {
        "ops/sec" => benchmark.rate(None, value, out),
        "Average Time (ns)" => benchmark.time("mean", value, unit::NS, out),
        "Margin" => {
            if let Some(margin) = value.trim_start_matches('\u{b1}').strip_suffix('%') {
                benchmark.margin("time", margin, out);
            }
        }
        "Latency average (ns)" | "Latency avg (ns)" => {
            benchmark.time("mean", value, unit::NS, out);
            relative.into_iter().for_each(|margin| benchmark.margin("time", margin, out));
        }
        "Throughput average (ops/s)" | "Throughput avg (ops/s)" => {
            benchmark.rate(None, value, out);
            relative.into_iter().for_each(|margin| benchmark.margin("operation.rate", margin, out));
        }
        "Latency median (ns)" | "Latency med (ns)" => {
            benchmark.time("p50", value, unit::NS, out);
            deviation(benchmark, "time", spread, unit::NS, out);
        }
        "Throughput median (ops/s)" | "Throughput med (ops/s)" => {
            benchmark.rate(Some("p50"), value, out);
            deviation(benchmark, "operation.rate", spread, RATE, out);
        }
        "Samples" => benchmark.count(value, out),
        _ => {}
    }
}

/// Version 3 prints a share, the later ones the distance itself.
fn deviation(benchmark: &Benchmark<'_>, of: &str, spread: Option<&str>, printed: prill_core::Printed, out: &mut MetricSink) {
    if let Some(spread) = spread.filter(|spread| number::is_token(spread)) {
        benchmark.deviation(of, spread, printed, out);
    }
}

/// Whether there is a table, and whether it is cut.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> (bool, bool) {
    let (mut known, mut cut, mut head) = (false, false, None);
    for line in text.lines() {
        out.ignore(line.text, "index, setting or text");
        if let Some(found) = Head::parse(line.text) {
            known = true;
            head = Some(found);
        } else if let Some(columns) = &head {
            if !line.ended {
                cut = true;
            } else if line.text.starts_with(['\u{2502}', '|']) {
                columns.row(line.text, out);
            } else if !line.text.starts_with('\u{251c}') {
                head = None;
            }
        } else if line.text.has("Error: ") && !line.text.starts_with(' ') {
            out.tool_failed(line.text, line.trimmed());
        }
    }
    (known, cut || head.is_some())
}

/// What stands between the bars, without blanks and quotes.
fn cells(line: &str) -> Option<Vec<&str>> {
    let bar = line.chars().next().filter(|c| ['\u{2502}', '|'].contains(c))?;
    let inner = line.trim_end().strip_prefix(bar)?.strip_suffix(bar)?;
    Some(inner.split(bar).map(bare).collect())
}

fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    ['\'', '"'].iter().find_map(|quote| cell.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(cell)
}

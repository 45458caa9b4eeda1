//! What asbench prints: a line of rates every second, and with `--latency` a line of percentiles for reads and for writes.
#![forbid(unsafe_code)]

use std::fmt::Write as _;

use prill_core::diagnostic::code;
use prill_core::extract::{Kept, Series};
use prill_core::scan::{Line, Scale, Search, keyvalue, number, percentile, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Polarity, Printed, Sniff, Streams, Text};

/// The format of asbench 1.0 to 2.x (aerospike-benchmark, `latency_output.c`).
pub struct Asbench;

prill_core::register_extractor!(Asbench);

/// What `--percentiles` is unless it is given.
const DEFAULT: &str = "50,90,99,99.9,99.99";

impl Extractor for Asbench {
    fn name(&self) -> &str {
        "asbench"
    }

    fn summary(&self) -> &str {
        "transactions a second, and their latency, of asbench (Aerospike)"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| rates(line.text).is_some() || latency(line.text).is_some()) {
            Sniff::Certain
        } else {
            Sniff::No
        }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = Page { percentiles: input.argv().and_then(percentiles), ..Page::default() };
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            page.line(line, out);
        }
        ExtractError::at_end(text, page.known, page.cut)
    }
}

/// The names of the percentiles that a line of latencies has, as far as the command says so.
fn percentiles(argv: &[String]) -> Option<Vec<String>> {
    let given = argv.iter().enumerate().find_map(|(at, word)| match word.strip_prefix("--percentiles")? {
        "" => Some(argv.get(at + 1).map(String::as_str)),
        list => list.strip_prefix('=').map(Some),
    });
    given.unwrap_or(Some(DEFAULT))?.split(',').map(|printed| percentile::stat(printed.trim())).collect()
}

const TRANSACTION: Printed = Printed::base("{transaction}");

#[derive(Debug, Default)]
struct Page<'t> {
    percentiles: Option<Vec<String>>,
    /// How many lines of rates there were, and the same as text.
    seconds: u64,
    interval: String,
    rates: Kept<&'static str>,
    count: Option<Series>,
    /// The shortest, the longest, and the percentiles.
    latencies: Vec<Series>,
    /// Those of the line of latencies that is being read.
    cells: Vec<&'t str>,
    known: bool,
    cut: bool,
}

impl<'t> Page<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if let Some(start) = rates(text) {
            self.known = true;
            self.seconds += 1;
            self.cut |= !line.ended;
            out.ignore(&text[..start], "date");
            self.rates(&text[start..], out);
        } else if let Some((head, rest)) = latency(text) {
            self.known = true;
            self.cut |= !line.ended;
            if line.ended {
                out.ignore(head, "date");
                self.latency(text, head, rest, out);
            }
        } else if text.has(" ERROR ") || text.starts_with("ERROR") || text.has("Failed to connect") {
            self.known = true;
            out.tool_failed(text, format!("asbench says: {text}"));
            out.ignore(text, "message");
        } else {
            self.cut |= self.known && !line.ended;
            out.ignore(text, "setting or progress");
        }
    }

    /// `write(tps=10512 timeouts=0 errors=0) read(tps=94110 timeouts=1 errors=2) total(tps=104622 timeouts=1 errors=2)`
    fn rates(&mut self, mut rest: &str, out: &mut MetricSink) {
        self.interval.clear();
        let _ = write!(self.interval, "{}", self.seconds);
        while let Some((op, after)) = rest.split_once('(') {
            let Some((fields, after)) = after.split_once(')') else { break };
            let op = Some(op.trim()).filter(|op| *op != "total").map(|op| ("op", op));
            let labels = out.labels([("interval", self.interval.as_str())].into_iter().chain(op));
            for (key, token) in keyvalue::pairs(fields) {
                let (name, unit, polarity) = match key {
                    "tps" => ("transaction.rate", Printed::base("{transaction}/s"), Polarity::Higher),
                    "timeouts" => ("transaction.timeout", TRANSACTION, Polarity::Lower),
                    "errors" => ("transaction.failed", TRANSACTION, Polarity::Lower),
                    _ => {
                        out.ignore(token, "field that is not known");
                        continue;
                    }
                };
                let series = self.rates.get(name, |name| out.metric(name).unit(unit).polarity(polarity).series());
                out.push(series.labels(labels), token);
            }
            rest = after;
        }
    }

    /// `hdr: write 2026-11-29T07:50:14Z 1, 10514, 71, 15903, 701, 1198`: seconds, transactions so far, the shortest and the
    /// longest, and the percentiles of the last second, in microseconds.
    fn latency(&mut self, text: &str, head: &str, rest: &'t str, out: &mut MetricSink) {
        let op = head.split_whitespace().nth(1).unwrap_or_default();
        self.cells.clear();
        self.cells.extend(rest.split(',').map(str::trim));
        let [second, count, latencies @ ..] = self.cells.as_slice() else { return };
        let Some(more) = latencies.len().checked_sub(2) else { return };
        out.ignore(second, "time of the report");
        if number::value(count, Scale::ONE) == Some(0.0) {
            self.cells[1..].iter().for_each(|cell| out.ignore(cell, "placeholder"));
            return out.note(code::NO_SAMPLES, text, format!("{op} has no latency: there was no such transaction"));
        }
        let labels = out.labels([("interval", *second), ("op", op)]);
        let begin = || out.metric("transaction.count").unit(TRANSACTION).informational().series();
        let series = self.count.get_or_insert_with(begin);
        out.push(series.labels(labels), count);
        if self.latencies.is_empty() {
            let percentiles = self.percentiles.iter().flatten().map(String::as_str);
            let stats = ["min", "max"].into_iter().chain(percentiles);
            let begin = |stat| out.metric("transaction.latency").stat(stat).unit(unit::US).lower().series();
            self.latencies.extend(stats.map(begin));
        }
        let is_named = self.percentiles.as_ref().is_some_and(|named| named.len() == more);
        let (named, unnamed) = latencies.split_at(if is_named { latencies.len() } else { 2 });
        for (series, token) in self.latencies.iter_mut().zip(named) {
            out.push(series.labels(labels), token);
        }
        unnamed.iter().for_each(|token| out.ignore(token, "percentiles that only the command names"));
    }
}

/// Where the operations start in a line of rates; which ones there are depends on the workload.
fn rates(line: &str) -> Option<usize> {
    let mut brackets = line.match_indices('(').map(|(at, _)| at);
    let first = brackets.find(|at| line[*at..].starts_with("(tps=")).filter(|_| line.has(" timeouts="))?;
    Some(line[..first].rfind(' ').map_or(0, |at| at + 1))
}

/// What is before and after the time of a line of latencies.
fn latency(line: &str) -> Option<(&str, &str)> {
    if !["hdr: write ", "hdr: read ", "hdr: udf "].iter().any(|start| line.starts_with(start)) {
        return None;
    }
    let zone = line.match_indices('Z').map(|(at, _)| at).find(|at| line[at + 1..].starts_with(' '))?;
    Some((&line[..zone], &line[zone + 2..]))
}

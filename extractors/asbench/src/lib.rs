//! What asbench prints: a line of rates every second, and with `--latency` a line of percentiles for reads and for writes.
#![forbid(unsafe_code)]

use std::borrow::Cow;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, number, percentile, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Streams, Text};

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
        if text.lines().any(|line| is_rates(line.text) || is_latency(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = Page { percentiles: percentiles(input.argv()), ..Page::default() };
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            page.line(line, out);
        }
        match (page.cut, page.known) {
            (true, _) => Err(ExtractError::Truncated { at: text.end() }),
            (false, true) => Ok(()),
            (false, false) => Err(ExtractError::NotFound),
        }
    }
}

/// The percentiles that a line of latencies has, and whether the command says so.
fn percentiles(argv: Option<&[String]>) -> Option<Cow<'_, str>> {
    let argv = argv?;
    let mut words = argv.iter();
    while let Some(word) = words.next() {
        if let Some(list) = word.strip_prefix("--percentiles=") {
            return Some(Cow::Borrowed(list));
        }
        if word == "--percentiles" {
            return words.next().map(|list| Cow::Borrowed(list.as_str()));
        }
    }
    Some(Cow::Borrowed(DEFAULT))
}

#[derive(Debug, Default)]
struct Page<'a> {
    percentiles: Option<Cow<'a, str>>,
    /// How many lines of rates there were.
    seconds: u64,
    known: bool,
    cut: bool,
}

impl Page<'_> {
    fn line(&mut self, line: Line<'_>, out: &mut MetricSink) {
        let text = line.trimmed();
        if is_rates(text) {
            self.known = true;
            self.seconds += 1;
            self.cut |= !line.ended;
            self.rates(line, out);
        } else if is_latency(text) {
            self.known = true;
            self.cut |= !line.ended;
            if line.ended {
                self.latency(text, out);
            }
        } else if text.contains(" ERROR ") || text.starts_with("ERROR") || text.contains("Failed to connect") {
            self.known = true;
            out.tool_failed(text, format!("asbench says: {text}"));
            out.ignore(text, "message");
        } else {
            self.cut |= self.known && !line.ended;
            out.ignore(text, "setting or progress");
        }
    }

    /// `write(tps=10512 timeouts=0 errors=0) read(tps=94110 timeouts=1 errors=2) total(tps=104622 timeouts=1 errors=2)`
    fn rates(&self, line: Line<'_>, out: &mut MetricSink) {
        let text = line.trimmed();
        let interval = self.seconds.to_string();
        // Which operations there are depends on the workload.
        let first = text.find("(tps=").unwrap_or_default();
        let start = text[..first].rfind(' ').map_or(0, |at| at + 1);
        out.ignore(&text[..start], "date");
        let mut rest = &text[start..];
        while let Some((op, after)) = rest.split_once('(') {
            let Some((fields, after)) = after.split_once(')') else { break };
            let op = op.trim();
            for (key, token) in prill_core::scan::keyvalue::pairs(fields) {
                let metric = match key {
                    "tps" => out.metric("transaction.rate").unit(Printed::base("{transaction}/s")).higher(),
                    "timeouts" => out.metric("transaction.timeout").unit(Printed::base("{transaction}")).lower(),
                    "errors" => out.metric("transaction.failed").unit(Printed::base("{transaction}")).lower(),
                    _ => {
                        out.ignore(token, "field that is not known");
                        continue;
                    }
                };
                let metric = metric.label("interval", interval.as_str());
                if op == "total" { metric.push(token) } else { metric.label("op", op).push(token) }
            }
            rest = after;
        }
    }

    /// `hdr: write 2026-11-29T07:50:14Z 1, 10514, 71, 15903, 701, 1198`: seconds, transactions so far, the shortest and the
    /// longest, and the percentiles of the last second, in microseconds.
    fn latency(&self, text: &str, out: &mut MetricSink) {
        let Some((head, rest)) = text.split_once("Z ") else { return };
        out.ignore(head, "date");
        let op = head.split_whitespace().nth(1).unwrap_or_default();
        let cells: Vec<&str> = rest.split(',').map(str::trim).collect();
        let [second, count, min, max, rest @ ..] = cells.as_slice() else { return };
        out.ignore(second, "time of the report");
        let labels = [("op", op), ("interval", *second)];
        let count_of = number::value(count, prill_core::scan::Scale::ONE);
        if count_of == Some(0.0) {
            cells[1..].iter().for_each(|cell| out.ignore(cell, "placeholder"));
            return out.note(code::NO_SAMPLES, text, format!("{op} has no latency: there was no such transaction"));
        }
        let metric = out.metric("transaction.count").unit(Printed::base("{transaction}")).informational();
        labels.iter().fold(metric, |metric, (key, value)| metric.label(key, *value)).push(count);
        let named: Option<Vec<String>> =
            self.percentiles.as_ref().and_then(|list| list.split(',').map(|printed| percentile::stat(printed.trim())).collect());
        let named = named.filter(|named| named.len() == rest.len());
        let stats = ["min", "max"].into_iter().zip([min, max]);
        let percentiles = named.iter().flatten().map(String::as_str).zip(rest);
        for (stat, token) in stats.chain(percentiles) {
            let metric = out.metric("transaction.latency").stat(stat).unit(unit::US).lower();
            labels.iter().fold(metric, |metric, (key, value)| metric.label(key, *value)).push(token);
        }
        if named.is_none() {
            rest.iter().for_each(|token| out.ignore(token, "percentiles that only the command names"));
        }
    }
}

fn is_rates(line: &str) -> bool {
    line.contains("(tps=") && line.contains(" timeouts=")
}

fn is_latency(line: &str) -> bool {
    ["hdr: write ", "hdr: read ", "hdr: udf "].iter().any(|start| line.starts_with(start)) && line.contains("Z ")
}

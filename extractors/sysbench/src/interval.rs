use prill_core::MetricSink;
use prill_core::scan::{Search, number, percentile, unit};

use crate::put::{ERRORS, EVENT, EVENTS, IOPS, Kind, QUERIES, RECONNECTS, TRANSACTIONS, bytes};

/// `thds: 2 eps: 4715.40 lat (ms,99%): 0.51`: what `--report-interval` prints at `time`, in one of four forms. False when it is
/// none of them, or was cut.
pub(crate) fn read(time: &str, text: &str, out: &mut MetricSink) -> bool {
    let part = Some(("interval", time));
    if let Some((token, word)) = number::leading(text)
        && let Some(printed) = bytes(word.trim())
    {
        Kind::higher("throughput", printed).push(token, part, out);
        return true;
    }
    let mut rest = text;
    let mut any = false;
    while let Some((key, value)) = rest.cut(": ") {
        let value = value.trim_start();
        let Some(taken) = field(key.trim_matches([' ', ',']), value, part, out) else { break };
        any = true;
        rest = &value[taken..];
    }
    any
}

/// Takes the value of `key`; how many bytes it is long.
fn field(key: &str, value: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) -> Option<usize> {
    if key == "(r/w/o" {
        return shares(value, part, out);
    }
    let (token, after) = number::leading(value)?;
    let kind = match key {
        "thds" | "threads" => {
            out.ignore(token, "setting");
            return Some(token.len());
        }
        "eps" | "events/s" => Kind::higher("event.rate", EVENTS),
        // 0.5 ends each name with a comma or its unit.
        "response time" => return response(value, token, after, part, out),
        "tps" => Kind::higher("transaction.rate", TRANSACTIONS),
        "qps" => Kind::higher("query.rate", QUERIES),
        "err/s" | "errors" => Kind::lower("error.rate", ERRORS),
        "reconn/s" | "reconnects" => Kind::lower("reconnect.rate", RECONNECTS),
        "reads" | "writes" => {
            let op = if key == "reads" { "read" } else { "write" };
            // Without a unit they are queries of the database test of 0.5.
            match [" MiB/s", " MB/s"].iter().find(|unit| after.starts_with(**unit)) {
                Some(_) => Kind::higher("throughput", unit::MIB_PER_S).op(op),
                None => Kind::higher("query.rate", QUERIES).op(op),
            }
        }
        "reads/s" => Kind::higher("query.rate", QUERIES).op("read"),
        "writes/s" => Kind::higher("query.rate", QUERIES).op("write"),
        "fsyncs" => Kind::higher("iops", IOPS).op("fsync"),
        "queue length" => Kind::lower("queue.length", EVENT),
        "concurrency" => Kind::new("concurrency", EVENT, prill_core::Polarity::Informational),
        _ => {
            latency(key, token, part, out)?;
            return Some(token.len());
        }
    };
    kind.push(token, part, out);
    let unit = [" MiB/s", " MB/s", "/s"].iter().find(|unit| after.starts_with(**unit)).map_or(0, |unit| unit.len());
    Some(token.len() + unit)
}

/// `response time: 15.20ms (95%)` of 0.5
fn response(value: &str, token: &str, after: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) -> Option<usize> {
    let (shown, rest) = after.strip_prefix("ms (")?.cut("%)")?;
    let name = format!("event.latency.{}", percentile::stat(shown)?);
    out.ignore(shown, "percentile");
    Kind::lower(&name, unit::MS).push(token, part, out);
    Some(value.len() - rest.len())
}

/// `172.20/49.20/24.60)`
fn shares(value: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) -> Option<usize> {
    let end = value.find(')')?;
    for (op, token) in ["read", "write", "other"].into_iter().zip(value[..end].split('/')) {
        Kind::higher("query.rate", QUERIES).op(op).push(token, part, out);
    }
    Some(end + 1)
}

/// `lat (ms,99%)`; with percentile 0 there is none, and a zero is printed.
fn latency(key: &str, token: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) -> Option<()> {
    let (_, shown) = key.cut("(ms,")?;
    let shown = shown.strip_suffix("%)")?;
    out.ignore(shown, "percentile");
    if shown == "0" {
        out.ignore(token, "percentiles are disabled");
        return Some(());
    }
    let name = format!("event.latency.{}", percentile::stat(shown)?);
    Kind::lower(&name, unit::MS).push(token, part, out);
    Some(())
}

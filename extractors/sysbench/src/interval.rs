use prill_core::MetricSink;
use prill_core::scan::{number, percentile, unit};

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
    while let Some((key, value)) = rest.split_once(": ") {
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
        "eps" => Kind::higher("event.rate", EVENTS),
        "tps" => Kind::higher("transaction.rate", TRANSACTIONS),
        "qps" => Kind::higher("query.rate", QUERIES),
        "err/s" => Kind::lower("error.rate", ERRORS),
        "reconn/s" => Kind::lower("reconnect.rate", RECONNECTS),
        "reads" => Kind::higher("throughput", unit::MIB_PER_S).op("read"),
        "writes" => Kind::higher("throughput", unit::MIB_PER_S).op("write"),
        "fsyncs" => Kind::higher("iops", IOPS).op("fsync"),
        "queue length" => Kind::lower("queue.length", EVENT),
        "concurrency" => Kind::new("concurrency", EVENT, prill_core::Polarity::Informational),
        _ => {
            latency(key, token, part, out)?;
            return Some(token.len());
        }
    };
    kind.push(token, part, out);
    let unit = [" MiB/s", "/s"].iter().find(|unit| after.starts_with(**unit)).map_or(0, |unit| unit.len());
    Some(token.len() + unit)
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
    let (_, shown) = key.split_once("(ms,")?;
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

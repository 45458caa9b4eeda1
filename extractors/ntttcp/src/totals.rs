use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Printed, Text};

use crate::Read;
use crate::put::{self, Quantity};

/// A line that only ntttcp-for-linux prints.
pub(crate) fn is_mark(line: &str) -> bool {
    said(line).starts_with("#####  Totals:  #####") || line.starts_with("NTTTCP for Linux ")
}

/// What ntttcp-for-linux says when it fails.
pub(crate) fn complaint(line: &str) -> bool {
    line.cut(" ERR : ").or_else(|| line.cut(" ERR: ")).is_some_and(|(time, _)| time.len() == 8 && time.contains(':'))
}

/// The words of a message: `18:45:55 INFO: 64 threads created`.
fn said(line: &str) -> &str {
    match line.cut("INFO:") {
        Some((time, said)) if time.trim().len() == 8 => said.trim_start(),
        _ => line,
    }
}

/// Reads what `print_test_stats` of ntttcp-for-linux prints: a key and a value a line.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> Read {
    let (mut known, mut failed, mut totals, mut ended, mut cut) = (false, false, false, false, false);
    let mut threads = false;
    for line in text.lines() {
        let text = line.trimmed();
        if !line.ended {
            cut |= totals && !text.is_empty();
        } else if is_mark(text) {
            known = true;
            totals |= !text.starts_with("NTTTCP");
            threads = false;
        } else if complaint(text) {
            known = true;
            if !std::mem::replace(&mut failed, true) {
                out.tool_failed(text, format!("ntttcp says: {text}"));
            }
        } else if said(text).starts_with("Thread\tTime(s)\tThroughput") {
            threads = true;
        } else if threads && thread(said(text), out) || entry(said(text), totals, out) {
            ended |= said(text).starts_with("cpu busy (all)");
            let (text, said) = (out.span_of(text), out.span_of(said(text)));
            out.ignore_span(prill_core::Span::new(text.start, said.start), "time");
            continue;
        }
        out.ignore(text, "setting or message");
    }
    match (cut || totals && !ended && !failed, known) {
        (true, _) => Read::Cut,
        (false, true) => Read::Whole,
        (false, false) => Read::Foreign,
    }
}

/// `0\t 60.00\t 1.17Gbps` of `-V`; true when it is one.
fn thread(text: &str, out: &mut MetricSink) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [index, seconds, rate] = words[..] else { return false };
    let Some((token, printed)) = speed(rate).filter(|_| number::is_token(index)) else { return false };
    put::put(put::ELAPSED, Some(index), seconds, out);
    put::put(put::throughput(printed), Some(index), token, out);
    out.ignore(index, "names the thread");
    true
}

/// `throughput\t:9.39Gbps`, `512 connections tested`; true when it is measured.
fn entry(text: &str, totals: bool, out: &mut MetricSink) -> bool {
    if let Some(count) = text.strip_suffix(" connections tested").filter(|count| number::is_token(count)) {
        put::put(put::CONNECTIONS, None, count, out);
        return true;
    }
    let Some((key, value)) = text.split_once(':').filter(|_| totals) else { return false };
    let (key, value) = (key.trim(), value.trim());
    if let Some((token, printed)) = speed(value).filter(|_| key == "throughput") {
        put::put(put::throughput(printed), None, token, out);
        return true;
    }
    let Some((token, rest)) = number::leading(value) else { return false };
    let Some(quantity) = quantity(key, rest.trim()) else { return false };
    put::put(quantity, None, token, out);
    true
}

fn quantity(key: &str, rest: &str) -> Option<Quantity> {
    Some(match (key, rest) {
        ("test duration", "seconds") => put::ELAPSED,
        ("total bytes", "") => put::BYTES,
        ("retrans segs", "") => put::RETRANSMITS,
        ("retrans_segments/sec", "") => put::RETRANSMIT_RATE,
        ("lost_retrans/sec", "") => put::retransmit("lost"),
        ("syn_retrans/sec", "") => put::retransmit("syn"),
        ("fast_retrans/sec", "") => put::retransmit("fast"),
        ("forward_retrans/sec", "") => put::retransmit("forward"),
        ("slowStart_retrans/sec", "") => put::retransmit("slow_start"),
        ("retrans_fail/sec", "") => put::retransmit("failed"),
        ("tx_packets", "") => put::SENT,
        ("rx_packets", "") => put::RECEIVED,
        ("total", "") => put::INTERRUPT_COUNT,
        ("pkts/interrupt", "") => put::PER_INTERRUPT,
        ("user", "%") => put::cpu("user"),
        ("system", "%") => put::cpu("system"),
        ("idle", "%") => put::cpu("idle"),
        ("iowait", "%") => put::cpu("iowait"),
        ("softirq", "%") => put::cpu("softirq"),
        ("cpu busy (all)", "%") => put::CPU,
        ("cycles/byte", "") => put::CYCLES,
        ("tcpi rtt", "us") => put::RTT,
        _ => return None,
    })
}

/// `9.39Gbps`: `format_throughput` of `util.c`; bits count in 1000.
fn speed(text: &str) -> Option<(&str, Printed)> {
    let (token, word) = number::leading(text)?;
    let printed = match word {
        "bps" => unit::BIT_PER_S,
        "Kbps" => unit::KBIT_PER_S,
        "Mbps" => unit::MBIT_PER_S,
        "Gbps" => unit::GBIT_PER_S,
        _ => return None,
    };
    Some((token, printed))
}

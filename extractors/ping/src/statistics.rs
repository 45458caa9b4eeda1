use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Printed};

use crate::put::{Of, PACKET};

/// `4 packets transmitted, 4 received, +1 duplicates, 0% packet loss, time 616ms`: `finish` of iputils' `ping_common.c`, and
/// of BSD, busybox and inetutils, where it is `4 packets received` and without a time. Gives how many were received.
pub(crate) fn packets<'t>(line: &'t str, of: &Of, out: &mut MetricSink) -> Option<&'t str> {
    const COUNTS: [(&str, &str); 10] = [
        ("packets transmitted", "packet.sent"),
        ("packets received", "packet.received"),
        ("received", "packet.received"),
        ("duplicates", "packet.duplicated"),
        ("corrupted", "packet.corrupted"),
        ("packets corrupted", "packet.corrupted"),
        ("packets received with bad checksum", "packet.corrupted"),
        ("errors", "packet.failed"),
        ("packets out of wait time", "packet.late"),
        ("packets out of order", "packet.out_of_order"),
    ];
    let mut received = None;
    for part in line.parts(", ") {
        let part = part.trim().before(" -- ");
        if let Some((token, rest)) = number::leading(part) {
            let words = rest.trim();
            if words == "% packet loss" {
                of.loss(token, out);
            } else if let Some((_, name)) = COUNTS.iter().find(|(known, _)| *known == words) {
                of.packets(name, token, out);
                received = received.or(Some(token).filter(|_| *name == "packet.received"));
            } else {
                out.ignore(part, "text");
            }
        } else if let Some((token, "ms")) = part.strip_prefix("time ").and_then(number::leading) {
            of.elapsed(unit::MS, token, out);
        } else {
            out.ignore(part, "text");
        }
    }
    received
}

/// `rtt min/avg/max/mdev = 0.005/0.006/0.048/0.004 ms, pipe 3, ipg/ewma 0.012/0.005 ms`, and `round-trip min/avg/max/stddev = ..`.
/// False for another line, and for one that ends before its unit.
pub(crate) fn times(line: &str, of: &Of, out: &mut MetricSink) -> bool {
    let Some((head, rest)) = line.cut(" = ").filter(|(head, _)| head.starts_with("rtt ") || head.starts_with("round-trip "))
    else {
        return false;
    };
    let names = head.rsplit(' ').next().unwrap_or_default();
    let Some((values, mut rest)) = slashed(rest) else { return false };
    let printed = match rest.strip_prefix(" ms") {
        Some(after) => {
            rest = after;
            unit::MS
        }
        None if head.has("(ms)") => unit::MS,
        None => return false,
    };
    statistics(names, &values, printed, of, out);
    for part in rest.parts(", ") {
        if let Some(count) = part.strip_prefix("pipe ") {
            of.labels(out.metric("packet.in_flight.max").unit(PACKET)).push(count);
        } else if let Some(([gap, mean], " ms")) = part.strip_prefix("ipg/ewma ").and_then(slashed).and_then(pair) {
            of.labels(out.metric("packet.interval.mean").unit(unit::MS)).push(gap);
            ewma(mean, unit::MS, of, out);
        } else {
            out.ignore(part, "text");
        }
    }
    true
}

/// The values, where there are two, and what follows them.
fn pair<'t>((values, rest): (Vec<&'t str>, &'t str)) -> Option<([&'t str; 2], &'t str)> {
    Some((values.try_into().ok()?, rest))
}

/// `3/3 packets, 0% loss, min/avg/ewma/max = 0.037/0.048/0.044/0.064 ms`: what iputils says on SIGQUIT. False for another line.
pub(crate) fn status(line: &str, of: &Of, out: &mut MetricSink) -> bool {
    let Some((packets, rest)) = line.cut(" packets, ") else { return false };
    let (Some((received, sent)), Some((loss, rest))) = (packets.split_once('/'), rest.cut("% loss")) else { return false };
    if ![received, sent, loss].into_iter().all(number::is_token) {
        return false;
    }
    of.packets("packet.received", received, out);
    of.packets("packet.sent", sent, out);
    of.loss(loss, out);
    if let Some((names, values)) = rest.strip_prefix(", ").and_then(|rest| rest.cut(" = "))
        && let Some((values, " ms")) = slashed(values)
    {
        statistics(names, &values, unit::MS, of, out);
    }
    true
}

/// `Packets: Sent = 4, Received = 4, Lost = 0 (0% loss),` and `Minimum = 13ms, Maximum = 15ms, Average = 14ms` of Windows. Gives
/// whether it is one, and how many were received.
pub(crate) fn windows<'t>(line: &'t str, of: &Of, out: &mut MetricSink) -> Option<Option<&'t str>> {
    if !line.starts_with("Packets: Sent = ") && !line.starts_with("Minimum = ") {
        return None;
    }
    let mut received = None;
    for part in line.trim_start_matches("Packets: ").parts(", ") {
        let Some((key, (token, rest))) = part.cut(" = ").and_then(|(key, value)| Some((key, number::leading(value)?))) else {
            out.ignore(part, "cut");
            continue;
        };
        match (key, rest) {
            ("Sent", _) => of.packets("packet.sent", token, out),
            ("Received", _) => {
                of.packets("packet.received", token, out);
                received = Some(token);
            }
            ("Lost", _) => {
                of.packets("packet.lost", token, out);
                let share = rest.trim_start().strip_prefix('(').and_then(number::leading);
                if let Some((loss, _)) = share.filter(|(_, rest)| rest.starts_with("% loss)")) {
                    of.loss(loss, out);
                }
            }
            ("Minimum", "ms") => of.latency("min", unit::MS, token, out),
            ("Maximum", "ms") => of.latency("max", unit::MS, token, out),
            ("Average", "ms") => of.latency("mean", unit::MS, token, out),
            _ => out.ignore(part, "text"),
        }
    }
    Some(received)
}

fn statistics(names: &str, values: &[&str], printed: Printed, of: &Of, out: &mut MetricSink) {
    for (name, token) in names.split('/').zip(values) {
        match name {
            "min" => of.latency("min", printed, token, out),
            "avg" => of.latency("mean", printed, token, out),
            "max" => of.latency("max", printed, token, out),
            "mdev" | "stddev" | "std-dev" => of.latency("stddev", printed, token, out),
            "ewma" => ewma(token, printed, of, out),
            _ => out.ignore(token, "a statistic without a name in common"),
        }
    }
}

/// A mean in which the last round trips weigh most.
fn ewma(token: &str, printed: Printed, of: &Of, out: &mut MetricSink) {
    let metric = out.metric("round_trip.latency.mean").label("weighting", "exponential").unit(printed).lower();
    of.labels(metric).push(token);
}

/// `0.005/0.006/0.048` and what follows it.
fn slashed(text: &str) -> Option<(Vec<&str>, &str)> {
    let mut values = Vec::new();
    let mut rest = text;
    loop {
        let (token, after) = number::leading(rest)?;
        values.push(token);
        match after.strip_prefix('/') {
            Some(after) => rest = after,
            None => return Some((values, after)),
        }
    }
}

use std::collections::HashSet;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Polarity, Printed, Sniff, Span, Stream, Streams, Text};

use crate::put::Of;

/// The format of fping 3 to 5.
pub struct Fping;

impl Extractor for Fping {
    fn name(&self) -> &str {
        "fping"
    }

    fn summary(&self) -> &str {
        "round trips to many hosts"
    }

    fn streams(&self) -> Streams {
        // Replies are on stdout, statistics on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut best = Sniff::No;
        for line in text.lines() {
            let line = line.trimmed();
            if line.has(" : xmt/rcv/%") || line.ends_with(" ICMP Echo Replies received") || reply(line).is_some() {
                return Sniff::Certain;
            }
            if alive(line).is_some() || state(line) || line.starts_with("fping: ") {
                best = Sniff::Likely;
            }
            if counted(line).is_some() {
                best = best.max(Sniff::Possible);
            }
        }
        best
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let called = input.argv().is_some_and(|argv| self.called_by(argv).is_some());
        let mut page = Page { called, ..Page::default() };
        text.lines().for_each(|line| page.line(line, out));
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.cut)
    }
}

prill_core::register_extractor!(Fping);

/// Reads line after line of a text.
#[derive(Default)]
struct Page<'t> {
    called: bool,
    /// Blocks of `-Q` so far, and the targets of the last one: a target that comes again is of the summary.
    blocks: usize,
    seen: HashSet<&'t str>,
    failed: bool,
    cut: bool,
    known: bool,
}

impl<'t> Page<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if !line.ended {
            self.cut |= !text.is_empty();
            return out.ignore(text, "cut");
        }
        if self.row(text, out) || statistic(text, out) {
            self.known = true;
            return;
        }
        if text.starts_with('[') && text.ends_with(']') && text.len() == 10 {
            self.blocks += 1;
            self.seen.clear();
        } else if state(text) && text.ends_with("unreachable") {
            self.known = true;
            out.warn(code::NO_SAMPLES, text, "no packet came back: round_trip.latency has no value of this target");
        } else if text.starts_with("fping: ") || text.ends_with(": Name or service not known") {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("fping says: {text}"));
            }
        }
        self.known |= state(text);
        out.ignore(text, "text");
    }

    /// A line of one target; true when it is one.
    fn row(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if let Some((target, sequence, token)) = reply(text) {
            latency(target, Some(sequence), token, text, out);
        } else if let Some((target, token)) = alive(text) {
            latency(target, None, token, text, out);
        } else if let Some((target, rest)) = text.cut(" : xmt/rcv/%") {
            out.ignore(target, "names the target");
            self.summary(target.trim_end(), rest, out);
        } else if let Some((target, tokens)) = counted(text).filter(|_| self.called) {
            out.ignore(target, "names the target");
            for (sequence, token) in tokens.split_whitespace().enumerate().filter(|(_, token)| *token != "-") {
                let sequence = sequence.to_string();
                let metric = out.metric("round_trip.latency").label("target", target).label("seq", sequence).unit(unit::MS);
                metric.lower().push(token);
            }
        } else {
            return false;
        }
        true
    }

    /// `loss = 3/3/0%, outage(ms) = 0, min/avg/max = 0.045/0.056/0.067`; `return` in place of `loss` when more came back than were sent.
    fn summary(&mut self, target: &'t str, text: &str, out: &mut MetricSink) {
        let again = !self.seen.insert(target);
        let interval = Some(self.blocks).filter(|blocks| *blocks > 0 && !again);
        let of = Of { target: Some(target.to_owned()), repetition: None, interval };
        for part in text.parts(", ") {
            let Some((key, values)) = part.cut(" = ") else { continue };
            let values: Vec<&str> = values.split('/').collect();
            match (key, &values[..]) {
                ("loss" | "return", [sent, received, share]) => {
                    of.packets("packet.sent", sent, out);
                    of.packets("packet.received", received, out);
                    match share.strip_suffix('%').filter(|_| key == "loss") {
                        Some(share) => of.loss(share, out),
                        None => out.ignore(share, "how much more came back than was sent"),
                    }
                    if *received == "0" {
                        out.warn(code::NO_SAMPLES, received, "no packet came back: round_trip.latency has no values");
                    }
                }
                ("outage(ms)", [outage]) => of.labels(out.metric("outage").unit(unit::MS).lower()).push(outage),
                ("min/avg/max", [min, mean, max]) => {
                    for (stat, token) in [("min", min), ("mean", mean), ("max", max)] {
                        of.latency(stat, unit::MS, token, out);
                    }
                }
                _ => out.ignore(part, "text"),
            }
        }
    }
}

fn latency(target: &str, sequence: Option<&str>, token: &str, line: &str, out: &mut MetricSink) {
    let metric = out.metric("round_trip.latency").label("target", target).unit(unit::MS).lower();
    sequence.into_iter().fold(metric, |metric, sequence| metric.label("seq", sequence)).push(token);
    let (line, token) = (out.span_of(line), out.span_of(token));
    out.ignore_span(Span::new(line.start, token.start), "names the packet");
    out.ignore_span(Span::new(token.end, line.end), "a running mean");
}

/// `127.0.0.1 : [0], 64 bytes, 0.045 ms (0.045 avg, 0% loss)`, `84 bytes` in older ones; with `-D` behind a time. Gives the target, the
/// number of the packet and the round trip.
fn reply(line: &str) -> Option<(&str, &str, &str)> {
    let (head, rest) = line.cut(" : [")?;
    let (sequence, rest) = rest.cut("], ")?;
    let (_, rest) = rest.cut(" bytes, ")?;
    let (token, _) = rest.cut(" ms (").filter(|(_, rest)| rest.has(" avg, "))?;
    (number::is_token(token) && number::is_token(sequence)).then_some((name(head), sequence, token))
}

/// `127.0.0.1 is alive (0.047 ms)`
fn alive(line: &str) -> Option<(&str, &str)> {
    let (target, rest) = line.cut(" is alive (")?;
    let token = rest.cut(" ms)")?.0;
    number::is_token(token).then_some((target, token))
}

/// `127.0.0.1 : 0.047 - 0.056` of `-C`
fn counted(line: &str) -> Option<(&str, &str)> {
    let (target, tokens) = line.cut(" : ")?;
    let is_list = !tokens.is_empty() && tokens.split_whitespace().all(|token| token == "-" || number::is_token(token));
    (is_list && !target.trim_end().contains(' ')).then_some((target.trim_end(), tokens))
}

/// `127.0.0.1 is alive`, `10.9.0.2 is unreachable`
fn state(line: &str) -> bool {
    let target = line.strip_suffix(" is alive").or_else(|| line.strip_suffix(" is unreachable"));
    target.is_some_and(|target| !target.contains(' '))
}

/// The target behind the time of `-D`: `[1795938381.32195] 127.0.0.1`.
fn name(head: &str) -> &str {
    head.trim_end().rsplit(' ').next().unwrap_or(head)
}

/// A line of `-s`: `print_global_stats` of `fping.c`; false for another one.
fn statistic(line: &str, out: &mut MetricSink) -> bool {
    const TARGET: Printed = Printed::base("{target}");
    const PACKET: Printed = Printed::base("{packet}");
    const COUNTS: [(&str, &str, Printed, Polarity); 8] = [
        ("targets", "target.count", TARGET, Polarity::Informational),
        ("alive", "target.alive", TARGET, Polarity::Unknown),
        ("unreachable", "target.unreachable", TARGET, Polarity::Lower),
        ("unknown addresses", "target.unknown", TARGET, Polarity::Lower),
        ("timeouts (waiting for response)", "packet.timeouts", PACKET, Polarity::Lower),
        ("ICMP Echos sent", "packet.sent", PACKET, Polarity::Informational),
        ("ICMP Echo Replies received", "packet.received", PACKET, Polarity::Informational),
        ("other ICMP received", "packet.other", PACKET, Polarity::Unknown),
    ];
    let Some((token, words)) = line.split_once(' ').filter(|(token, _)| number::is_token(token)) else { return false };
    let of = Of::default();
    match words.trim() {
        "ms (min round trip time)" => of.latency("min", unit::MS, token, out),
        "ms (avg round trip time)" => of.latency("mean", unit::MS, token, out),
        "ms (max round trip time)" => of.latency("max", unit::MS, token, out),
        "sec (elapsed real time)" => of.elapsed(unit::SECOND, token, out),
        words => {
            let Some((_, name, printed, polarity)) = COUNTS.iter().find(|(known, ..)| *known == words) else { return false };
            out.metric(name).unit(*printed).polarity(*polarity).push(token);
        }
    }
    true
}

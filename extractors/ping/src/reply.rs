use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Printed, Span};

use crate::put::Of;

/// The line of a reply. Parts are slices of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reply<'t> {
    /// The number of the packet, where it is printed.
    pub(crate) sequence: Option<&'t str>,
    /// The round trip and its unit; none where the packet is too small to hold the time, or where it is `<1ms`.
    pub(crate) time: Option<(&'t str, Printed)>,
    /// How many bytes came back.
    pub(crate) bytes: Option<&'t str>,
    /// Another reply to the packet came before.
    pub(crate) duplicate: bool,
}

impl<'t> Reply<'t> {
    /// `64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.154 ms` (iputils, BSD), `64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.053 ms`
    /// (busybox), `Reply from 10.0.0.1: bytes=32 time=14ms TTL=57` (Windows).
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        // `-D` and `--apple-time` put the time of day before it.
        let is_unix = line.has(" bytes from ");
        if !is_unix && !line.starts_with("Reply from ") {
            return None;
        }
        let after = |key: &str| line.place(key).map(|at| &line[at + key.len()..]);
        let sequence = after("seq=").and_then(number::leading).map(|(token, _)| token);
        let time = after("time=").and_then(number::leading).and_then(|(token, rest)| {
            let word = rest.trim_start();
            (word.starts_with("ms") || rest.starts_with("ms")).then_some((token, unit::MS))
        });
        let bytes = match line.cut(" bytes from ") {
            Some((before, _)) => before.rsplit(' ').next(),
            None => after("bytes=").and_then(number::leading).map(|(token, _)| token),
        };
        let bytes = bytes.filter(|token| number::is_token(token));
        // Windows prints no number, all others do.
        let is_reply = sequence.is_some() || !is_unix && (time.is_some() || line.has("time<"));
        is_reply.then(|| Self { sequence, time, bytes, duplicate: line.has("(DUP!)") })
    }
}

/// Puts replies in, one after the other.
pub(crate) struct Replies<'t> {
    latency: prill_core::extract::Series,
    /// The last size that a reply had, which is said once.
    bytes: Option<&'t str>,
    /// Replies so far, where packets have no printed number.
    count: usize,
}

impl<'t> Replies<'t> {
    pub(crate) fn new(out: &mut MetricSink) -> Self {
        Self { latency: out.metric("round_trip.latency").unit(unit::MS).lower().series(), bytes: None, count: 0 }
    }

    pub(crate) fn begin(&mut self) {
        (self.count, self.bytes) = (0, None);
    }

    pub(crate) fn put(&mut self, reply: &Reply<'t>, of: &Of, line: &'t str, out: &mut MetricSink) {
        self.count += 1;
        // What stands before, between and behind the numbers names the packet.
        let mut from = out.span_of(line).start;
        let mut skip_to = |token: &str, out: &mut MetricSink| {
            let token = out.span_of(token);
            out.ignore_span(Span::new(from, token.start), "names the packet");
            from = token.end;
        };
        if let Some(bytes) = reply.bytes.filter(|bytes| self.bytes != Some(bytes)) {
            let first = self.bytes.replace(bytes).is_none();
            let metric = of.labels(out.metric("reply.bytes").unit(unit::BYTE).informational());
            let seq = reply.sequence.filter(|_| !first);
            seq.into_iter().fold(metric, |metric, seq| metric.label("seq", seq)).push(bytes);
            skip_to(bytes, out);
        }
        let end = &line[line.len()..];
        let Some((token, _)) = reply.time else { return skip_to(end, out) };
        let counted = if reply.sequence.is_none() { self.count.to_string() } else { String::new() };
        let repetition = of.repetition.map(|number| number.to_string());
        let labels = [
            ("seq", reply.sequence.or(Some(counted.as_str()))),
            ("duplicate", reply.duplicate.then_some("true")),
            ("target", of.target.as_deref()),
            ("repetition", repetition.as_deref()),
        ];
        let labels = out.labels(labels.into_iter().filter_map(|(key, value)| Some((key, value?))));
        out.push(self.latency.labels(labels), token);
        skip_to(token, out);
        skip_to(end, out);
    }
}

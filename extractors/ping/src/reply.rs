use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Printed, Span};

use crate::put::Of;

/// The line of a reply. Parts are slices of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reply<'t> {
    /// The number of the packet, where it is printed.
    pub(crate) sequence: Option<&'t str>,
    /// The round trip and its unit; none where the packet is too small to hold the time, or where it is `<1ms`.
    pub(crate) time: Option<(&'t str, Printed)>,
    /// Another reply to the packet came before.
    pub(crate) duplicate: bool,
}

impl<'t> Reply<'t> {
    /// `64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.154 ms` (iputils, BSD), `64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.053 ms`
    /// (busybox), `Reply from 10.0.0.1: bytes=32 time=14ms TTL=57` (Windows).
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        // `-D` and `--apple-time` put the time of day before it.
        let is_unix = line.contains(" bytes from ");
        if !is_unix && !line.starts_with("Reply from ") {
            return None;
        }
        let after = |key: &str| line.find(key).map(|at| &line[at + key.len()..]);
        let sequence = after("seq=").and_then(number::leading).map(|(token, _)| token);
        let time = after("time=").and_then(number::leading).and_then(|(token, rest)| {
            let word = rest.trim_start();
            (word.starts_with("ms") || rest.starts_with("ms")).then_some((token, unit::MS))
        });
        let is_reply = sequence.is_some() || time.is_some() || line.contains("time<");
        is_reply.then(|| Self { sequence, time, duplicate: line.contains("(DUP!)") })
    }
}

/// Puts replies in, one after the other.
pub(crate) struct Replies {
    latency: prill_core::extract::Series,
    /// Replies so far, where packets have no printed number.
    count: usize,
}

impl Replies {
    pub(crate) fn new(out: &mut MetricSink) -> Self {
        Self { latency: out.metric("round_trip.latency").unit(unit::MS).lower().series(), count: 0 }
    }

    pub(crate) fn begin(&mut self) {
        self.count = 0;
    }

    pub(crate) fn put(&mut self, reply: &Reply<'_>, of: &Of, line: &str, out: &mut MetricSink) {
        self.count += 1;
        let Some((token, _)) = reply.time else { return out.ignore(line, "a reply without a time") };
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
        let (line, token) = (out.span_of(line), out.span_of(token));
        out.ignore_span(Span::new(line.start, token.start), "names the packet");
        out.ignore_span(Span::new(token.end, line.end), "names the packet");
    }
}

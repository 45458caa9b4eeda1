use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Text};

use crate::put::Of;
use crate::reply::{Replies, Reply};
use crate::statistics;

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    /// How often each target is pinged in the text, and how often so far.
    targets: HashMap<&'t str, (usize, usize)>,
    of: Of,
    replies: Replies<'t>,
    /// Replies of a run whose statistics are still to come.
    open: bool,
    statuses: usize,
    failed: bool,
    degraded: bool,
    cut: bool,
    /// Some line was ping's.
    pub(crate) known: bool,
}

/// The target of a first line: `PING localhost (127.0.0.1) 56(84) bytes of data.`, `PING ::1(::1) 56 data bytes`,
/// `PING6(56=40+8+8 bytes) ::1 --> ::1`, `Pinging example.org [10.0.0.1] with 32 bytes of data:`.
pub(crate) fn target(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix("PING6(") {
        return rest.cut(" --> ").map(|(_, target)| target);
    }
    let rest = line.strip_prefix("PING ").or_else(|| line.strip_prefix("Pinging "))?;
    let is_size = rest.has(" bytes of data") || rest.has(" data bytes");
    let end = rest.find([' ', '(']).filter(|_| is_size)?;
    Some(rest[..end].trim_end_matches(':'))
}

/// The title of the statistics.
pub(crate) fn is_title(line: &str) -> bool {
    line.starts_with("--- ") && (line.ends_with(" ping statistics ---") || line.ends_with(" ping6 statistics ---"))
        || line.starts_with("Ping statistics for ")
}

/// What a ping says when it fails.
pub(crate) fn complaint(line: &str) -> bool {
    let said = line.strip_prefix("ping: ").or_else(|| line.strip_prefix("ping6: "));
    let ended =
        line.starts_with("connect: ") || line.starts_with("Ping request could not find host ") || line.starts_with("Usage: ping");
    // Packets that could not be sent, what `-v` shows, and warnings are no end.
    let goes_on = ["sendmsg", "sendto", "sock", "warning", "WARNING", "Warning", "recvmsg", "wrote"];
    ended || said.is_some_and(|said| !goes_on.iter().any(|word| said.starts_with(word)))
}

impl<'t> Page<'t> {
    pub(crate) fn new(text: &'t Text<'_>, out: &mut MetricSink) -> Self {
        let mut targets: HashMap<&str, (usize, usize)> = HashMap::new();
        for name in text.lines().filter_map(|line| target(line.trimmed())) {
            targets.entry(name).or_default().0 += 1;
        }
        Self {
            targets,
            of: Of::default(),
            replies: Replies::new(out),
            open: false,
            statuses: 0,
            failed: false,
            degraded: false,
            cut: false,
            known: false,
        }
    }

    /// True when the text ends before the statistics do.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || self.open && !self.failed
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if text.is_empty() {
            return;
        }
        if let Some(reply) = Reply::parse(text) {
            self.known = true;
            self.open = true;
            self.cut |= !line.ended && reply.time.is_none();
            return self.replies.put(&reply, &self.of, text, out);
        }
        if line.ended && self.result(text, out) {
            return;
        }
        // The unit ends the last line.
        if !line.ended && text.ends_with(" ms") && statistics::times(text, &self.of, out) {
            return;
        }
        if complaint(text) {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("ping says: {text}"));
            }
        } else if text.starts_with("ping: send") && !std::mem::replace(&mut self.degraded, true) {
            out.warn(code::DEGRADED, text, "ping could not send all packets");
        } else if let Some(target) = target(text) {
            self.begin(target);
            if line.ended {
                return self.payload(text, out);
            }
        }
        self.known |= is_title(text);
        self.cut |= !line.ended && self.known && !self.failed;
        out.ignore(text, "setting or message");
    }

    fn begin(&mut self, name: &'t str) {
        let several = self.targets.len() > 1;
        let (count, begun) = self.targets.entry(name).or_default();
        *begun += 1;
        let repetition = Some(*begun).filter(|_| *count > 1);
        self.of = Of { target: several.then(|| name.to_owned()), repetition, interval: None };
        self.known = true;
        self.open = true;
        self.replies.begin();
    }

    /// `PING localhost (127.0.0.1) 56(84) bytes of data.`, `.. (127.0.0.1): 56 data bytes`: how much is sent in a packet.
    fn payload(&self, text: &'t str, out: &mut MetricSink) {
        let end = [" bytes of data", " data bytes"].iter().find_map(|word| text.place(word)).unwrap_or(text.len());
        let head = text[..end].rsplit(' ').next().unwrap_or_default();
        let Some((token, rest)) = number::leading(head).filter(|_| end < text.len()) else {
            return out.ignore(text, "setting");
        };
        self.of.labels(out.metric("payload.bytes").unit(unit::BYTE).informational()).push(token);
        out.ignore(&text[..end - head.len()], "names the target");
        out.ignore(rest, "with headers");
    }

    /// A line of the statistics; true when it is one.
    fn result(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if text.has(" packets transmitted, ") {
            let received = statistics::packets(text, &self.of, out);
            self.end(received, out);
            return true;
        }
        if let Some(received) = statistics::windows(text, &self.of, out) {
            self.end(received, out);
            return true;
        }
        if statistics::times(text, &self.of, out) {
            return true;
        }
        let of = Of { interval: Some(self.statuses + 1), ..self.of.clone() };
        let is_status = statistics::status(text, &of, out);
        self.statuses += usize::from(is_status);
        is_status
    }

    fn end(&mut self, received: Option<&'t str>, out: &mut MetricSink) {
        self.known = true;
        self.open = false;
        if let Some(zero @ "0") = received {
            out.warn(code::NO_SAMPLES, zero, "no packet came back: round_trip.latency has no values");
        }
    }
}

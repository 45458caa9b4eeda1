use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::put::{ERROR, Kind, Known, REQUEST, RESPONSE};

/// What the report has said of the requests so far.
#[derive(Default)]
pub(crate) struct Counts {
    /// With `-t` more requests are better.
    timed: bool,
    pub(crate) complete: Option<u64>,
    /// How many failed but for the length of the answer.
    failed: u64,
}

impl Counts {
    pub(crate) fn new(timed: bool) -> Self {
        Self { timed, ..Self::default() }
    }

    /// The next run of the same command.
    pub(crate) fn restart(&mut self) {
        *self = Self::new(self.timed);
    }

    /// No request was answered, so that times are placeholders.
    pub(crate) fn is_empty(&self) -> bool {
        self.complete.is_some_and(|complete| self.failed >= complete)
    }

    fn work(&self) -> Polarity {
        if self.timed { Polarity::Higher } else { Polarity::Informational }
    }

    /// `Complete requests:      3000`
    pub(crate) fn field(&mut self, key: &str, value: &str, known: &mut Known, out: &mut MetricSink) -> bool {
        let Some((token, rest)) = number::leading(value) else { return false };
        let work = self.work();
        let kind = match key {
            "Time taken for tests" => {
                let better = if self.timed { Polarity::Informational } else { Polarity::Lower };
                Kind::new("elapsed", unit::SECOND, better)
            }
            "Complete requests" => {
                self.complete = token.parse().ok();
                Kind::new("request.count", REQUEST, work)
            }
            "Failed requests" => Kind::lower("request.failed", REQUEST),
            "Keep-Alive requests" => Kind::new("request.keep_alive", REQUEST, Polarity::Informational),
            "Keep-Alive aborts" => Kind::lower("error.count", ERROR).label("kind", "keep_alive"),
            // Of 2.0.
            "Broken pipe errors" => Kind::lower("error.count", ERROR).label("kind", "broken_pipe"),
            "Write errors" => Kind::lower("error.count", ERROR).label("kind", "write"),
            "Non-2xx responses" => {
                out.ignore(key, "names the number");
                Kind::lower("response.error.count", RESPONSE)
            }
            "Total transferred" => Kind::new("transfer.bytes", unit::BYTE, work),
            "Total body sent" | "Total POSTed" | "Total PUT" => Kind::new("sent.bytes", unit::BYTE, work),
            "HTML transferred" => Kind::new("body.bytes", unit::BYTE, work),
            "Requests per second" => Kind::new("request.rate", Printed::base("{request}/s"), Polarity::Higher),
            "Time per request" => {
                let all = rest.has("across all concurrent requests");
                let name = if all { "request.interval.mean" } else { "request.latency.mean" };
                known.time(Kind::lower(name, unit::MS), token, self, out);
                return true;
            }
            "Transfer rate" => Kind::new("throughput", unit::KIB_PER_S, Polarity::Higher),
            _ => return false,
        };
        known.put(kind, token, None, out);
        true
    }

    /// `(Connect: 0, Receive: 0, Length: 293, Exceptions: 0)`: why requests failed.
    pub(crate) fn failures(&mut self, text: &str, known: &mut Known, out: &mut MetricSink) -> bool {
        if !text.starts_with("(Connect: ") {
            return false;
        }
        let Some(kinds) = text[1..].strip_suffix(')') else { return false };
        for (kind, token) in kinds.parts(", ").filter_map(|pair| pair.cut(": ")) {
            let kind = match kind {
                "Connect" => "connect",
                "Receive" => "receive",
                "Length" => "length",
                _ => "exception",
            };
            if kind != "length" {
                self.failed += token.parse().unwrap_or(0);
            }
            known.put(Kind::lower("request.failed", REQUEST).label("kind", kind), token, None, out);
        }
        true
    }
}

/// `3189.68 kb/s sent`, below the transfer rate; `kb` is 1024 bytes.
pub(crate) fn rate(text: &str, known: &mut Known, out: &mut MetricSink) -> bool {
    let Some((token, direction)) = text.cut(" kb/s ").filter(|(token, _)| number::is_token(token)) else { return false };
    let direction = match direction {
        "sent" => "sent",
        "total" => "total",
        _ => return false,
    };
    known.put(Kind::new("throughput", unit::KIB_PER_S, Polarity::Higher).label("direction", direction), token, None, out);
    true
}

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Polarity};

use crate::put::{MESSAGE, Of};
use crate::{latency, rate};

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    /// How many metrics there were before this run, and how many runs of the text had some.
    before: usize,
    runs: usize,
    /// A file had the results before.
    has_file: bool,
    of: Of<'t>,
    object: &'static str,
    /// With `-n` the number of messages is given.
    fixed: bool,
    /// The log of `--full-log` has all once more, and so has a stream beside a file of it.
    copy: bool,
    client: bool,
    /// The last line of the results was read.
    ended: bool,
    failed: bool,
    cut: bool,
    /// Some line was sockperf's.
    pub(crate) known: bool,
}

impl<'t> Page<'t> {
    pub(crate) fn new(argv: &[String], before: usize) -> Self {
        let number = |arg: &String| arg.starts_with("-n") || arg.starts_with("--number-of-packets");
        Self {
            before,
            runs: 0,
            has_file: before > 0,
            of: Of::default(),
            object: "message.latency",
            fixed: argv.iter().skip(1).any(number),
            copy: before > 0,
            client: false,
            ended: false,
            failed: false,
            cut: false,
            known: false,
        }
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.text.trim();
        // The bracket at its end, or all three decimals, show that the last line is whole.
        let whole = line.ended || text.ends_with(')') || has_decimals(text);
        if !whole {
            self.cut |= self.known && !text.is_empty();
            return out.ignore(text, "cut");
        }
        let ours = text.strip_prefix("sockperf: ").map(str::trim_start);
        if let Some(ours) = ours {
            self.known = true;
            if self.begin(ours, text, out) || self.message(ours, out) || (!self.copy && self.result(ours, out)) {
                return;
            }
        }
        self.known |= text.starts_with("sockperf[CLIENT] ") || text.starts_with("Usage: sockperf ");
        self.client |= text.starts_with("sockperf[CLIENT] ");
        if text.starts_with("Usage: sockperf ") && !std::mem::replace(&mut self.failed, true) {
            out.tool_failed(text, "sockperf shows its usage instead of a run");
        }
        if text.starts_with("test was performed using the following parameters:") {
            self.copy = out.len() > self.before;
        }
        out.ignore(text, if self.copy { "once more, in the log" } else { "setting or message" });
    }

    /// True when the text ends before the results do.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || (self.client && !self.ended && !self.failed && !self.copy)
    }

    /// `== version #3.7-no.git ==`: a run, which may follow another one.
    fn begin(&mut self, ours: &'t str, text: &'t str, out: &mut MetricSink) -> bool {
        if !ours.starts_with("== version ") {
            return false;
        }
        if out.len() > self.before {
            self.runs += 1;
            out.warn(
                code::SEVERAL_DOCUMENTS,
                text,
                "another run of sockperf starts here: those before it are labelled repetition",
            );
            out.of_earlier_run(self.before..out.len(), self.runs);
            self.before = out.len();
        }
        (self.of, self.object) = (Of::default(), "message.latency");
        (self.copy, self.client, self.ended) = (self.has_file, false, false);
        out.ignore(text, "the version of sockperf");
        true
    }

    /// What sockperf says of itself: it exits with 0 whatever happened.
    fn message(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let none =
            ["No messages were received", "No messages were sent", "No valid observations found", "Test end before test start"];
        if text.starts_with("ERROR: ") || none.iter().any(|start| text.starts_with(start)) {
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("sockperf says: {text}"));
            }
        } else if text.starts_with("Test end (interrupted by user)") && self.client {
            out.warn(code::DEGRADED, text, "sockperf was ended early");
        } else {
            return false;
        }
        out.ignore(text, "message");
        true
    }

    fn result(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if let Some(server) = text.strip_prefix("========= Printing statistics for Server No: ") {
            self.of = Of { server: Some(server).filter(|number| *number != "0"), ..Of::default() };
            out.ignore(server, "names the server");
        } else if let Some(totals) = text.strip_prefix("[Total Run] ") {
            self.totals(totals, Of { phase: Some("total"), samples: None, ..self.of }, out);
        } else if let Some(totals) = text.strip_prefix("[Valid Duration] ") {
            self.totals(totals, self.of, out);
        } else if let Some(average) = text.strip_prefix("====> avg-") {
            let Some(object) = latency::average(average, self.of, out) else { return false };
            self.object = object;
        } else if let Some(counts) = text.strip_prefix("# dropped messages = ") {
            self.lost(counts, out);
        } else if let Some(observation) = text.strip_prefix("---> ") {
            self.ended |= observation.starts_with("<MIN>");
            return latency::observation(observation, self.object, self.of, out);
        } else if let Some(summary) = text.strip_prefix("Summary: ") {
            let bandwidth = rate::bandwidth(summary, self.of, out);
            self.ended |= bandwidth;
            return bandwidth || rate::rates(summary, self.of, out) || latency::summary(summary, self.of, out);
        } else {
            return self.messages(text, out);
        }
        true
    }

    /// `RunTime=2.000 sec; Warm up time=400 msec; SentMessages=53471; ReceivedMessages=53470; SkippedMessages=3`
    fn totals(&mut self, text: &'t str, of: Of<'t>, out: &mut MetricSink) {
        for (key, value) in text.parts("; ").filter_map(|pair| pair.split_once('=')) {
            let Some((token, _)) = number::leading(value) else { continue };
            match key {
                "RunTime" => of.put("elapsed", unit::SECOND, Polarity::Informational, token, out),
                "SentMessages" => of.put("message.sent", MESSAGE, self.work(), token, out),
                "ReceivedMessages" => {
                    of.put("message.received", MESSAGE, self.work(), token, out);
                    if of.phase.is_none() {
                        self.of.samples = token.parse().ok();
                    }
                }
                "SkippedMessages" => of.put("message.skipped", MESSAGE, Polarity::Lower, token, out),
                _ => out.ignore(token, "setting"),
            }
        }
    }

    /// `0; # duplicated messages = 0; # out-of-order messages = 0`
    fn lost(&self, counts: &'t str, out: &mut MetricSink) {
        let of = Of { samples: None, ..self.of };
        for (index, part) in counts.parts("; ").enumerate() {
            let (name, token) = match part.cut(" = ") {
                None if index == 0 => ("message.dropped", part),
                Some(("# duplicated messages", token)) => ("message.duplicated", token),
                Some(("# out-of-order messages", token)) => ("message.out_of_order", token),
                _ => continue,
            };
            of.put(name, MESSAGE, Polarity::Lower, token, out);
        }
    }

    /// `Total of 300404 messages sent in 2.002 sec (5 messages skipped)`, and of a server `Total 11302 messages received and handled`.
    fn messages(&self, text: &'t str, out: &mut MetricSink) -> bool {
        if let Some((sent, rest)) = text.strip_prefix("Total of ").and_then(|text| text.cut(" messages sent in ")) {
            let Some((seconds, rest)) = rest.cut(" sec") else { return false };
            self.of.put("message.sent", MESSAGE, self.work(), sent, out);
            self.of.put("elapsed", unit::SECOND, Polarity::Informational, seconds, out);
            if let Some(skipped) = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(" messages skipped)")) {
                self.of.put("message.skipped", MESSAGE, Polarity::Lower, skipped, out);
            }
            return true;
        }
        let received = text.strip_prefix("Total ").and_then(|text| text.strip_suffix(" messages received and handled"));
        if let Some(received) = received {
            self.of.put("message.received", MESSAGE, self.work(), received, out);
        }
        received.is_some()
    }

    fn work(&self) -> Polarity {
        if self.fixed { Polarity::Informational } else { Polarity::Higher }
    }
}

fn has_decimals(text: &str) -> bool {
    let observation = text.has("<MIN> observation = ");
    observation && text.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() == 3)
}

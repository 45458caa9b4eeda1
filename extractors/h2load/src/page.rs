use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, percentile, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::put::{Quantity, REQUEST, REQUESTS, bytes, put, time};

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    /// How many metrics there were before this run, and how many runs of the text had some.
    before: usize,
    runs: usize,
    /// The first line of a run was read.
    begun: bool,
    /// With `-D` more requests are better.
    timed: bool,
    /// The statistics above the table.
    columns: Vec<&'t str>,
    /// No request was done: times are placeholders.
    empty: bool,
    /// Traffic is in whole bytes, so that the table may have no rates, and ends anywhere.
    is_old: bool,
    /// The table was read.
    ended: bool,
    failed: bool,
    cut: bool,
    /// Some line was h2load's.
    pub(crate) known: bool,
}

/// The columns before there is a line that names them.
const COLUMNS: [&str; 5] = ["min", "max", "mean", "sd", "+/-"];

impl<'t> Page<'t> {
    pub(crate) fn new(argv: &[String], before: usize) -> Self {
        let timed = argv.iter().skip(1).any(|arg| arg.starts_with("-D") || arg.starts_with("--duration"));
        Self {
            before,
            runs: 0,
            begun: false,
            timed,
            columns: COLUMNS.to_vec(),
            empty: false,
            is_old: false,
            ended: false,
            failed: false,
            cut: false,
            known: false,
        }
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.text.trim_end();
        // The unit at its end shows that the table is whole.
        let is_last = text.starts_with("req/s ") && text.ends_with('%');
        if !line.ended && !is_last {
            self.cut |= self.known && !text.is_empty();
            // The last word may have gone on; a row of the table is read by its columns, up to there.
            let whole = text.rfind(' ').map_or("", |at| text[..at].trim_end());
            let row =
                whole.split_once(':').is_some_and(|(key, row)| !self.columns.is_empty() && self.row(key.trim_end(), row, out));
            return out.ignore(if row { &text[whole.len()..] } else { text }, "cut");
        }
        if self.begin(text, out) || self.message(text, out) || self.result(text, out) {
            self.known = true;
        } else {
            out.ignore(text, "setting or message");
        }
    }

    /// True when the text ends before the run does.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || (self.begun && !self.ended && !self.failed)
    }

    /// `starting benchmark...`: a run, which replaces an earlier one.
    fn begin(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if text != "starting benchmark..." {
            return false;
        }
        self.begun = true;
        if out.len() > self.before {
            self.runs += 1;
            out.warn(code::SEVERAL_DOCUMENTS, text, "another run of h2load starts here: those before it are labelled repetition");
            out.of_earlier_run(self.before..out.len(), self.runs);
            self.before = out.len();
        }
        (self.empty, self.ended) = (false, false);
        true
    }

    fn message(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let starts = ["h2load: ", "Usage: h2load ", "invalid URI", "Failed to ", "no URI ", "-n: ", "-c, -t: ", "-D: "];
        // What getopt says has the name that h2load was called by.
        let own = text.cut(": ").is_some_and(|(program, _)| program.ends_with("/h2load"));
        if own || starts.iter().any(|start| text.starts_with(start)) {
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("h2load says: {text}"));
            }
            out.ignore(text, "message");
            return true;
        }
        false
    }

    fn result(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if let Some(totals) = text.strip_prefix("finished in ") {
            return self.finished(totals, out);
        }
        if let Some(counts) = text.strip_prefix("requests: ") {
            return self.requests(counts, out);
        }
        if let Some(counts) = text.strip_prefix("status codes: ") {
            for (token, class) in counts.parts(", ").filter_map(|count| count.split_once(' ')) {
                let error = matches!(class, "4xx" | "5xx");
                let polarity = if error { Polarity::Lower } else { self.work() };
                put("response.count", polarity, (token, Printed::base("{response}")), Some(("status", class)), out);
                out.ignore(class, "names the status");
            }
            return true;
        }
        if let Some(traffic) = text.strip_prefix("traffic: ") {
            return self.traffic(traffic, out);
        }
        if let Some(counts) = text.strip_prefix("UDP datagram: ") {
            for (token, direction) in counts.parts(", ").filter_map(|count| count.split_once(' ')) {
                let datagrams = (token, Printed::base("{datagram}"));
                put("datagram.count", Polarity::Unknown, datagrams, Some(("direction", direction)), out);
            }
            return true;
        }
        if text.trim_start().starts_with("min  ") && text.has(" mean ") {
            self.columns = text.split_whitespace().collect();
            out.ignore(text, "the names of the columns");
            return true;
        }
        text.split_once(':').is_some_and(|(key, row)| self.row(key.trim_end(), row, out))
    }

    /// `26.11ms, 19149.75 req/s, 4.51MB/s`
    fn finished(&self, totals: &'t str, out: &mut MetricSink) -> bool {
        let mut parts = totals.parts(", ");
        let (Some(elapsed), Some(rate), Some(throughput)) = (
            parts.next().and_then(time),
            parts.next().and_then(|rate| rate.strip_suffix(" req/s")),
            parts.next().and_then(|rate| bytes(rate.strip_suffix("/s")?, unit::BYTE_PER_S)),
        ) else {
            return false;
        };
        put("elapsed", if self.timed { Polarity::Informational } else { Polarity::Lower }, elapsed, None, out);
        put("request.rate", Polarity::Higher, (rate, REQUESTS), None, out);
        put("throughput", Polarity::Higher, throughput, None, out);
        true
    }

    /// `500 total, 500 started, 500 done, 500 succeeded, 0 failed, 0 errored, 0 timeout`
    fn requests(&mut self, counts: &'t str, out: &mut MetricSink) -> bool {
        for (token, state) in counts.parts(", ").filter_map(|count| count.split_once(' ')) {
            let (name, polarity) = match state {
                "total" => ("request.count", self.work()),
                "started" => ("request.started", self.work()),
                "done" => {
                    self.empty = token == "0";
                    ("request.done", self.work())
                }
                "succeeded" => ("request.succeeded", Polarity::Higher),
                "failed" => ("request.failed", Polarity::Lower),
                "errored" => ("request.errored", Polarity::Lower),
                "timeout" => ("request.timeout", Polarity::Lower),
                _ => continue,
            };
            put(name, polarity, (token, REQUEST), None, out);
        }
        if self.empty {
            out.tool_failed(counts, "h2load did no request");
        }
        true
    }

    /// `120.61KB (123500) total, 89.84KB (92000) headers (space savings 0.00%), 5.86KB (6000) data`; before 1.9 `123500 bytes total`.
    fn traffic(&mut self, traffic: &'t str, out: &mut MetricSink) -> bool {
        self.is_old = traffic.has(" bytes total");
        for part in traffic.parts(", ") {
            let name = match part {
                _ if part.has(" total") => "transfer.bytes",
                _ if part.has(" headers") => "header.bytes",
                _ => "body.bytes",
            };
            let exact = part.split_once('(').and_then(|(rounded, rest)| Some((rounded, number::leading(rest)?.0)));
            if let Some((rounded, token)) = exact.filter(|(rounded, _)| !rounded.has("bytes")) {
                out.ignore(rounded, "the same number, rounded");
                put(name, self.work(), (token, unit::BYTE), None, out);
            } else if let Some((token, _)) = number::leading(part) {
                put(name, self.work(), (token, unit::BYTE), None, out);
            }
            if let Some((token, _)) = part.cut("space savings ").and_then(|(_, rest)| rest.split_once('%')) {
                put("header.savings", Polarity::Higher, (token, unit::PERCENT), None, out);
            }
        }
        true
    }

    /// `time for request:       28us      3.78ms       100us       394us    98.80%`; since 1.69 `request     :`.
    fn row(&mut self, key: &str, row: &'t str, out: &mut MetricSink) -> bool {
        let (object, polarity) = match key {
            "time for request" | "request" => ("request.latency", Polarity::Lower),
            "time for connect" | "connect" => ("connect.time", Polarity::Lower),
            "time to 1st byte" | "TTFB" => ("first_byte.time", Polarity::Lower),
            "req/s" => ("client.request.rate", Polarity::Higher),
            _ => return false,
        };
        out.ignore(key, "names the row");
        let rates = key == "req/s";
        // `+/- sd` is one column of two words.
        let columns: Vec<&str> =
            self.columns.iter().enumerate().filter(|(i, _)| *i == 0 || self.columns[i - 1] != "+/-").map(|(_, c)| *c).collect();
        // Without a connection there is neither a time to connect nor a rate, and with a warm-up none of the times is kept.
        let words: Vec<&str> = row.split_whitespace().collect();
        let never = self.empty && (rates || words.iter().all(|word| is_zero(word)));
        let never = never || (!rates && object != "request.latency" && words.iter().all(|word| is_zero(word)));
        for (column, word) in columns.iter().zip(&words) {
            let spread = if rates { Polarity::Unknown } else { Polarity::Lower };
            let (stat, polarity, quantity): (String, Polarity, Option<Quantity<'t>>) = match *column {
                "+/-" => {
                    ("within_stddev".to_owned(), Polarity::Unknown, word.strip_suffix('%').map(|token| (token, unit::PERCENT)))
                }
                "sd" => ("stddev".to_owned(), spread, value(word, rates)),
                column => match stat(column) {
                    Some(stat) => (stat, polarity, value(word, rates)),
                    None => continue,
                },
            };
            let name = format!("{object}.{stat}");
            match quantity {
                _ if never => {
                    out.warn(code::NO_SAMPLES, word, format!("{name} has no value: nothing was measured"));
                    out.ignore(word, "placeholder");
                }
                Some(quantity) => put(&name, polarity, quantity, None, out),
                None => out.warn(code::MALFORMED, word, format!("expected {name}")),
            }
        }
        self.ended |= rates || self.is_old;
        true
    }

    fn work(&self) -> Polarity {
        if self.timed { Polarity::Higher } else { Polarity::Informational }
    }
}

fn value(word: &str, rates: bool) -> Option<Quantity<'_>> {
    if rates { number::is_token(word).then_some((word, REQUESTS)) } else { time(word) }
}

fn stat(column: &str) -> Option<String> {
    match column {
        "min" | "max" | "mean" => Some(column.to_owned()),
        "median" => Some("p50".to_owned()),
        _ => percentile::stat(column.strip_prefix('p')?),
    }
}

/// `0us`, `0.00%`
fn is_zero(word: &str) -> bool {
    word.bytes().all(|b| !matches!(b, b'1'..=b'9'))
}

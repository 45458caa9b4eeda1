use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search};
use prill_core::{MetricSink, Polarity};

use crate::field::{self, Counts};
use crate::put::{Kind, Known, REQUEST};
use crate::table;

/// The first line of `-e`.
pub(crate) const CSV: &str = "Percentage served,Time in ms";
/// The first line of `-g`.
pub(crate) const TSV: &str = "starttime\tseconds\tctime\tdtime\tttime\twait";

/// Reads line after line of a text.
pub(crate) struct Page {
    /// How many metrics there were before this run, and how many runs of the text had some.
    before: usize,
    runs: usize,
    part: Part,
    counts: Counts,
    metrics: Known,
    /// The percentiles of `-e` are there, so that those of the table come again.
    has_csv: bool,
    /// A run was begun, and has a rate or times.
    begun: bool,
    ended: bool,
    failed: bool,
    cut: bool,
    /// Some line was ab's.
    pub(crate) known: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Before the report: answers of servers stand there with `-v`.
    Head,
    Csv,
    Tsv,
    Report,
}

impl Page {
    pub(crate) fn new(argv: &[String], before: usize) -> Self {
        let timed = argv.iter().skip(1).any(|arg| arg.starts_with("-t"));
        Self {
            before,
            runs: 0,
            part: Part::Head,
            counts: Counts::new(timed),
            metrics: Known::default(),
            has_csv: false,
            begun: false,
            ended: true,
            failed: false,
            cut: false,
            known: false,
        }
    }

    pub(crate) fn line(&mut self, line: Line<'_>, out: &mut MetricSink) {
        let text = line.trimmed();
        if !line.ended && !text.ends_with([')', '>']) && !text.ends_with(" received") {
            self.cut |= self.known && !text.is_empty();
            return out.ignore(text, "cut");
        }
        // Most lines are rows, and no row of numbers is anything else.
        let is_csv = self.part == Part::Csv && table::csv(text, &mut self.metrics, out);
        if is_csv || self.heading(text, out) || self.message(text, out) || self.row(text, out) {
            self.known = true;
        } else {
            out.ignore(text, "setting or message");
        }
    }

    /// True when the text ends before the report does.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || (self.begun && !self.ended)
    }

    /// A line that says what follows.
    fn heading(&mut self, text: &str, out: &mut MetricSink) -> bool {
        if text.starts_with("This is ApacheBench, Version ") {
            self.restart(text, out);
            (self.begun, self.ended) = (true, false);
        } else if text.ends_with(CSV) {
            (self.part, self.has_csv) = (Part::Csv, true);
        } else if text.ends_with(TSV) {
            self.part = Part::Tsv;
        } else if self.part != Part::Report && text.has("Server Software:") {
            self.part = Part::Report;
            // Of this run alone: to look at those before it for each is a square.
            self.has_csv |= out.metrics().iter().skip(self.before).any(|metric| metric.name() == "request.latency.p50");
        } else {
            return false;
        }
        out.ignore(text, "message");
        true
    }

    /// What was read before is of an earlier run.
    fn restart(&mut self, text: &str, out: &mut MetricSink) {
        if self.part == Part::Report && out.len() > self.before {
            self.runs += 1;
            out.warn(code::SEVERAL_DOCUMENTS, text, "another run of ab starts here: those before it are labelled repetition");
            out.of_earlier_run(self.before..out.len(), self.runs);
            self.before = out.len();
        }
        (self.part, self.has_csv) = (Part::Head, false);
        self.counts.restart();
    }

    /// What ab says of itself.
    fn message(&mut self, text: &str, out: &mut MetricSink) -> bool {
        let starts = [
            "ab: ",
            "apr_",
            "Test aborted after ",
            "SSL handshake failed",
            "SSL write failed",
            "SSL read failed",
            "Send request ",
        ];
        if !matches!(text.as_bytes().first(), Some(b'a' | b'T' | b'S' | b'C' | b'F' | b'/' | b'.')) {
            return false;
        }
        // Some messages have the name that ab was called by.
        let own = text.cut(": ").is_some_and(|(program, _)| program.ends_with("/ab"));
        if own || starts.iter().any(|start| text.starts_with(start)) {
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("ab says: {text}"));
            }
        } else if let Some(count) = text.strip_prefix("Total of ").and_then(|rest| rest.strip_suffix(" requests completed")) {
            self.ended = true;
            self.metrics.put(Kind::new("request.count", REQUEST, Polarity::Informational), count, None, out);
            return true;
        } else if !(text.starts_with("Completed ") || text.starts_with("Finished ")) || !text.ends_with(" requests") {
            return false;
        }
        out.ignore(text, "message");
        true
    }

    fn row(&mut self, text: &str, out: &mut MetricSink) -> bool {
        match self.part {
            Part::Head => false,
            Part::Csv => {
                self.part = Part::Head;
                false
            }
            Part::Tsv => {
                out.ignore(text, "one request, of those that the tables sum up");
                true
            }
            Part::Report if text.starts_with("<tr ") => self.html(text, out),
            Part::Report => self.report(text, out),
        }
    }

    fn report(&mut self, text: &str, out: &mut MetricSink) -> bool {
        let first = text.as_bytes().first();
        if first.is_none_or(|byte| matches!(byte, b'(' | b'0'..=b'9')) {
            return self.counts.failures(text, &mut self.metrics, out)
                || table::percentage(text, self.has_csv, &self.counts, &mut self.metrics, out)
                || field::rate(text, &mut self.metrics, out);
        }
        let Some((key, value)) = text.split_once(':') else { return false };
        self.pair(key, value.trim_ascii_start(), value.split_ascii_whitespace(), out)
    }

    /// `<tr ><th colspan=2 bgcolor=white>Key:</th><td colspan=2 bgcolor=white>value</td></tr>`
    fn html(&mut self, text: &str, out: &mut MetricSink) -> bool {
        let cells: Vec<&str> =
            text.split('>').filter_map(|part| Some(part.split_once('<')?.0.trim())).filter(|cell| !cell.is_empty()).collect();
        let read = match cells[..] {
            [why] if why.starts_with('(') => self.counts.failures(why, &mut self.metrics, out),
            ["&nbsp;", rate] => field::rate(rate, &mut self.metrics, out),
            [key, value, ..] => key.strip_suffix(':').is_some_and(|key| self.pair(key, value, cells[1..].iter().copied(), out)),
            _ => false,
        };
        if read {
            for (tag, _) in text.split('<').filter_map(|part| part.split_once('>')) {
                out.ignore(tag, "HTML");
            }
        }
        read
    }

    fn pair<'t>(&mut self, key: &str, value: &'t str, words: impl Iterator<Item = &'t str>, out: &mut MetricSink) -> bool {
        let times = table::times(key, words, &self.counts, &mut self.metrics, out);
        let read = times || self.counts.field(key, value, &mut self.metrics, out);
        self.ended |= times || key == "Requests per second";
        read
    }
}

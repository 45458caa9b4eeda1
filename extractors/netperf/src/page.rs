use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Printed, Text};

use crate::put::Of;
use crate::table::{self, Table};
use crate::test::{self, Command, Kind};
use crate::{field, histogram, omni, units};

/// Heads are no longer than this; more lines before a row are messages.
const HEAD: usize = 12;

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    command: Option<Command<'t>>,
    /// The tests that the text has more than one of, by their names; several names are told apart by a label.
    tests: HashMap<&'t str, usize>,
    /// How often each began so far.
    begun: HashMap<&'t str, usize>,
    of: Of,
    /// Lines without a number since the last row.
    head: Vec<&'t str>,
    table: Option<Table>,
    /// The fields of `-k` so far: their units may stand behind them.
    pairs: Vec<omni::Pair<'t>>,
    /// Reports so far while the test runs; the number of `NETPERF_INTERIM_RESULT` and it, until its unit comes.
    intervals: usize,
    interim: Option<&'t str>,
    failed: bool,
    /// The text ends within a line.
    pub(crate) cut: bool,
    /// Some line was netperf's.
    pub(crate) known: bool,
    /// How many rows without a head were read.
    rows: usize,
}

/// What netperf says when it fails.
pub(crate) fn complaint(line: &str) -> bool {
    const BEGINNINGS: [&str; 9] = [
        "establish control: ",
        "establish_control could not ",
        "The test you requested ",
        "netperf: ",
        "send_omni: ",
        "recv_response: ",
        "recv_response_timed_n: ",
        "alloc_sendfile_buf_ring: ",
        "Usage: netperf ",
    ];
    BEGINNINGS.iter().any(|beginning| line.starts_with(beginning))
}

impl<'t> Page<'t> {
    pub(crate) fn new(text: &'t Text<'_>, argv: Option<&'t [String]>) -> Self {
        let mut tests: HashMap<&str, usize> = HashMap::new();
        for line in text.lines() {
            if let Some(name) = test::banner(line.trimmed()) {
                *tests.entry(name).or_default() += 1;
            }
        }
        let command = argv.map(Command::parse);
        let kind = command.as_ref().and_then(|command| Kind::of(command.test));
        let of = Of { kind, fixed: command.as_ref().is_some_and(|command| command.fixed), ..Of::default() };
        Self {
            command,
            tests,
            begun: HashMap::new(),
            of,
            head: Vec::new(),
            table: None,
            pairs: Vec::new(),
            intervals: 0,
            interim: None,
            failed: false,
            cut: false,
            known: false,
            rows: 0,
        }
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        // A blank behind a number shows that it is whole.
        let open = !line.ended && !line.text.ends_with(' ');
        if text.is_empty() {
            return;
        }
        if let Some(name) = test::banner(text) {
            self.begin(name, out);
        } else if complaint(text) {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("netperf says: {text}"));
            }
        } else if text.starts_with("!!!") {
            return self.warning(text, open, out);
        } else if !open && histogram::row(text, &mut self.of, out) {
            self.known = true;
            return;
        } else if self.report(text, open, out) {
            return;
        } else if let Some(pair) = omni::key_value(text) {
            self.known |= pair.0.is_some();
            self.cut |= open;
            if !open {
                return self.pairs.push(pair);
            }
        } else if is_row(text) {
            return self.row(line.text, open, out);
        } else {
            if self.table.take().is_some() || self.head.len() == HEAD {
                self.head.clear();
            }
            self.head.push(line.text);
        }
        self.cut |= open && self.known && !self.failed;
        out.ignore(text, "setting or message");
    }

    /// What was read until the text ended.
    pub(crate) fn finish(&mut self, out: &mut MetricSink) {
        let figure = self.figure();
        omni::put(&std::mem::take(&mut self.pairs), figure, &mut self.of, out);
    }

    fn figure(&self) -> Option<Printed> {
        self.command.as_ref()?.figure(self.of.kind)
    }

    /// A banner: another test begins.
    fn begin(&mut self, name: &'t str, out: &mut MetricSink) {
        self.finish(out);
        self.known = true;
        let begun = self.begun.entry(name).or_default();
        *begun += 1;
        let repetition = Some(*begun).filter(|_| self.tests.get(name).is_some_and(|count| *count > 1));
        let kind = Kind::of(name).or(self.of.kind);
        let test = (self.tests.len() > 1).then(|| name.to_owned());
        self.of = Of { kind, test, repetition, fixed: self.of.fixed, ..Of::default() };
        (self.intervals, self.interim, self.table) = (0, None, None);
        self.head.clear();
    }

    /// `!!! Confidence intervals: Throughput      : 68.249%`
    fn warning(&mut self, text: &'t str, open: bool, out: &mut MetricSink) {
        self.known = true;
        self.cut |= open;
        if text.has("Desired confidence was not achieved") {
            out.warn(code::DEGRADED, text, "netperf did not reach the confidence that it was asked for");
        }
        let value = text.cut_last(": ").and_then(|(words, value)| Some((words, value.strip_suffix('%')?)));
        if let Some((words, token)) = value {
            let words = words.trim_start_matches("!!!").trim().trim_start_matches("Confidence intervals:");
            let is_zero = token.bytes().all(|b| matches!(b, b'0' | b'.'));
            if let Some(quantity) = field::width(words).filter(|_| !is_zero && number::is_token(token)) {
                return self.of.put(quantity, token, out);
            }
        }
        out.ignore(text, "message");
    }

    /// A report while the test runs (`-D`); true when the line is one.
    fn report(&mut self, text: &'t str, open: bool, out: &mut MetricSink) -> bool {
        if let Some((token, printed)) = table::interim(text).or_else(|| table::interim_csv(text)) {
            self.known = true;
            self.interval(token, Some(printed), out);
            let rest = out.span_of(text).end;
            out.ignore_span(prill_core::Span::new(out.span_of(token).end, rest), "the time of the report");
            self.cut |= open;
            return true;
        }
        let Some((key, value)) = text.strip_prefix("NETPERF_").and_then(|text| text.cut("]=")).filter(|_| !open) else {
            return false;
        };
        self.known = true;
        out.ignore(key, "the number of the report");
        match (key.split('[').next(), self.interim) {
            (Some("INTERIM_RESULT"), _) => self.interim = Some(value),
            (Some("UNITS"), Some(token)) => {
                self.interval(token, units::of_word(value), out);
                self.interim = None;
                out.ignore(value, "a unit");
            }
            _ => out.ignore(value, "the time of the report"),
        }
        true
    }

    fn interval(&mut self, token: &'t str, printed: Option<Printed>, out: &mut MetricSink) {
        self.intervals += 1;
        self.of.interval = Some(self.intervals);
        self.of.figure(printed, &[], token, out);
        self.of.interval = None;
    }

    /// A line with numbers, of a table or of fields.
    fn row(&mut self, text: &'t str, open: bool, out: &mut MetricSink) {
        let whole = if open { &text[..text.trim_end().rfind([' ', ',']).map_or(0, |at| at + 1)] } else { text };
        self.cut |= open;
        out.ignore(&text[whole.len()..], "cut");
        let words: Vec<&str> = whole.words().collect();
        if self.table.is_none() {
            self.table = Table::of(&self.head);
        }
        if let Some(table) = &mut self.table {
            self.known = true;
            table.row(&words, &mut self.of, out);
            if table.is_done() {
                self.table = None;
                self.head.clear();
            }
            return;
        }
        let head = self.head.join(" ");
        let pairs = if head.contains(',') { omni::csv(&head, whole) } else { omni::columns(&self.head, whole) };
        if pairs.iter().any(|(what, _)| what.is_some()) {
            self.known = true;
            let figure = self.figure();
            self.head.clear();
            return omni::put(&pairs, figure, &mut self.of, out);
        }
        if open || !self.headless(whole, &words, out) {
            out.ignore(whole, "text");
        }
    }

    /// A row where the command asked for no heads.
    fn headless(&mut self, text: &'t str, words: &[&'t str], out: &mut MetricSink) -> bool {
        let Some(command) = &self.command else { return false };
        let figure = command.figure(self.of.kind);
        if let Some(pairs) =
            command.fields.get(self.rows % command.fields.len().max(1)).and_then(|fields| omni::asked(fields, text.trim()))
        {
            self.rows += 1;
            omni::put(&pairs, figure, &mut self.of, out);
        } else if command.is_terse() && !command.cpu && words.len() <= 2 {
            self.of.figure(figure, &[], words[0], out);
        } else if let Some(mut table) = Table::without_head(words.len(), figure) {
            table.row(words, &mut self.of, out);
            self.table = Some(table).filter(|table| !table.is_done());
        } else {
            return false;
        }
        self.known = true;
        true
    }
}

/// Whether a line has a number among its words.
fn is_row(line: &str) -> bool {
    line.split(|c: char| c.is_whitespace() || c == ',').any(number::is_token)
}

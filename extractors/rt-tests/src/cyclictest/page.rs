use std::collections::BTreeMap;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Printed, Span, Text};

use super::VALUED;
use super::histogram::Histogram;
use crate::latency::{self, WAKEUP};
use crate::options;
use crate::report::{self, Report};
use crate::row::Row;

/// What stands in the text around a JSON report: the last row of each thread, the summary of a histogram, and what follows.
#[derive(Default)]
pub(super) struct Page<'t> {
    rows: BTreeMap<u32, Row<'t>>,
    histogram: Histogram<'t>,
    /// `# Break value: 122`: the latency that ended the run.
    break_value: Option<&'t str>,
    /// Thread and latency of each `Spike:` row.
    spikes: Vec<(&'t str, &'t str)>,
    /// `spikes = 1644`.
    spike_count: Option<&'t str>,
    banners: usize,
    /// The runs that stand before this one in the text.
    earlier: Vec<Self>,
    known: bool,
    cut: bool,
}

impl<'t> Page<'t> {
    /// Reads `text` but for the bytes `skip` of it. Numbers that are no metric are said at once.
    pub(super) fn read(text: &'t Text<'_>, skip: Option<Span>, out: &mut MetricSink) -> Self {
        let mut page = Self::default();
        let base = text.as_str().as_ptr().addr();
        let mut usage = false;
        for line in text.lines() {
            let at = line.text.as_ptr().addr() - base;
            if line.text.is_empty() || skip.is_some_and(|s| s.start <= at && at < s.end) {
                continue;
            }
            if !usage && line.text.starts_with("cyclictest V ") {
                out.tool_failed(line.text, "cyclictest printed its usage in place of a measurement");
                usage = true;
            }
            if usage {
                out.ignore(line.text, "usage");
            }
            page.known |= usage || page.take(line, out);
        }
        page
    }

    /// The unit of the latencies: what the JSON says, then what the columns show, then what was asked for.
    pub(super) fn unit(&self, report: Option<&Report<'_>>, argv: &[String]) -> Printed {
        let said = report.and_then(|r| r.get("resolution_in_ns")).and_then(report::token).map(|token| token == "1");
        let shown = self.rows().find_map(|row| row.nanoseconds);
        let asked = || options::has(argv, 'N', "nsecs", VALUED);
        latency::unit_of(said.or(shown).unwrap_or_else(asked))
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Row<'t>> {
        self.rows.values()
    }

    /// Leaves the rows out: on stderr they are a state in the middle of the run.
    pub(super) fn leave_rows(&mut self, out: &mut MetricSink) {
        for row in std::mem::take(&mut self.rows).values() {
            out.ignore(row.line, "state in the middle of the run");
        }
    }

    /// Whether the text ends in the middle of something.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Whether any line was cyclictest's.
    pub(super) fn is_known(&self) -> bool {
        self.known
    }

    /// The metrics of the runs before, which no report is of.
    pub(super) fn emit_earlier(&self, argv: &[String], out: &mut MetricSink) {
        for (number, page) in (1..).zip(&self.earlier) {
            let from = out.len();
            page.emit(false, page.unit(None, argv), out);
            out.of_earlier_run(from..out.len(), number);
        }
    }

    /// The metrics; `reported` says that a JSON report has given the same with more decimals.
    pub(super) fn emit(&self, reported: bool, printed: Printed, out: &mut MetricSink) {
        let summary = !self.histogram.is_empty();
        for row in self.rows() {
            latency::from_row(WAKEUP, row, (reported || summary).then_some("table"), printed, out);
        }
        self.histogram.emit(reported.then_some("histogram"), printed, out);
        if let Some(token) = self.break_value {
            out.metric("breaktrace.latency").unit(printed).lower().resolution(printed.scale.factor()).push(token);
        }
        for (i, (thread, token)) in self.spikes.iter().enumerate() {
            let spike = (i + 1).to_string();
            out.metric("spike.latency").label("spike", spike).label("thread", *thread).unit(printed).lower().push(token);
        }
        if let Some(token) = self.spike_count {
            out.metric("spike.count").unit(Printed::base("{spike}")).lower().push(token);
        }
    }

    /// Reads a line; false when it is none of cyclictest's.
    fn take(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        // Rows of cyclicdeadline have no priority, those of signaltest no interval.
        if let Some(row) = Row::parse(line).filter(|row| row.priority.is_some() && row.has_interval()) {
            self.row(row, line, out);
            return true;
        }
        if self.histogram.take(line, &mut self.cut).is_some() || self.extra(line, out).is_some() {
            return true;
        }
        let text = line.text.trim();
        if is_failure(text) {
            out.tool_failed(text, format!("cyclictest says: {text}"));
            out.ignore(text, "message");
            return true;
        }
        if text.starts_with("# /dev/cpu_dma_latency set to ") {
            self.banner(text, out);
        }
        // The file of --histfile has no other head.
        if text == "# Histogram" && !self.histogram.is_empty() {
            self.start_anew(text, out);
        }
        let why = why_not(text);
        if let Some(why) = why {
            out.ignore(text, why);
        }
        why.is_some()
    }

    /// The last whole row of a thread counts: live output repeats them all.
    fn row(&mut self, row: Row<'t>, line: Line<'t>, out: &mut MetricSink) {
        self.cut |= !line.ended && !row.is_whole();
        let thread = row.thread.parse().unwrap_or(u32::MAX);
        if self.rows.get(&thread).is_some_and(|known| row.is_of_another_run(known)) {
            self.start_anew(row.line, out);
        }
        match self.rows.get(&thread) {
            Some(known) if known.is_whole() && !row.is_whole() => out.ignore(row.line, "row that was cut"),
            _ => {
                if let Some(earlier) = self.rows.insert(thread, row) {
                    out.ignore(earlier.line, "replaced by a later row of the thread");
                }
            }
        }
    }

    /// A second run in the text starts anew.
    fn banner(&mut self, text: &'t str, out: &mut MetricSink) {
        self.banners += 1;
        if self.banners > 1 && !(self.rows.is_empty() && self.histogram.is_empty()) {
            self.start_anew(text, out);
        }
    }

    fn start_anew(&mut self, text: &'t str, out: &mut MetricSink) {
        out.warn(code::SEVERAL_DOCUMENTS, text, "another run of cyclictest starts here: those before it are labelled repetition");
        let mut before = std::mem::take(self);
        let mut earlier = std::mem::take(&mut before.earlier);
        *self = Self { banners: before.banners, known: true, ..Self::default() };
        earlier.push(before);
        self.earlier = earlier;
    }

    /// What only some options print; `None` when the line is none of it.
    fn extra(&mut self, line: Line<'t>, out: &mut MetricSink) -> Option<()> {
        let token = |text: &'t str| number::leading(text.trim_start()).filter(|(_, rest)| line.ended || !rest.is_empty());
        if let Some(rest) = line.text.strip_prefix("# Break value: ") {
            self.break_value = token(rest).map(|(token, _)| token);
            self.cut |= self.break_value.is_none();
        } else if let Some(rest) = line.text.strip_prefix("spikes = ") {
            self.spike_count = token(rest).map(|(token, _)| token);
            self.cut |= self.spike_count.is_none();
        } else {
            let (thread, rest) = number::leading(line.text.strip_prefix("T:")?.trim_start())?;
            let (spike, rest) = token(rest.trim_start().strip_prefix("Spike:")?)?;
            out.ignore(thread, "thread");
            out.ignore(rest, "time stamp");
            self.spikes.push((thread, spike));
        }
        Some(())
    }
}

fn is_failure(text: &str) -> bool {
    text.starts_with("FATAL: ") || text.starts_with("cyclictest: ") || text.starts_with("Unable to change scheduling policy")
}

/// Why a line of cyclictest has no metric; `None` when the line is none of its.
fn why_not(text: &str) -> Option<&'static str> {
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let starts = |prefixes: &[&str]| prefixes.iter().any(|p| text.starts_with(p));
    let all_digits = |mut words: std::str::SplitWhitespace<'_>| words.all(digits);
    if text.bytes().next()?.is_ascii_digit() {
        if text.split(':').count() == 3 && text.split(':').all(|word| digits(word.trim())) {
            return Some("raw sample");
        }
        let wide = text.split_whitespace().all(|word| word.len() >= 6);
        return (wide && all_digits(text.split_whitespace())).then_some("bucket of the histogram");
    }
    if starts(&["# /dev/cpu_dma_latency", "Max CPUs = ", "Online CPUs = ", "Using "]) {
        return Some("setting");
    }
    if starts(&["# Histogram", "# Thread ", "# Break thread: ", "#---------", "# cyclictest current status"]) {
        return Some("number of a cycle or a thread");
    }
    if text.starts_with("Thread ") && (text.has(" Interval: ") || text.has(" using cpu ")) {
        return Some("setting");
    }
    if text.starts_with("policy: ") && text.has("loadavg: ") {
        return Some("load average");
    }
    starts(&["WARN: ", "ERROR", "defaulting realtime priority", "INFO: "]).then_some("message")
}

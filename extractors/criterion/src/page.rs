use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Text};

use crate::interval::Interval;
use crate::message;
use crate::put::{Estimator, Put, Quantity};

/// The lines of a text.
#[derive(Default)]
pub(crate) struct Page<'t> {
    /// Whether any line is criterion's.
    pub(crate) known: bool,
    /// The text ends within an interval.
    pub(crate) cut: bool,
    /// The last line that says nothing by itself: the name of a benchmark, when it is too long for the line of its time.
    title: &'t str,
    /// Puts in what the lines of a benchmark say.
    put: Put<'t>,
    failed: bool,
}

/// What stands before an interval. Older versions put the change on the line after its title.
const KEYS: [&str; 3] = ["time:   ", "thrpt:  ", "change: "];

/// Lines that only criterion prints.
pub(crate) fn is_mark(line: &str) -> bool {
    let at = memchr::memrchr(b'[', line.as_bytes()).filter(|at| line[..*at].ends_with(KEYS[0]));
    let interval = at.is_some_and(|at| Interval::parse(&line[at..]).is_some());
    let progress = line.starts_with("Benchmarking ") && (line.has(": Warming up for ") || line.has(" samples in estimated "));
    interval || progress || line.starts_with("Found ") && line.has(" outliers among ")
}

impl<'t> Page<'t> {
    pub(crate) fn read(text: &'t Text<'_>, out: &mut MetricSink) -> Self {
        let mut page = Self::default();
        for line in text.lines() {
            if message::is_mark(line.trimmed()) {
                page.known = true;
                page.cut |= !message::read(line, out);
            } else {
                page.line(line, out);
            }
        }
        page
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if let Some(at) = memchr::memrchr(b'[', text.as_bytes())
            && let Some(key) = KEYS.into_iter().find(|key| text[..at].ends_with(key))
        {
            return self.interval(key, at, line, out);
        }
        match text.as_bytes().first() {
            None => out.ignore(line.text, "text"),
            Some(_) if !line.ended && self.known => {
                self.cut = true;
                out.ignore(line.text, "line that is cut");
            }
            Some(b'F') if text.starts_with("Found ") && text.has(" outliers among ") => self.outliers(text, out),
            Some(b'0'..=b'9') if self.kind_of_outlier(text, out) => {}
            Some(b's' | b'm') if self.detail(text, out) => {}
            Some(_) => self.other(text, line, out),
        }
    }

    /// `fib 10                  time:   [310.37 ns 321.77 ns 332.16 ns]` and the like; the bracket is at `at`.
    fn interval(&mut self, key: &'static str, at: usize, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        let name = text[..at - key.len()].trim_ascii_end();
        let Some(interval) = Interval::parse(&text[at..]) else {
            self.cut |= !line.ended;
            return out.ignore(line.text, "interval that is cut");
        };
        self.known = true;
        let is_change = interval.is_change();
        if key == KEYS[0] && !is_change {
            self.put.name(if name.is_empty() { self.title } else { name });
            out.ignore(name, "name");
        }
        let quantity = match (key == KEYS[1], is_change) {
            (true, true) => Quantity::ThroughputChange,
            (true, false) => Quantity::Throughput,
            (false, true) => Quantity::TimeChange,
            (false, false) => Quantity::Mean(None),
        };
        out.ignore(interval.rest, "significance of the change");
        self.put.interval(quantity, &interval, out);
    }

    /// `Found 2 outliers among 10 measurements (20.00%)`
    fn outliers(&mut self, text: &'t str, out: &mut MetricSink) {
        self.known = true;
        let Some((count, rest)) = text.strip_prefix("Found ").and_then(number::leading) else { return out.ignore(text, "text") };
        self.put.outliers(count, None, out);
        out.ignore(rest, "how many measurements there are");
    }

    /// `  1 (10.00%) high severe`
    fn kind_of_outlier(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        const KINDS: [&str; 4] = ["low severe", "low mild", "high mild", "high severe"];
        let parts = number::leading(text).and_then(|(count, rest)| Some((count, rest, rest.cut_last(") ")?.1)));
        let Some((count, rest, kind)) = parts.filter(|(.., kind)| KINDS.contains(kind)) else { return false };
        self.put.outliers(count, Some(kind), out);
        out.ignore(rest, "share of the outliers");
        true
    }

    /// The lines of `--verbose`: `mean   [367.98 ns 702.18 ns] std. dev.      [129.70 ns 373.25 ns]`
    fn detail(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let known = [
            ("slope  ", Quantity::Mean(Some(Estimator::Slope)), None),
            ("mean   ", Quantity::Mean(Some(Estimator::Mean)), Some(Quantity::Stddev)),
            ("median ", Quantity::Median, Some(Quantity::Mad)),
        ];
        let two = |text| Interval::parse(text).filter(|interval| interval.values().len() == 2);
        let found = known.into_iter().find_map(|(key, first, second)| Some((two(text.strip_prefix(key)?)?, first, second)));
        let Some((interval, first, second)) = found else { return false };
        self.put.interval(first, &interval, out);
        let more = memchr::memchr(b'[', interval.rest.as_bytes()).and_then(|at| two(&interval.rest[at..]));
        match second.zip(more) {
            Some((second, interval)) => self.put.interval(second, &interval, out),
            None => out.ignore(interval.rest, "how well a line fits"),
        }
        true
    }

    fn other(&mut self, text: &'t str, line: Line<'t>, out: &mut MetricSink) {
        let failure = text.starts_with("error: ")
            || text.starts_with("error[")
            || text.starts_with("Criterion.rs ERROR: ")
            || text.starts_with("thread '") && text.has(" panicked at ");
        if failure {
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("criterion says: {text}"));
            }
        } else if let Some(warning) = text.strip_prefix("Warning: ") {
            out.warn(code::DEGRADED, text, warning);
        } else if text.starts_with("Benchmarking ") || text.starts_with("Testing ") || text.ends_with(": benchmark") {
            self.known = true;
        } else if !text.is_empty() {
            self.title = text;
        }
        out.ignore(line.text, "text");
    }
}

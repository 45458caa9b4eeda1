use prill_core::diagnostic::code;
use prill_core::scan::{Line, number};
use prill_core::{MetricSink, Printed, Text};

use crate::interval::Interval;
use crate::message;
use crate::put::{self, Quantity};

/// The lines of a text.
#[derive(Default)]
pub(crate) struct Page<'t> {
    /// Whether any line is criterion's.
    pub(crate) known: bool,
    /// The text ends within an interval.
    pub(crate) cut: bool,
    /// The last line that says nothing by itself: the name of a benchmark, when it is too long for the line of its time.
    title: &'t str,
    /// The benchmark whose lines these are.
    benchmark: &'t str,
    failed: bool,
}

const SAMPLES: Printed = Printed::base("{sample}");

/// Lines that only criterion prints.
pub(crate) fn is_mark(line: &str) -> bool {
    let interval = |key: &str| line.rfind(key).is_some_and(|at| Interval::parse(&line[at + key.len()..]).is_some());
    let progress =
        line.starts_with("Benchmarking ") && (line.contains(": Warming up for ") || line.contains(" samples in estimated "));
    interval("time:   ") || progress || line.starts_with("Found ") && line.contains(" outliers among ")
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
        let found = ["time:   ", "thrpt:  ", "change: "].into_iter().find_map(|key| Some((key, text.rfind(key)?)));
        match found {
            Some((key, at)) if text[at + key.len()..].starts_with('[') => self.interval(key, at, line, out),
            _ if !line.ended && self.known && !text.is_empty() => {
                self.cut = true;
                out.ignore(line.text, "line that is cut");
            }
            _ if text.starts_with("Found ") && text.contains(" outliers among ") => self.outliers(text, out),
            _ if ["low severe", "low mild", "high mild", "high severe"].iter().any(|kind| text.ends_with(kind)) => {
                self.kind_of_outlier(text, out);
            }
            _ if self.detail(text, out) => {}
            _ => self.other(text, line, out),
        }
    }

    /// `fib 10                  time:   [310.37 ns 321.77 ns 332.16 ns]` and the like.
    fn interval(&mut self, key: &'static str, at: usize, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        let name = text[..at].trim();
        let Some(interval) = Interval::parse(&text[at + key.len()..]) else {
            self.cut |= !line.ended;
            return out.ignore(line.text, "interval that is cut");
        };
        self.known = true;
        let is_change = interval.values.iter().any(|(_, unit)| *unit == "%");
        if key == "time:   " && !is_change {
            self.benchmark = if name.is_empty() { self.title } else { name };
            out.ignore(name, "name");
        }
        let name = match key {
            "thrpt:  " if is_change => "throughput.change",
            "thrpt:  " => "throughput",
            _ if is_change => "time.change",
            _ => "time.mean",
        };
        out.ignore(interval.rest, "significance of the change");
        put::interval(Quantity { benchmark: self.benchmark, name, estimator: None }, &interval, out);
    }

    /// `Found 2 outliers among 10 measurements (20.00%)`
    fn outliers(&mut self, text: &'t str, out: &mut MetricSink) {
        self.known = true;
        let Some((count, rest)) = text.strip_prefix("Found ").and_then(number::leading) else { return out.ignore(text, "text") };
        out.metric("outlier.count").label("benchmark", self.benchmark).unit(SAMPLES).push(count);
        out.ignore(rest, "how many measurements there are");
    }

    /// `  1 (10.00%) high severe`
    fn kind_of_outlier(&mut self, text: &'t str, out: &mut MetricSink) {
        let parts = number::leading(text).and_then(|(count, rest)| Some((count, rest, rest.rsplit_once(") ")?.1)));
        let Some((count, rest, kind)) = parts else { return out.ignore(text, "text") };
        out.metric("outlier.count").label("benchmark", self.benchmark).label("kind", kind).unit(SAMPLES).push(count);
        out.ignore(rest, "share of the outliers");
    }

    /// The lines of `--verbose`: `mean   [367.98 ns 702.18 ns] std. dev.      [129.70 ns 373.25 ns]`
    fn detail(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let known = [
            ("slope  ", "time.mean", "slope", ""),
            ("mean   ", "time.mean", "mean", "time.stddev"),
            ("median ", "time.p50", "", "time.mad"),
        ];
        let found = known.into_iter().find_map(|(key, name, estimator, second)| {
            let first = Interval::parse(text.strip_prefix(key)?).filter(|i| i.values.len() == 2)?;
            Some((first, name, estimator, second))
        });
        let Some((first, name, estimator, second)) = found else { return false };
        let quantity = Quantity { benchmark: self.benchmark, name, estimator: (!estimator.is_empty()).then_some(estimator) };
        put::interval(quantity, &first, out);
        let more = first.rest.find('[').and_then(|at| Interval::parse(&first.rest[at..]));
        match more.filter(|i| i.values.len() == 2 && !second.is_empty()) {
            Some(interval) => put::interval(Quantity { name: second, estimator: None, ..quantity }, &interval, out),
            None => out.ignore(first.rest, "how well a line fits"),
        }
        true
    }

    fn other(&mut self, text: &'t str, line: Line<'t>, out: &mut MetricSink) {
        let failure = text.starts_with("error: ")
            || text.starts_with("error[")
            || text.starts_with("Criterion.rs ERROR: ")
            || text.starts_with("thread '") && text.contains(" panicked at ");
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

//! The text: settings, iterations and results as `TextReportFormat.java` and `Result.java` print them, and the summary.

use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Span, Text};

use crate::put::{Part, Place};
use crate::quantity::stat;
use crate::table::Head;

/// The lines of a text.
#[derive(Default)]
pub(crate) struct Log<'t> {
    /// Whether any line is JMH's.
    pub(crate) known: bool,
    /// The text ends within a line of numbers.
    pub(crate) cut: bool,
    source: Option<&'static str>,
    benchmark: &'t str,
    parameters: Option<String>,
    fork: Option<&'t str>,
    /// The iteration whose secondary results these are.
    interval: Option<&'t str>,
    result: Option<Block<'t>>,
    table: Option<Head<'t>>,
}

/// `Result "org.Bench.test":`, with the unit of its first line.
struct Block<'t> {
    benchmark: &'t str,
    label: Option<&'t str>,
    unit: &'t str,
}

pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("# JMH version: ")
        || line.starts_with("# JMH ") && line.has(" (released ")
        || line.starts_with("No benchmarks to run; check the include/exclude regexps")
        || line.starts_with("No matching benchmarks. Miss-spelled regexp?")
        || line.starts_with("# Warmup Iteration ")
}

impl<'t> Log<'t> {
    pub(crate) fn read(text: &'t Text<'_>, report: Option<Span>, source: Option<&'static str>, out: &mut MetricSink) -> Self {
        let mut log = Self { source, ..Self::default() };
        for line in text.lines() {
            if report.is_none_or(|place| !place.contains(out.span_of(line.text))) {
                log.line(line, out);
            }
        }
        log
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = bare(line.trimmed());
        self.known |= is_mark(text);
        out.ignore(line.text, "setting, text or number of a warm-up");
        if !line.ended && self.known && !text.is_empty() {
            self.cut = true;
            return;
        }
        if let Some(head) = Head::parse(text) {
            self.known = true;
            self.table = Some(head);
            (self.result, self.interval) = (None, None);
        } else if let Some(setting) = text.strip_prefix("# ") {
            self.setting(setting);
            if let Some((_, rest)) = setting.cut(": ") {
                self.failure(rest, out);
            }
        } else if let Some((number, rest)) = text.strip_prefix("Iteration ").and_then(|rest| rest.trim_start().cut(": ")) {
            self.interval = Some(number).filter(|n| n.bytes().all(|b| b.is_ascii_digit()) && !self.benchmark.is_empty());
            if self.interval.is_some() && !self.failure(rest, out) {
                self.iteration(None, rest, out);
            }
        } else if self.table.as_ref().is_some_and(|table| table.row(text, self.source, out)) || self.failure(text, out) {
        } else if text.is_empty() {
            self.interval = None;
        } else if let Some(title) = text.strip_prefix("Result ").or(text.strip_prefix("Secondary result ")) {
            self.title(title, out);
        } else if self.interval.is_some() {
            if let Some((label, rest)) = text.cut(": ") {
                self.iteration(Some(label), rest.trim_start(), out);
            }
        } else {
            self.detail(text, out);
        }
    }

    fn setting(&mut self, text: &'t str) {
        self.interval = None;
        self.result = None;
        if let Some(name) = text.strip_prefix("Benchmark: ") {
            (self.benchmark, self.parameters, self.fork) = (name, None, None);
        } else if let Some(list) = text.strip_prefix("Parameters: (").and_then(|list| list.strip_suffix(')')) {
            self.parameters = Some(list.replace(" = ", "="));
        } else if let Some(fork) = text.strip_prefix("Fork: ") {
            self.fork = number::leading(fork).map(|(number, _)| number);
        }
    }

    /// `3344.123 ±(99.9%) 0.5 ops/s`, `n = 90, mean = 12 us/op, p{0.00, ...} = 1, ... us/op`
    fn iteration(&self, label: Option<&'t str>, text: &'t str, out: &mut MetricSink) {
        let place = Place {
            benchmark: self.benchmark,
            label,
            parameters: self.parameters.as_deref(),
            fork: self.fork,
            interval: self.interval,
            ..Place::default()
        };
        if let Some((count, rest)) = text.strip_prefix("n = ").and_then(|rest| rest.cut(", mean = ")) {
            let place = Place { samples: count.parse().ok(), ..place };
            if let Some((mean, unit)) = rest.cut(", p{").and_then(|(mean, _)| mean.split_once(' ')) {
                place.put(Part::Score, mean, unit, out);
            }
            let percentiles = rest.cut(", p{").and_then(|(_, rest)| rest.cut("} = "));
            if let Some((shares, (values, unit))) = percentiles.and_then(|(s, rest)| Some((s, rest.rsplit_once(' ')?))) {
                for (share, value) in shares.parts(", ").zip(values.parts(", ")) {
                    let label = format!("p{share}");
                    Place { label: Some(&label), ..place.clone() }.put(Part::Score, value, unit, out);
                }
            }
        } else if let Some((score, margin, unit)) = scored(text) {
            place.put(Part::Score, score, unit, out);
            margin.into_iter().for_each(|margin| place.put(Part::Margin, margin, unit, out));
        }
    }

    /// `Result "org.Bench.test":`, or on one line as until 1.9: `Result: 5.123 ±(99.9%) 0.1 ops/s [Average]`.
    fn title(&mut self, title: &'t str, out: &mut MetricSink) {
        let Some((name, rest)) = title.strip_prefix('"').and_then(|t| t.cut("\":")) else { return };
        let (benchmark, label) = name.split_once(':').map_or((name, None), |(name, label)| (name, Some(label)));
        self.result = Some(Block { benchmark, label, unit: "" });
        self.interval = None;
        if !rest.trim().is_empty() {
            self.detail(rest.trim(), out);
        }
    }

    /// A line of a result.
    fn detail(&mut self, text: &'t str, out: &mut MetricSink) {
        let Some(block) = &mut self.result else { return };
        let place = Place {
            benchmark: block.benchmark,
            label: block.label,
            parameters: self.parameters.as_deref(),
            source: Some("result"),
            ..Place::default()
        };
        let text = text.strip_prefix("mean = ").map_or(text, str::trim_start);
        let text = text.strip_prefix("Statistics: ").unwrap_or(text);
        let interval = text.strip_prefix("CI (99.9%): [").or(text.strip_prefix("Confidence interval (99.9%): ["));
        if let Some((values, stddev)) = text.strip_prefix("(min, avg, max) = (").and_then(|t| t.cut("), stdev = ")) {
            let [min, _, max] = values.parts(", ").collect::<Vec<_>>()[..] else { return };
            for (name, token) in [("min", min), ("max", max), ("stddev", stddev)] {
                place.put(Part::Stat(name), token, block.unit, out);
            }
        } else if let Some((low, high)) = interval.and_then(|t| t.split_once(']')?.0.cut(", ")) {
            place.put(Part::Low, low, block.unit, out);
            place.put(Part::High, high, block.unit, out);
        } else if let Some((percent, rest)) = text.strip_prefix("p(").and_then(|t| t.cut(") = ")) {
            let scored = scored(rest.trim()).filter(|(_, margin, _)| margin.is_none());
            if let (Some(stat), Some((value, _, unit))) = (stat(percent.trim()), scored) {
                place.put(Part::Stat(&stat), value, unit, out);
            }
        } else if let Some((score, margin, unit)) = scored(text) {
            let again = block.unit == unit;
            block.unit = unit;
            if !again {
                place.put(Part::Score, score, unit, out);
                margin.into_iter().for_each(|margin| place.put(Part::Margin, margin, unit, out));
            }
        }
    }

    fn failure(&mut self, text: &str, out: &mut MetricSink) -> bool {
        let failures = [
            "<failure>",
            "<forked VM failed with exit code",
            "<shutdown timeout",
            "No benchmarks to run;",
            "No matching benchmarks. ",
        ];
        let failed = failures.iter().any(|start| text.starts_with(start))
            || text.starts_with("ERROR: ")
            || text.starts_with("Exception in thread \"");
        if failed {
            self.known |= text.starts_with('<');
            out.tool_failed(text, format!("JMH says: {text}"));
        }
        failed
    }
}

/// Without what sbt puts before each line.
pub(crate) fn bare(line: &str) -> &str {
    line.strip_prefix("[info]").map_or(line, str::trim_start)
}

/// `3344.123 ±(99.9%) 0.5 ops/s [Average]`, `3344.123 ops/s`: score, margin and unit.
fn scored(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let (score, rest) = text.split_once(' ')?;
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || c == '-') || word == "NaN";
    let (margin, rest) = match rest.strip_prefix('\u{b1}').and_then(|rest| rest.strip_prefix("(99.9%) ")) {
        Some(rest) => rest.split_once(' ').map(|(margin, rest)| (Some(margin), rest))?,
        None => (None, rest),
    };
    let (unit, rest) = rest.cut(" [").unwrap_or((rest, ""));
    let unit = unit.before(" (");
    let known = number(score) && margin.is_none_or(number) && !unit.is_empty() && !unit.contains(' ') && !unit.contains('=');
    (known && (rest.is_empty() || rest.ends_with(']'))).then_some((score, margin, unit))
}

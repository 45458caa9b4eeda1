//! The log: `Statistics` of each benchmark, as `StatisticsExtensions.cs` has them, and the summary.

use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Text};

use crate::put::{Place, value};
use crate::table::Head;

#[derive(Default)]
struct Log<'t> {
    known: bool,
    cut: bool,
    /// `Benchmarks.Fib10: DefaultJob`, above the statistics.
    benchmark: &'t str,
    /// They were told when the benchmark had run, and are told again under detailed results.
    told: bool,
    detailed: bool,
    before: &'t str,
    samples: Option<u64>,
    table: Option<Head<'t>>,
}

/// A line that only BenchmarkDotNet prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("BenchmarkDotNet v")
        || line.starts_with("BenchmarkDotNet=v")
        || line.starts_with("// * Summary *")
        || line.starts_with("// Validating benchmarks:")
}

/// Whether the text is BenchmarkDotNet's, and whether it is cut.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> (bool, bool) {
    let mut log = Log::default();
    for line in text.lines() {
        out.ignore(line.text, "setting, single iteration, ratio or text");
        log.line(line, out);
    }
    (log.known, log.cut)
}

impl<'t> Log<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        let head = Head::parse(text).filter(|_| line.ended);
        self.known |= is_mark(text) || head.is_some();
        if self.known && !line.ended && !text.is_empty() {
            self.cut = true;
            return;
        }
        if head.is_some() {
            self.table = head;
        } else if self.table.is_some() && text.contains('|') {
            let rule = text.chars().all(|c| "|-: ".contains(c));
            if !rule && !self.table.as_ref().is_some_and(|table| table.row(text, out)) {
                self.table = None;
            }
        } else if let Some(benchmark) = text.strip_prefix("// Benchmark: ") {
            self.benchmark = benchmark;
        } else if text.starts_with("// * Detailed results *") {
            (self.benchmark, self.detailed) = ("", true);
        } else if text.starts_with("Runtime = ") && text.has("; GC = ") {
            self.benchmark = if self.told { "" } else { self.before };
        } else if self.known && !self.statistics(text, out) {
            self.table = None;
            self.words(text, out);
        }
        if !text.is_empty() {
            self.before = text;
        }
    }

    /// `Mean = 24.420 ns, StdErr = 0.053 ns (0.22%), N = 14, StdDev = 0.198 ns`
    fn statistics(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let name = self.benchmark.cut(": ").map_or(self.benchmark, |(name, _)| name);
        let parameters = self.benchmark.cut_last(" [").and_then(|(_, rest)| rest.strip_suffix(']'));
        let place = Place { benchmark: name, parameters, source: Some("log"), samples: self.samples };
        if let Some(interval) = text.strip_prefix("ConfidenceInterval = [").filter(|_| !self.benchmark.is_empty()) {
            let Some((bounds, rest)) = interval.split_once(']') else { return true };
            let (low, high) = bounds.cut("; ").unwrap_or((bounds, ""));
            for (bound, word) in [("low", low), ("high", high)] {
                value(word).into_iter().for_each(|(token, unit)| place.time("mean", Some(bound), token, unit, out));
            }
            let margin = rest.cut("Margin = ").map(|(_, margin)| margin.before(" ("));
            margin.and_then(value).into_iter().for_each(|(token, unit)| place.time("margin", None, token, unit, out));
            return true;
        }
        if !["Mean = ", "Min = ", "IQR = "].iter().any(|start| text.starts_with(start)) {
            return false;
        }
        if self.benchmark.is_empty() {
            return true;
        }
        self.told |= !self.detailed;
        for field in text.parts(", ") {
            let Some((key, word)) = field.cut(" = ") else { continue };
            let stat = match key {
                "N" => {
                    self.samples = word.parse().ok();
                    if number::is_token(word) {
                        place.count(word, out);
                    }
                    continue;
                }
                "Mean" => "mean",
                "StdErr" => "stderr",
                "StdDev" => "stddev",
                "Min" => "min",
                "Q1" => "p25",
                "Median" => "p50",
                "Q3" => "p75",
                "Max" => "max",
                "IQR" => "iqr",
                _ => continue,
            };
            let word = word.before(" (");
            value(word).into_iter().for_each(|(token, unit)| place.time(stat, None, token, unit, out));
        }
        true
    }

    fn words(&self, text: &str, out: &mut MetricSink) {
        let failed = text.starts_with("There are not any results runs")
            || text.starts_with("Benchmarks with issues:")
            || text.starts_with("// Build Error: ")
            || text.starts_with("// ERROR: ")
            || text.starts_with("No benchmarks ")
            || text.starts_with("The executable ") && text.has(" not found");
        if failed {
            out.tool_failed(text, format!("BenchmarkDotNet says: {text}"));
        }
    }
}

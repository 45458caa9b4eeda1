use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Text};

use crate::event;
use crate::row::Row;

/// The lines of a text.
#[derive(Default)]
pub(crate) struct Page<'t> {
    pub(crate) rows: Vec<Row<'t>>,
    /// Whether any line is of a benchmark or a suite.
    pub(crate) known: bool,
    /// Whether a suite is around the benchmarks.
    pub(crate) is_suite: bool,
    /// The text ends within a row.
    pub(crate) cut: bool,
    /// The benchmark whose numbers follow what it prints itself.
    open: Option<&'t str>,
    failed: bool,
}

/// Lines that only benchmarks print.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("test ") && line.has(" ns/iter (+/- ")
}

impl<'t> Page<'t> {
    pub(crate) fn read(text: &'t Text<'_>, out: &mut MetricSink) -> Self {
        let mut page = Self::default();
        for line in text.lines() {
            match event::read(line, out) {
                Some(event) => page.event(event, line, out),
                None => page.line(line, out),
            }
        }
        page
    }

    fn event(&mut self, event: event::Event<'t>, line: Line<'t>, out: &mut MetricSink) {
        (self.known, self.is_suite) = (true, true);
        match event {
            event::Event::Bench(row) => self.rows.push(row),
            event::Event::Failed => self.fail(line.trimmed(), out),
            event::Event::Other => {}
            event::Event::Cut => self.cut |= !line.ended,
        }
    }

    /// `test fib_20  ... bench:      46,091 ns/iter (+/- 21,072) = 97 MB/s`
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        let (name, result) = match text.strip_prefix("test ").and_then(|rest| rest.cut(" ... ")) {
            Some((name, result)) => (Some(name.trim()), result),
            None => (self.open, text),
        };
        if let (Some(name), Some(numbers)) = (name, bench(result)) {
            self.known = true;
            self.open = None;
            return match row(name, numbers, line) {
                Some(row) => {
                    out.ignore(name, "name");
                    self.rows.push(row);
                    self.cut |= !line.ended && !numbers.contains(')');
                }
                None => {
                    self.cut |= !line.ended;
                    out.ignore(line.text, "row that is cut");
                }
            };
        }
        self.is_suite |= text.starts_with("running ") && text.has(" test") || text.starts_with("test result: ");
        self.known |= self.is_suite;
        if text.starts_with("test ") && text.has(" ... ") {
            self.open = name;
        }
        let shown = text.strip_prefix("test result: ").map(str::trim_start);
        let failure = shown.is_some_and(|result| result.starts_with("FAILED"))
            || text.starts_with("test ") && text.ends_with("FAILED") && text.has(" ... ")
            || text.starts_with("error: ")
            || text.starts_with("error[");
        if failure {
            self.fail(text, out);
        }
        out.ignore(line.text, "text");
    }

    /// Of several lines that tell of a failure one is enough.
    fn fail(&mut self, text: &str, out: &mut MetricSink) {
        if !std::mem::replace(&mut self.failed, true) {
            out.tool_failed(text, format!("libtest says: {}", text.chars().take(200).collect::<String>()));
        }
    }
}

/// What follows `bench:`, which may be coloured and so have blanks in it.
fn bench(result: &str) -> Option<&str> {
    result.trim_start().strip_prefix("bench")?.trim_start().strip_prefix(':')
}

/// `  46,091 ns/iter (+/- 21,072) = 97 MB/s`; `None` when a number may be cut.
fn row<'t>(name: &'t str, numbers: &'t str, line: Line<'t>) -> Option<Row<'t>> {
    let (median, rest) = number::leading_grouped(numbers.trim_start())?;
    let rest = rest.strip_prefix(" ns/iter")?;
    let spread = rest.strip_prefix(" (+/- ").and_then(number::leading_grouped).filter(|(_, rest)| rest.starts_with(')'));
    let throughput = rest.cut(") = ").and_then(|(_, rate)| number::leading_grouped(rate));
    let throughput = throughput.filter(|(_, word)| word.starts_with(" MB/s") && (line.ended || word.len() >= " MB/s".len()));
    Some(Row { name: name.into(), median, spread: spread.map(|s| s.0), throughput: throughput.map(|t| t.0), is_fixed: true })
}

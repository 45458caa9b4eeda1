use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search};
use prill_core::{MetricSink, Text};

use crate::row::{self, Row};

/// What the lines of a text hold.
#[derive(Default)]
pub(crate) struct Lines<'t> {
    pub(crate) rows: Vec<Row<'t>>,
    /// What lines `Unit NAME better=higher` say of a unit: whether more is better.
    pub(crate) better: HashMap<&'t str, bool>,
    /// Whether any line is Go's.
    pub(crate) known: bool,
    /// The text ends within a row.
    pub(crate) cut: bool,
    /// By package, which is empty in plain text.
    packages: HashMap<&'t str, Package<'t>>,
    failed: bool,
}

/// Where the reading of the output of one package is.
#[derive(Default)]
struct Package<'t> {
    /// What `pkg:` said.
    name: Option<&'t str>,
    /// The benchmark whose name is printed and whose numbers are not: what it prints itself comes between.
    open: Option<&'t str>,
    /// The words of a line that `-json` gives in pieces.
    words: Vec<&'t str>,
}

impl<'t> Lines<'t> {
    pub(crate) fn read(text: &'t Text<'_>, out: &mut MetricSink) -> Self {
        let mut lines = Self::default();
        for line in text.lines() {
            match Event::parse(line) {
                Some(event) => lines.event(&event, out),
                None => lines.line("", line.words().collect(), line, out),
            }
        }
        lines
    }

    /// One output of `go test -json`: a line, a piece of one, or several.
    fn event(&mut self, event: &Event<'t>, out: &mut MetricSink) {
        self.cut |= event.is_cut;
        out.ignore(event.before, "date");
        out.ignore(event.after, "time of the test program");
        let mut rest = event.output;
        while !rest.is_empty() {
            let (line, after) = rest.cut("\\n").map_or((rest, None), |(line, after)| (line, Some(after)));
            let words = line.parts("\\t").flat_map(str::split_whitespace);
            let package =
                self.packages.entry(event.package).or_insert_with(|| Package { name: Some(event.package), ..Package::default() });
            package.words.extend(words);
            let Some(after) = after else { return };
            let words = std::mem::take(&mut package.words);
            self.line(event.package, words, Line { text: line, number: 0, ended: true }, out);
            rest = after;
        }
    }

    fn line(&mut self, key: &'t str, mut words: Vec<&'t str>, line: Line<'t>, out: &mut MetricSink) {
        let package = self.packages.entry(key).or_default();
        let Some(&first) = words.first() else { return };
        if first == "pkg:" {
            self.known = true;
            package.name = words.get(1).copied();
        }
        let indented = line.text.starts_with([' ', '\t']);
        let name = if row::is_name(first) { Some(first) } else { package.open.filter(|_| indented) };
        if let Some(name) = name {
            let rest = usize::from(name == first);
            if !line.ended {
                self.cut = true;
                // The last word of a text may have gone on.
                if words.len() > rest {
                    words.pop();
                }
            }
            if let Some(row) = Row::parse(name, &words[rest..], package.name) {
                self.known = true;
                package.open = None;
                ignore_rest(&row, line, out);
                return self.rows.push(row);
            }
            package.open = Some(name);
        }
        self.other(&words, line, out);
    }

    /// A line that holds no numbers of a benchmark.
    fn other(&mut self, words: &[&'t str], line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        match words {
            ["goos:" | "goarch:", ..] => self.known = true,
            ["Unit", unit, rest @ ..] => {
                let better = rest.iter().find_map(|word| word.strip_prefix("better="));
                self.better.extend(better.filter(|b| ["higher", "lower"].contains(b)).map(|better| (*unit, better == "higher")));
            }
            ["---", "SKIP:", name, ..] if row::is_name(name) => {
                self.known = true;
                out.note(code::NO_SAMPLES, text, format!("time.mean of {name} has no value: it was skipped"));
            }
            _ if is_failure(text, words) => {
                self.known = true;
                // One failure is told by several lines: that of the benchmark, of the package, of the command.
                if !std::mem::replace(&mut self.failed, true) {
                    out.tool_failed(text, format!("go test says: {}", words.join(" ")));
                }
            }
            _ => {}
        }
        out.ignore(line.text, "text");
    }
}

/// Says that the numbers of a row's name and units are none.
fn ignore_rest(row: &Row<'_>, line: Line<'_>, out: &mut MetricSink) {
    let has_digit = |word: &str| word.bytes().any(|b| b.is_ascii_digit());
    if has_digit(row.name) {
        out.ignore(row.name, "name");
    }
    row.values.iter().filter(|(_, unit)| has_digit(unit)).for_each(|(_, unit)| out.ignore(unit, "unit"));
    // A pair that is cut.
    let base = line.text.as_ptr().addr();
    let end = row.values.last().map_or(0, |(_, unit)| unit.as_ptr().addr() + unit.len());
    if let Some(rest) = end.checked_sub(base).and_then(|at| line.text.get(at..)) {
        out.ignore(rest, "text");
    }
}

/// What `go test` and a program that dies print.
fn is_failure(text: &str, words: &[&str]) -> bool {
    text.has("--- FAIL: ")
        || matches!(words, ["FAIL"] | ["FAIL", _, ..] | ["exit", "status", _] | ["go:", ..])
        || words.contains(&"panic:") && (text.starts_with("panic:") || text.starts_with("Benchmark"))
        || text.starts_with("fatal error: ")
        || text.starts_with("signal: ")
}

/// `{"Time":"..","Action":"output","Package":"example.com/gob","Output":"BenchmarkJoin-2    \t"}`
struct Event<'t> {
    before: &'t str,
    package: &'t str,
    /// With its escapes.
    output: &'t str,
    after: &'t str,
    is_cut: bool,
}

impl<'t> Event<'t> {
    fn parse(line: Line<'t>) -> Option<Self> {
        let text = line.trimmed();
        if !text.starts_with('{') || !text.has("\"Action\":\"") {
            return None;
        }
        let none = &text[text.len()..];
        let field = |key: &str| {
            let start = text.place(key)? + key.len();
            // A quote within is escaped.
            let mut escaped = false;
            let length = text[start..].bytes().position(|byte| {
                let ends = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                ends
            })?;
            Some((start, start + length))
        };
        let package = field("\"Package\":\"").map_or(none, |(start, end)| &text[start..end]);
        let (before, output, after) = match field("\"Output\":\"") {
            Some((start, end)) => (&text[..start], &text[start..end], &text[end..]),
            None => (text, none, none),
        };
        Some(Self { before, package, output, after, is_cut: !line.ended && !text.ends_with('}') })
    }
}

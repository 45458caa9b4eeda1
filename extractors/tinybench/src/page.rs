//! The tables: `tableRenderer.ts` of Vitest.

use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Span, Text};

use crate::put::Benchmark;

const HEAD: [&str; 11] = ["name", "hz", "min", "max", "mean", "p75", "p99", "p995", "p999", "rme", "samples"];

/// A line that only Vitest prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.split_whitespace().eq(HEAD) || line.starts_with("No benchmark files found, exiting with code ")
}

/// A row, but for the group that it is in.
struct Row<'t> {
    name: &'t str,
    /// From `hz` on, without signs.
    cells: [&'t str; 10],
    is_baseline: bool,
}

struct Page<'t> {
    known: bool,
    cut: bool,
    in_table: bool,
    /// The file and the suites, with their indents.
    titles: Vec<(usize, &'t str)>,
    rows: Vec<(String, Row<'t>)>,
}

/// Whether the text is Vitest's, and whether it is cut.
pub(crate) fn read(text: &Text<'_>, report: Option<Span>, source: Option<&'static str>, out: &mut MetricSink) -> (bool, bool) {
    let mut page = Page { known: false, cut: false, in_table: false, titles: Vec::new(), rows: Vec::new() };
    for line in text.lines() {
        if report.is_some_and(|place| place.contains(out.span_of(line.text))) {
            continue;
        }
        out.ignore(line.text, "name, duration or text");
        let shown = line.trimmed();
        page.known |= is_mark(shown);
        if !line.ended && page.known && !shown.is_empty() {
            page.cut = true;
        } else {
            page.line(line.text, shown, out);
        }
    }
    page.put(source, out);
    (page.known, page.cut)
}

impl<'t> Page<'t> {
    fn line(&mut self, line: &'t str, shown: &'t str, out: &mut MetricSink) {
        if shown.split_whitespace().eq(HEAD) {
            self.in_table = true;
            return;
        }
        if is_start(shown) && !self.rows.is_empty() {
            out.warn(code::SEVERAL_DOCUMENTS, shown, "another run starts here: the tables before it do not count");
            self.rows.clear();
            self.titles.clear();
        }
        if let Some(row) = row(shown).filter(|_| self.in_table) {
            let group: Vec<&str> = self.titles.iter().map(|(_, title)| *title).collect();
            self.rows.push((group.join(" > "), row));
            return;
        }
        let first = shown.chars().next().unwrap_or(' ');
        if shown.starts_with("No benchmark files found") || shown.starts_with("FAIL ") || shown.starts_with("Error: ") {
            out.tool_failed(shown, format!("Vitest says: {shown}"));
        } else if shown.split_once(' ').is_some_and(|_| "\u{2713}\u{2717}\u{d7}\u{276f}\u{221a}\u{b7}".contains(first)) {
            let indent = line.len() - line.trim_start().len();
            self.titles.retain(|(other, _)| *other < indent);
            self.titles.push((indent, title(shown[first.len_utf8()..].trim())));
            self.in_table = false;
        }
    }

    /// A table may come again when its suite ends; the last of them counts.
    fn put(&self, source: Option<&'static str>, out: &mut MetricSink) {
        let mut last: HashMap<(&str, &str, bool), usize> = HashMap::new();
        for (i, (group, row)) in self.rows.iter().enumerate() {
            last.insert((group, row.name, row.is_baseline), i);
        }
        for (i, (group, row)) in self.rows.iter().enumerate() {
            if last.get(&(group.as_str(), row.name, row.is_baseline)) != Some(&i) {
                continue;
            }
            let [hz, min, max, mean, p75, p99, p99_5, p99_9, rme, samples] = row.cells;
            let benchmark = Benchmark {
                name: row.name,
                group: (!group.is_empty()).then_some(group),
                run: row.is_baseline.then_some("baseline"),
                source,
                samples: samples.parse().ok(),
            };
            benchmark.count(samples, out);
            if samples == "0" {
                // What has no value is printed as zero.
                out.note(code::NO_SAMPLES, samples, format!("{} was never called", row.name));
                continue;
            }
            benchmark.rate(None, hz, out);
            let times =
                [("min", min), ("max", max), ("mean", mean), ("p75", p75), ("p99", p99), ("p99_5", p99_5), ("p99_9", p99_9)];
            times.into_iter().for_each(|(stat, token)| benchmark.time(stat, token, unit::MS, out));
            benchmark.margin("time", rme, out);
        }
    }
}

/// `x.bench.js > fibonacci 480ms`, and before version 3 `fibonacci (2) 480ms`, without how many there are and how long it took.
fn title(text: &str) -> &str {
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let before = |text: &str, is_end: &dyn Fn(&str) -> bool| {
        text.rsplit_once(' ').filter(|(_, word)| is_end(word)).map_or(text.len(), |(rest, _)| rest.len())
    };
    let text = &text[..before(text, &|word| word.strip_suffix("ms").is_some_and(is_digits))];
    &text[..before(text, &|word| word.strip_prefix('(').and_then(|w| w.strip_suffix(')')).is_some_and(is_digits))]
}

/// `· fib(10)  128,259.18  0.0009 ...  ±157.20%   6413   fastest`, read from its end: a name may hold blanks and numbers.
fn row(line: &str) -> Option<Row<'_>> {
    let mut words = Vec::new();
    let mut rest = line;
    let is_baseline = rest.ends_with("(baseline)");
    let mut after = 0;
    while words.len() < 10 {
        let (before, word) = rest.trim_end().rsplit_once(' ')?;
        rest = before;
        if words.is_empty() && !word.bytes().all(|b| b.is_ascii_digit()) {
            // What follows the samples: `fastest`, `[0.75x] ⇓`, `(baseline)`, `480ms`.
            after += 1;
            if after > 4 {
                return None;
            }
            continue;
        }
        words.push(word);
    }
    words.reverse();
    let mut cells: [&str; 10] = words.try_into().ok()?;
    cells[8] = cells[8].strip_prefix('\u{b1}')?.strip_suffix('%')?;
    let numbers = cells.iter().all(|cell| number::leading_grouped(cell).is_some_and(|(_, rest)| rest.is_empty()));
    let name = rest.trim();
    let name =
        ['\u{b7}', '\u{2713}', '\u{d7}', '\u{276f}', '\u{2717}'].iter().find_map(|sign| name.strip_prefix(*sign)).unwrap_or(name);
    (numbers && !name.trim().is_empty()).then_some(Row { name: name.trim(), cells, is_baseline })
}

/// ` RUN  v4.1.12 /path`
fn is_start(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next() == Some("RUN") && words.next().is_some_and(|word| word.starts_with('v'))
}

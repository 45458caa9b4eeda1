use prill_core::scan::{Search, Unit, number};
use prill_core::{MetricSink, Text};

use crate::put::{PERCENTILES, Value, heap, time, value};

/// The lines of a text.
#[derive(Default)]
struct Page<'t> {
    known: bool,
    cut: bool,
    /// The statistics that follow `(min … max)`.
    columns: Vec<&'static str>,
    in_markdown: bool,
    benchmark: &'t str,
}

/// A line that only mitata prints.
pub(crate) fn is_mark(line: &str) -> bool {
    let head = line.starts_with("benchmark ") && line.has("(min \u{2026} max)") && line.has(" p75");
    head || is_markdown(line)
}

/// `| benchmark | avg | min | p75 | p99 | max |`; a group has its name in the place of the first.
fn is_markdown(line: &str) -> bool {
    line.starts_with('|') && line.split('|').map(str::trim).skip(2).eq(["avg", "min", "p75", "p99", "max", ""])
}

/// Whether the text is mitata's, and whether it is cut.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> (bool, bool) {
    let mut page = Page::default();
    for line in text.lines() {
        let shown = line.trimmed();
        out.ignore(line.text, "processor, counter or text");
        page.known |= is_mark(shown);
        if page.known && !line.ended && !shown.is_empty() {
            page.cut = true;
        } else if page.known {
            page.line(shown, out);
        }
    }
    (page.known, page.cut)
}

impl<'t> Page<'t> {
    fn line(&mut self, line: &'t str, out: &mut MetricSink) {
        if is_markdown(line) {
            self.in_markdown = true;
        } else if is_mark(line) {
            self.in_markdown = false;
            let after = line.cut("max)").map_or("", |(_, after)| after);
            self.columns = after.split_whitespace().filter(|word| word.starts_with('p')).map_while(percentile).collect();
        } else if let Some(message) = failure(line) {
            out.tool_failed(line, message);
            self.benchmark = "";
        } else if self.in_markdown && line.starts_with('|') {
            row(line, out);
        } else if let Some((name, mean, rest)) = first(line) {
            self.benchmark = name;
            time(name, "mean", mean, out);
            self.rest_of_first(rest, out);
        } else if line.starts_with('(') && !self.benchmark.is_empty() {
            self.range(line, out);
        } else if line.is_empty() {
            self.benchmark = "";
        }
    }

    /// Since version 1 the first line has p75, in compact form p99 too; before that all of them are on one line.
    fn rest_of_first(&mut self, rest: &'t str, out: &mut MetricSink) {
        let mut rest = rest;
        if let Some((min, max, after)) = range(rest) {
            time(self.benchmark, "min", min, out);
            time(self.benchmark, "max", max, out);
            rest = after;
            for column in &self.columns {
                let Some((found, after)) = value(rest) else { break };
                time(self.benchmark, column, found, out);
                rest = after;
            }
            return;
        }
        for stat in ["p75", "p99"] {
            let Some((found, after)) = value(rest) else { break };
            time(self.benchmark, stat, found, out);
            rest = after;
        }
    }

    /// `(17.47 ns … 5.52 µs)   3.96 µs`: times, then p99; `(0.16 b … 152.61 b)   1.63 b`: sizes, then their mean.
    fn range(&self, line: &'t str, out: &mut MetricSink) {
        let Some((min, max, rest)) = range(line) else { return };
        let last = value(rest).map(|(last, _)| last);
        if min.1.unit == Unit::BYTE {
            heap(self.benchmark, "min", min, out);
            heap(self.benchmark, "max", max, out);
            last.into_iter().for_each(|mean| heap(self.benchmark, "mean", mean, out));
        } else {
            time(self.benchmark, "min", min, out);
            time(self.benchmark, "max", max, out);
            last.into_iter().for_each(|p99| time(self.benchmark, "p99", p99, out));
        }
    }
}

/// `fib(10)    5.61 µs/iter   7.42 µs`: name, mean and the rest.
fn first(line: &str) -> Option<(&str, Value<'_>, &str)> {
    let (before, rest) = line.cut("/iter")?;
    let (before, unit) = before.trim_end().rsplit_once(' ')?;
    let before = before.trim_end();
    let at = before.rfind(' ').filter(|at| number::is_token(&before[at + 1..]))?;
    let (mean, _) = value(&line[at..])?;
    let name = line[..at].trim();
    (!name.is_empty() && !unit.is_empty()).then_some((name, mean, rest))
}

/// `(17.47 ns … 5.52 µs)` at the start of `text`: both, and what follows.
fn range(text: &str) -> Option<(Value<'_>, Value<'_>, &str)> {
    let (min, rest) = value(text.trim_start().strip_prefix('(')?)?;
    let (max, rest) = value(rest.trim_start().strip_prefix('\u{2026}')?)?;
    Some((min, max, rest.trim_start().strip_prefix(')')?))
}

/// The statistic that a heading names. What another version may print instead ends the columns that are known.
fn percentile(heading: &str) -> Option<&'static str> {
    PERCENTILES.iter().find(|(known, _)| *known == heading).map(|(_, stat)| *stat)
}

/// A row of Markdown.
fn row(line: &str, out: &mut MetricSink) {
    let mut cells = line.split('|').map(|cell| cell.trim_matches([' ', '`'])).skip(1);
    let Some(name) = cells.next().filter(|name| !name.starts_with('-')) else { return };
    for (stat, cell) in ["mean", "min", "p75", "p99", "max"].into_iter().zip(cells) {
        value(cell).into_iter().for_each(|(found, _)| time(name, stat, found, out));
    }
}

/// `thrower        error: no 5 more`, in Markdown between bars.
fn failure(line: &str) -> Option<String> {
    let inner = line.trim_matches(['|', ' ']);
    let (name, message) = inner.cut(" error: ")?;
    Some(format!("{} failed: {message}", name.trim_matches(['|', ' '])))
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn a_heading_that_is_no_percentile_is_none() {
        assert_eq!((percentile("p995"), percentile("pT"), percentile("p")), (Some("p99_5"), None, None));
    }
}

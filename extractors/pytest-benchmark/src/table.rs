use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Span, Text};

use crate::put::{Benchmark, RATE, Scale};
use crate::words;

/// The tables of a text.
#[derive(Default)]
pub(crate) struct Page<'t> {
    /// Whether any line is the plugin's.
    pub(crate) known: bool,
    /// The text ends within a row.
    pub(crate) cut: bool,
    group: Option<&'t str>,
    table: Option<Table<'t>>,
}

/// What the header of a table says.
struct Table<'t> {
    columns: Vec<&'t str>,
    scale: Scale,
}

/// Lines that only this plugin prints: the header of a table, its line in pytest's header.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("Name (time in ") || line.starts_with("benchmark: ") && line.has(" (defaults: timer=")
}

impl<'t> Page<'t> {
    /// Puts in the numbers of the tables in `text`, outside of `skip`.
    pub(crate) fn read(text: &'t Text<'_>, skip: Option<Span>, source: Option<&'static str>, out: &mut MetricSink) -> Self {
        let mut page = Self::default();
        let base = text.as_str().as_ptr().addr();
        for line in text.lines() {
            let at = line.text.as_ptr().addr() - base;
            // A report that was written into the stream may end in a line's middle and begin in one.
            match skip {
                Some(s) if s.start <= at && at < s.end => {}
                Some(s) if at < s.start && s.start < at + line.text.len() => out.ignore(&line.text[..s.start - at], "progress"),
                _ => page.line(line, source, out),
            }
        }
        page
    }

    fn line(&mut self, line: Line<'t>, source: Option<&'static str>, out: &mut MetricSink) {
        let text = line.trimmed();
        if let Some(group) = title(text) {
            (self.group, self.table) = (group, None);
        } else if text.starts_with("Name (time in ") {
            self.known = true;
            self.table = Table::header(text);
        } else if text.is_empty() {
            self.table = None;
        } else if let Some(row) = self.table.as_ref().and_then(|table| table.row(text)) {
            if !line.ended {
                self.cut = true;
                return out.ignore(text, "row that is cut");
            }
            return self.put(&row, source, out);
        } else if is_mark(text) {
            self.known = true;
        } else if !line.ended && self.table.is_some() {
            self.cut = true;
        } else {
            words::read(text, out);
        }
        out.ignore(line.text, "text");
    }

    fn put(&self, row: &Row<'t>, source: Option<&'static str>, out: &mut MetricSink) {
        let Some(table) = &self.table else { return };
        let rounds = row.values.iter().find(|(column, _)| *column == "Rounds").and_then(|(_, token)| token.parse().ok());
        let (name, run) = split(row.name);
        let benchmark = Benchmark { name, run, group: self.group, source, rounds };
        out.ignore(row.name, "name");
        row.ratios.iter().for_each(|ratio| out.ignore(ratio, "ratio to the best"));
        for (column, token) in &row.values {
            let key = match *column {
                "Min" => "min",
                "Max" => "max",
                "Mean" => "mean",
                "StdDev" => "stddev",
                "Median" => "median",
                "IQR" => "iqr",
                "OPS" => "ops",
                "Rounds" => "rounds",
                "Iterations" => "iterations",
                _ => {
                    let (stddev, iqr) = token.split_once(';').unwrap_or((token, ""));
                    benchmark.push("stddev_outliers", stddev, table.scale, out);
                    if !iqr.is_empty() {
                        benchmark.push("iqr_outliers", iqr, table.scale, out);
                    }
                    continue;
                }
            };
            benchmark.push(key, token, table.scale, out);
        }
    }
}

/// `---- benchmark 'fib': 3 tests ----`: the group, which may have no name.
fn title(line: &str) -> Option<Option<&str>> {
    let inner = line.strip_prefix('-')?.trim_matches('-').trim();
    // Before 3.0 settings follow: `benchmark: 1 tests, min 5 rounds (of min 25.00us), ...`.
    let (group, _) = inner.strip_prefix("benchmark")?.cut(" tests")?.0.cut_last(": ")?;
    let group = group.trim();
    let quoted = ['\'', '"'].iter().find_map(|q| group.strip_prefix(*q)?.strip_suffix(*q));
    Some((!group.is_empty()).then_some(quoted.unwrap_or(group)))
}

/// Before 3.1 a footnote says what outliers are.
const COLUMNS: [&str; 11] =
    ["Min", "Max", "Mean", "StdDev", "Median", "IQR", "Outliers", "Outliers(*)", "OPS", "Rounds", "Iterations"];

impl<'t> Table<'t> {
    /// `Name (time in ms)   Min   Mean   OPS (Kops/s)   Rounds`; `None` for that of a comparison side by side.
    fn header(line: &'t str) -> Option<Self> {
        let (time, rest) = line.strip_prefix("Name (time in ")?.split_once(')')?;
        let time = match time {
            "s" => unit::SECOND,
            "ms" => unit::MS,
            "us" => unit::US,
            "ns" => unit::NS,
            _ => return None,
        };
        let mut rate = RATE;
        let mut columns: Vec<&str> = Vec::new();
        for word in rest.split_whitespace() {
            match word.strip_prefix('(').and_then(|w| w.strip_suffix("ops/s)")) {
                Some(prefix) => rate = RATE.shift(power(prefix)?),
                None if COLUMNS.contains(&word) && !columns.contains(&word) => columns.push(word),
                None => return None,
            }
        }
        let step = number::value("0.0001", time.scale);
        Some(Self { columns, scale: Scale { time, rate, step } })
    }

    /// The row in `line`, read from its end: a name may hold blanks and numbers.
    fn row(&self, line: &'t str) -> Option<Row<'t>> {
        let (mut values, mut ratios) = (Vec::new(), Vec::new());
        let mut rest = line;
        for column in self.columns.iter().rev() {
            let mut word = last(&mut rest)?;
            if word.starts_with('(') && word.ends_with(')') {
                ratios.push(word);
                word = last(&mut rest)?;
            }
            if !is_value(word) {
                return None;
            }
            values.push((*column, word));
        }
        values.reverse();
        let name = rest.trim();
        (!name.is_empty() && !values.is_empty()).then_some(Row { name, values, ratios })
    }
}

/// A row of a table.
struct Row<'t> {
    name: &'t str,
    values: Vec<(&'t str, &'t str)>,
    ratios: Vec<&'t str>,
}

/// `test_fib (0001_one)`: a row of an earlier run, in a comparison; that of this run says `NOW`.
fn split(name: &str) -> (&str, Option<&str>) {
    let Some((test, run)) = name.strip_suffix(')').and_then(|n| n.cut_last(" (")) else { return (name, None) };
    let last = run.rsplit('/').next().unwrap_or(run);
    let number = last.split('_').next().unwrap_or(last);
    match last {
        "NOW" => (test, None),
        _ if number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) => (test, Some(run)),
        _ => (name, None),
    }
}

/// What `scale_unit` puts before the unit of a rate; the small ones come with `--benchmark-time-unit`.
fn power(prefix: &str) -> Option<i8> {
    Some(match prefix {
        "K" => 3,
        "M" => 6,
        "" => 0,
        "m" => -3,
        "u" => -6,
        "n" => -9,
        _ => return None,
    })
}

/// Takes the last word off `rest`.
fn last<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let text = rest.trim_end();
    let at = text.rfind(' ').map_or(0, |at| at + 1);
    *rest = &text[..at];
    (!text.is_empty()).then(|| &text[at..])
}

fn is_value(word: &str) -> bool {
    let number = |word: &str| number::leading_grouped(word).is_some_and(|(_, rest)| rest.is_empty());
    number(word) || ["nan", "inf", "-inf"].contains(&word) || word.split_once(';').is_some_and(|(a, b)| number(a) && number(b))
}

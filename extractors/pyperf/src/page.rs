use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, percentile};
use prill_core::{MetricSink, Polarity, Text};

use crate::put::{Place, value};

/// The lines of a text.
#[derive(Default)]
struct Page<'t> {
    known: bool,
    cut: bool,
    /// The line before, a heading where a rule follows.
    before: &'t str,
    benchmark: &'t str,
    samples: Option<u64>,
    warned: bool,
    /// The columns of `compare_to --table`: files.
    columns: Vec<&'t str>,
}

const RESULTS: [(&str, &str, &str); 4] = [
    ("Mean +- std dev: ", "mean", "stddev"),
    ("Median +- MAD: ", "p50", "mad"),
    ("Median +- std dev: ", "p50", "stddev"),
    ("Mean: ", "mean", ""),
];

/// A line that only pyperf prints.
pub(crate) fn is_mark(line: &str) -> bool {
    let result = |line: &str| {
        line.starts_with("Mean +- std dev: ") || line.starts_with("Median +- MAD: ") || line.starts_with("Median +- std dev: ")
    };
    result(line)
        || line.cut(": ").is_some_and(|(_, rest)| result(rest))
        || columns(line).is_some()
        || line.starts_with("Number of run with values: ")
        || line.starts_with("WARNING: the benchmark result may be unstable")
}

/// Whether the text is pyperf's, and whether it is cut.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> (bool, bool) {
    let mut page = Page::default();
    for line in text.lines() {
        out.ignore(line.text, "setting, date, warning or single value");
        page.line(line, out);
    }
    (page.known, page.cut)
}

impl<'t> Page<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        self.known |= is_mark(text);
        if self.known && !line.ended && !text.is_empty() {
            self.cut = true;
            return;
        }
        if text.len() >= 2 && (text.bytes().all(|b| b == b'-') || text.bytes().all(|b| b == b'=')) {
            (self.benchmark, self.samples) = (self.before, None);
        } else if let Some(name) = text.strip_prefix("### ").and_then(|name| name.strip_suffix(" ###")) {
            // pyperformance.
            (self.benchmark, self.samples) = (name, None);
        } else if let Some(columns) = columns(text) {
            self.columns = columns;
        } else if text.starts_with('|') && !self.columns.is_empty() {
            self.row(text, out);
        } else if !(self.known && (self.result(text, out) || self.stat(text, out))) {
            self.words(text, out);
        }
        self.before = text;
    }

    /// `Mean +- std dev: 658 us +- 606 us`, behind the name of the benchmark where it has no heading.
    fn result(&self, text: &'t str, out: &mut MetricSink) -> bool {
        let found = RESULTS.iter().find_map(|(key, stat, spread)| {
            let at = text.place(key)?;
            let name = text[..at].strip_suffix(": ").or_else(|| (at == 0).then_some(""))?;
            Some((name, &text[at + key.len()..], *stat, *spread))
        });
        let Some((name, rest, stat, spread)) = found else { return false };
        let benchmark = if name.is_empty() { self.benchmark } else { name };
        let place = Place { benchmark, samples: self.samples, ..Place::default() };
        match rest.cut(" -> ") {
            None => pair(&place, rest, stat, spread, out),
            Some((before, after)) => {
                // `[a] 658 us +- 606 us -> [b] 500 us +- 10 us: 1.32x faster`
                let after = after.cut_last(": ").map_or(after, |(after, _)| after);
                if !before.trim().starts_with('[') {
                    // pyperformance does not name them.
                    pair(&Place { run: Some("before"), ..place.clone() }, before, stat, spread, out);
                    return pair(&place, after, stat, spread, out);
                }
                for (label, values) in [before, after].into_iter().filter_map(|side| side.trim().strip_prefix('[')?.cut("] ")) {
                    pair(&Place { run: Some(label), ..place.clone() }, values, stat, spread, out);
                }
                true
            }
        }
    }

    /// `| noop | 21.9 ns | 1.25 us: 57.08x slower |`
    fn row(&self, text: &'t str, out: &mut MetricSink) {
        let mut cells = text.trim_matches('|').split('|').map(str::trim);
        let Some(benchmark) = cells.next().filter(|name| !["", "Geometric mean"].contains(name)) else { return };
        for (run, cell) in self.columns.iter().zip(cells) {
            let place = Place { benchmark, run: Some(run), ..Place::default() };
            pair(&place, cell.split(':').next().unwrap_or(cell), "mean", "", out);
        }
    }

    /// The lines of `pyperf stats`.
    fn stat(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let Some((key, rest)) = text.cut(": ").map(|(key, rest)| (key, rest.trim())) else { return false };
        let place = Place { benchmark: self.benchmark, samples: self.samples, ..Place::default() };
        if let Some(percent) = key.strip_suffix("th percentile").filter(|percent| !["0", "50", "100"].contains(percent)) {
            // The others are printed as minimum, median and maximum too.
            let found = value(rest.before(" ("));
            if let (Some(stat), Some(found)) = (percentile::stat(percent), found) {
                place.put(Some(&stat), found, out);
            }
            return true;
        }
        let is_count = rest.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty();
        match key {
            "Minimum" | "Maximum" => {
                let stat = if key == "Minimum" { "min" } else { "max" };
                value(rest).into_iter().for_each(|found| place.put(Some(stat), found, out));
            }
            "Total number of values" if is_count => {
                self.samples = rest.parse().ok();
                place.count("sample.count", "{sample}", Polarity::Informational, rest, out);
            }
            "Number of run with values" if is_count => {
                place.count("process.count", "{process}", Polarity::Informational, rest, out);
            }
            "Loop iterations per value" if is_count => {
                place.count("iteration.count", "{iteration}", Polarity::Informational, rest, out);
            }
            _ if key.starts_with("Number of outlier") && is_count => {
                place.count("outlier.count", "{sample}", Polarity::Unknown, rest, out);
            }
            _ => return false,
        }
        true
    }

    fn words(&mut self, text: &'t str, out: &mut MetricSink) {
        if let Some(warning) = text.strip_prefix("WARNING: ").filter(|_| self.known) {
            if !std::mem::replace(&mut self.warned, true) {
                out.warn(code::DEGRADED, text, warning);
            }
        } else if text.starts_with("ERROR: ") || text.has("pyperf: error: ") || text.starts_with("FileNotFoundError: ") {
            out.tool_failed(text, format!("pyperf says: {text}"));
        }
    }
}

/// `| Benchmark | bp | bp2 |`: the files.
fn columns(line: &str) -> Option<Vec<&str>> {
    let mut cells = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim);
    (cells.next() == Some("Benchmark")).then(|| cells.collect::<Vec<_>>()).filter(|files| files.len() > 1)
}

/// `658 us +- 606 us`
fn pair(place: &Place<'_>, text: &str, stat: &str, spread: &'static str, out: &mut MetricSink) -> bool {
    let (center, around) = text.cut(" +- ").map_or((text, None), |(center, around)| (center, Some(around)));
    let Some(found) = value(center).filter(|(token, _)| number::is_token(token)) else { return false };
    place.put(Some(stat), found, out);
    if let Some(around) = around.and_then(value).filter(|_| !spread.is_empty()) {
        place.put(Some(spread), around, out);
    }
    true
}

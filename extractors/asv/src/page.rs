//! `asv run`: lines of `console.py`, `[ 35.00%] ··· benchmarks.TimeSuite.time_keys     11.2±0.01μs`.

use prill_core::scan::{Line, Search};
use prill_core::{MetricSink, Text};

use crate::compare;
use crate::grid::{Grid, is_rule};
use crate::value::{Outcome, Place};

/// The lines of a text.
#[derive(Default)]
struct Page<'t> {
    known: bool,
    cut: bool,
    /// Whether there are several of them.
    commits: bool,
    environments: bool,
    place: Place,
    grid: Option<Grid<'t>>,
    comparing: bool,
}

/// A line that only asv prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.has(" total benchmarks (") && line.has(" commits * ") || line.starts_with("asv: error: ")
}

/// Whether the text is asv's, and whether it is cut.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> (bool, bool) {
    let mut page = Page::default();
    for line in text.lines() {
        out.ignore(line.text, "progress, parameter or text");
        page.line(line, out);
    }
    (page.known, page.cut)
}

impl<'t> Page<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        self.known |= is_mark(text) || compare::is_head(text);
        if !line.ended && (self.known && !text.is_empty() || step(text).is_some()) {
            self.cut = true;
            return;
        }
        if let Some(step) = step(text) {
            self.grid = None;
            self.step(step, out);
        } else if let Some(grid) = &mut self.grid {
            match grid.line(line.text) {
                Some(cells) => self.cells(&cells, out),
                None => self.grid = None,
            }
        } else if compare::is_head(text) || compare::is_old_head(text) {
            self.comparing = true;
        } else if self.comparing && compare::row(text, out) {
        } else if let Some(message) = text.strip_prefix("asv: error: ") {
            out.tool_failed(text, format!("asv says: {message}"));
        }
    }

    fn step(&mut self, text: &'t str, out: &mut MetricSink) {
        self.known = true;
        self.comparing = false;
        if is_rule(text) {
            self.grid = Some(Grid::begin());
        } else if let Some(counts) = text.cut(" total benchmarks (").map(|(_, counts)| counts) {
            self.commits = !counts.starts_with("1 commits");
            self.environments = !counts.has(" * 1 environments");
        } else if let Some(commit) = text.strip_prefix("For ").and_then(|rest| rest.cut(" commit ")) {
            let hash = commit.1.split([' ', ':']).next().unwrap_or_default();
            self.place.commit = self.commits.then(|| hash.to_owned());
        } else if let Some(environment) = text.strip_prefix("Benchmarking ") {
            self.place.environment = self.environments.then(|| environment.trim().to_owned());
        } else {
            self.result(text, out);
        }
    }

    /// `benchmarks.TimeSuite.time_keys     11.2±0.01μs`: a name with a point, and the result.
    fn result(&mut self, text: &'t str, out: &mut MetricSink) {
        let Some((name, result)) = text.split_once(' ').filter(|(name, _)| name.contains('.') && !name.ends_with('.')) else {
            return;
        };
        let (name, result) = (name.trim(), result.trim());
        self.place.benchmark = name.to_owned();
        self.place.parameters = None;
        if self.place.read(result, out) == Outcome::Failed {
            out.tool_failed(text, format!("{name}: {result}"));
        }
    }

    fn cells(&self, cells: &[(String, &'t str)], out: &mut MetricSink) {
        for (parameters, result) in cells {
            let place = Place { parameters: Some(parameters.clone()), ..self.place.clone() };
            place.read(result, out);
        }
    }
}

/// What follows `[ 35.00%] ···`, or `·` where it says how many benchmarks there are. A terminal without the sign has `-`.
fn step(line: &str) -> Option<&str> {
    let rest = match line.strip_prefix('[') {
        Some(rest) => rest.cut("%] ").filter(|(percent, _)| is_percent(percent.trim()))?.1,
        None if line.has(" total benchmarks (") => line,
        None => return None,
    };
    Some(rest.trim_start_matches(['\u{b7}', '-', '>']).trim())
}

/// `35.00`
fn is_percent(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    word.split_once('.').is_some_and(|(whole, part)| digits(whole) && digits(part) && part.len() == 2)
}

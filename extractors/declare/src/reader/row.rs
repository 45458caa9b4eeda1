use std::borrow::Cow;

use prill_core::diagnostic::code;
use prill_core::metric::is_name;
use prill_core::scan::unit::spelled;
use prill_core::scan::{Line, Scale, number};
use prill_core::{MetricSink, Printed};
use regex::Captures;

use super::Reader;
use crate::format::{Cell, Format, Repeat, Row, UnitOf};
use crate::template::{From, Template};

/// The text of a capture.
pub(super) fn value<'t>(from: From, captures: &Captures<'t>, header: &[Option<&'t str>]) -> Option<&'t str> {
    match from {
        From::Line(group) => captures.get(group).map(|found| found.as_str()),
        From::Header(group) => header.get(group).copied().flatten(),
    }
}

/// Marks the captures that are no metrics, where they hold a number.
pub(super) fn pass_over(ignore: &[(usize, &'static str)], captures: &Captures<'_>, out: &mut MetricSink) {
    for (group, why) in ignore {
        let token = captures.get(*group).map_or("", |found| found.as_str());
        if token.contains(|c: char| c.is_ascii_digit()) {
            out.ignore(token, why);
        }
    }
}

impl<'t> Reader<'_, 't, '_> {
    /// Reads the metrics of a line that `row` matches.
    pub(super) fn read(&mut self, number: usize, row: &Row, captures: &Captures<'t>, line: Line<'t>) {
        pass_over(&row.ignore, captures, self.out);
        let mut labels = self.filled(&row.labels, captures);
        if let Repeat::Numbered(key) = row.repeat {
            let count = self.counts.entry((number, format!("{labels:?}"))).or_insert(0);
            *count += 1;
            labels.push((key, count.to_string()));
        }
        let matches = |(group, regex): &(usize, regex::Regex)| captures.get(*group).is_some_and(|m| regex.is_match(m.as_str()));
        let empty = row.no_samples.iter().any(matches);
        for cell in &row.cells {
            let Some(found) = captures.get(cell.group) else { continue };
            // The end of a text that was cut may stand in the middle of a number.
            if !line.ended && found.end() == line.text.len() {
                self.cut = true;
                continue;
            }
            self.cell(row, cell, captures, &labels, empty);
        }
    }

    fn cell(&mut self, row: &Row, cell: &Cell, captures: &Captures<'t>, labels: &[(&str, String)], empty: bool) {
        let Some(token) = captures.get(cell.group).map(|found| found.as_str()) else { return };
        let name = cell.name.fill(|from| Some(segment(value(from, captures, &self.header)?))).unwrap_or_default();
        if !is_name(&name) {
            return self.out.warn(code::MALFORMED, token, format!("`{name}` is no name of a metric: the number has none"));
        }
        let samples = cell.samples.and_then(|group| count(captures.get(group)?.as_str()));
        if empty || samples == Some(0) || cell.no_samples.as_ref().is_some_and(|regex| regex.is_match(token)) {
            self.out.ignore(token, "placeholder");
            return self.out.warn(code::NO_SAMPLES, token, format!("{name} stands on no sample: `{token}` is a placeholder"));
        }
        let own = self.filled(&cell.labels, captures);
        let unit = unit(self.format, cell.unit, captures, self.out);
        let before = self.out.len();
        let mut metric = self.out.metric(&name).polarity(cell.polarity).samples(samples);
        for (key, value) in labels.iter().chain(&own) {
            metric = metric.label(key, value.as_str());
        }
        metric = unit.into_iter().fold(metric, |metric, unit| metric.unit(unit));
        metric = cell.resolution.into_iter().fold(metric, |metric, step| metric.resolution(step));
        metric.push(token);
        if row.repeat == Repeat::Last && self.out.len() > before {
            let identity = format!("{name} {labels:?} {own:?}");
            if let Some((index, earlier)) = self.last.insert(identity, (before, token)) {
                self.dropped.insert(index);
                self.out.ignore(earlier, "an earlier value of what was printed again");
            }
        }
    }

    /// The labels whose captures took part in the match.
    fn filled<'f>(&self, labels: &'f [(String, Template)], captures: &Captures<'t>) -> Vec<(&'f str, String)> {
        let fill = |template: &Template| template.fill(|from| value(from, captures, &self.header));
        labels.iter().filter_map(|(key, template)| Some((key.as_str(), fill(template)?))).collect()
    }
}

/// A captured text as a part of a name: `99.90` is `99_9`, `Read` is `read`.
fn segment(text: &str) -> String {
    let text = if number::is_token(text) && text.contains('.') {
        Cow::Borrowed(text.trim_end_matches('0').trim_end_matches('.'))
    } else {
        Cow::Borrowed(text)
    };
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("_")
}

fn count(token: &str) -> Option<u64> {
    let count = number::value(token, Scale::ONE).filter(|n| (0.0..9e15).contains(n))?;
    // In range; a fraction of a sample is none.
    Some(count as u64)
}

/// The unit. A printed one is looked up in the table of the format, then among the spellings that mean one thing only.
fn unit(format: &Format, unit: UnitOf, captures: &Captures<'_>, out: &mut MetricSink) -> Option<Printed> {
    let group = match unit {
        UnitOf::Unknown => return None,
        UnitOf::Always(printed) => return Some(printed),
        UnitOf::Printed(group) => group,
    };
    let printed = captures.get(group)?.as_str();
    if let Some((_, known)) = format.units.iter().find(|(spelling, _)| spelling == printed) {
        return Some(*known);
    }
    // What a tool prints is never kept for the life of the process, as `{word}` would be.
    let clear = spelled(printed).ok().filter(|_| !printed.starts_with('{'));
    if clear.is_none() {
        let shown: String = printed.chars().take(40).collect();
        out.warn(code::UNKNOWN_UNIT, printed, format!("`{shown}` is a unit that {} does not know", format.head.name));
    }
    clear
}

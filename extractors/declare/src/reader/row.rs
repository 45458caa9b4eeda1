use std::borrow::Cow;

use prill_core::diagnostic::code;
use prill_core::extract::LabelSet;
use prill_core::metric::is_name;
use prill_core::scan::unit::spelled;
use prill_core::scan::{Line, Scale, number, percentile};
use prill_core::{MetricSink, Printed};

use super::Reader;
use super::known::Name;
use crate::format::{Cell, Format, Repeat, Row, UnitOf};
use crate::pattern::Captures;
use crate::template::From;

/// Marks the captures that are no metrics, where they hold a number.
pub(super) fn pass_over(ignore: &[(usize, &'static str)], captures: Captures<'_, '_>, out: &mut MetricSink) {
    for (group, why) in ignore {
        let token = captures.get(*group).unwrap_or_default();
        if token.bytes().any(|byte| byte.is_ascii_digit()) {
            out.ignore(token, why);
        }
    }
}

impl<'f, 't> Reader<'f, 't, '_> {
    /// Reads the metrics of a line that `row` matches.
    pub(super) fn read(&mut self, number: usize, row: &'f Row, captures: Captures<'t, '_>, line: Line<'t>) {
        pass_over(&row.ignore, captures, self.out);
        self.labels.clear();
        self.fill(&row.labels, captures);
        let mut all = self.set();
        if let Repeat::Numbered(key) = row.repeat {
            let count = self.counted((number, all));
            self.labels.add_number(key, count);
            all = self.labels.set(self.out);
        }
        let empty = row.no_samples.iter().any(|(group, regex)| captures.get(*group).is_some_and(|text| regex.is_match(text)));
        for (index, cell) in row.cells.iter().enumerate() {
            let Some(token) = captures.get(cell.group) else { continue };
            // The end of a text that was cut may stand in the middle of a number.
            if !line.ended && token.as_bytes().as_ptr_range().end == line.text.as_bytes().as_ptr_range().end {
                self.cut = true;
                continue;
            }
            let Some(place) = self.known(number, index, cell, captures, token) else { continue };
            let samples = cell.samples.and_then(|group| count(captures.get(group)?));
            if empty || samples == Some(0) || cell.no_samples.as_ref().is_some_and(|regex| regex.is_match(token)) {
                let name = &self.cells[number][index].at(place).0.text;
                self.out.ignore(token, "placeholder");
                self.out.warn(code::NO_SAMPLES, token, format!("{name} stands on no sample: `{token}` is a placeholder"));
                continue;
            }
            let labels = if cell.labels.is_empty() {
                all
            } else {
                let len = self.labels.len();
                self.fill(&cell.labels, captures);
                let labels = self.labels.set(self.out);
                self.labels.truncate(len);
                labels
            };
            let (name, series) = self.cells[number][index].at(place);
            let before = self.out.len();
            self.out.push(series.labels(labels).samples(samples), token);
            if row.repeat == Repeat::Last
                && self.out.len() > before
                && let Some((index, earlier)) = self.last.insert((name.number, labels), (before, token))
            {
                self.dropped.push(index);
                self.out.ignore(earlier, "an earlier value of what was printed again");
            }
        }
    }

    /// Where the series of a cell is kept; `None` when the captures make no name, which is said.
    fn known(&mut self, row: usize, index: usize, cell: &Cell, captures: Captures<'t, '_>, token: &str) -> Option<usize> {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        let unit = if let UnitOf::Printed(group) = cell.unit { Some(captures.get(group)) } else { None };
        for text in cell.name.captures().map(|from| self.value(from, captures)).chain(unit) {
            // Neither a carriage return nor a line feed is in a line.
            key.push_str(text.unwrap_or("\r"));
            key.push('\n');
        }
        self.key = key;
        if let Some(place) = self.cells[row][index].find(&self.key) {
            return Some(place);
        }
        let name = cell.name.fill(|from| Some(segment(self.value(from, captures)?))).unwrap_or_default();
        if !is_name(&name) || !name.split('.').all(is_segment) {
            self.out.warn(code::MALFORMED, token, format!("`{name}` is no name of a metric: the number has none"));
            return None;
        }
        let unit = unit_of(self.format, cell.unit, captures, self.out);
        let metric = self.out.metric(&name).polarity(cell.polarity);
        let metric = unit.into_iter().fold(metric, |metric, unit| metric.unit(unit));
        let series = cell.resolution.into_iter().fold(metric, |metric, step| metric.resolution(step)).series();
        let next = self.names.len();
        let number = *self.names.entry(name.clone()).or_insert(next);
        Some(self.cells[row][index].add(&self.key, Name { text: name, number }, series))
    }

    /// What the sink calls the labels. Line after line has the same ones.
    fn set(&mut self) -> LabelSet {
        let (labels, set) = &mut self.before;
        match *set {
            Some(set) if *labels == self.labels => set,
            _ => {
                labels.become_like(&self.labels);
                *set.insert(self.labels.set(self.out))
            }
        }
    }

    /// How often this row came with these labels.
    fn counted(&mut self, row: (usize, LabelSet)) -> u64 {
        let count = match self.count.take() {
            Some((last, count)) if last == row => count,
            other => {
                self.counts.extend(other);
                self.counts.get(&row).copied().unwrap_or_default()
            }
        };
        self.count = Some((row, count + 1));
        count + 1
    }

    /// Adds the labels whose captures took part in the match.
    fn fill(&mut self, labels: &'f [(String, crate::template::Template)], captures: Captures<'t, '_>) {
        let header = &self.header;
        self.labels.add(labels, |from| match from {
            From::Line(group) => captures.get(group),
            From::Header(group) => header.get(group).copied().flatten(),
        });
    }
}

/// Whether this part of a name is a percentile where it looks like one: `p{pct}` of a damaged line may be `p9099`.
fn is_segment(segment: &str) -> bool {
    !segment.strip_prefix('p').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) || percentile::is_stat(segment)
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
fn unit_of(format: &Format, unit: UnitOf, captures: Captures<'_, '_>, out: &mut MetricSink) -> Option<Printed> {
    let group = match unit {
        UnitOf::Unknown => return None,
        UnitOf::Always(printed) => return Some(printed),
        UnitOf::Printed(group) => group,
    };
    let printed = captures.get(group)?;
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

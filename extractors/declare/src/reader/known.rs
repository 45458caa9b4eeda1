use std::ops::Range;

use prill_core::MetricSink;
use prill_core::extract::{LabelSet, Series};

use crate::template::{From, Template};

/// The series of a cell, by what its captures say of name and unit. Most cells have one.
#[derive(Debug, Default)]
pub(super) struct Known(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    key: String,
    name: Name,
    series: Series,
}

/// A name, and a number that no other name has.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) number: usize,
}

/// Names that are made of captures may be as many as there are lines; those past this number are looked up anew.
const MOST: usize = 64;

impl Known {
    /// The place of the series for `key`.
    #[inline]
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        // Most cells have the empty key, and to compare no bytes at no address is slower than to compare some.
        if key.is_empty() { (!self.0.is_empty()).then_some(0) } else { self.0.iter().position(|entry| entry.key == key) }
    }

    /// Keeps one more; gives its place.
    pub(super) fn add(&mut self, key: &str, name: Name, series: Series) -> usize {
        self.0.truncate(MOST);
        self.0.push(Entry { key: key.to_owned(), name, series });
        self.0.len() - 1
    }

    /// The name and the series at a place that `find` or `add` gave.
    #[inline]
    pub(super) fn at(&mut self, place: usize) -> (&Name, &mut Series) {
        let entry = &mut self.0[place];
        (&entry.name, &mut entry.series)
    }
}

/// Labels, filled in. One serves all lines.
#[derive(Debug, Default)]
pub(super) struct Filled<'f> {
    text: String,
    parts: Vec<(&'f str, Range<usize>)>,
}

impl PartialEq for Filled<'_> {
    fn eq(&self, other: &Self) -> bool {
        // As for `Known::find`: many rows have no labels.
        self.parts.len() == other.parts.len() && (self.parts.is_empty() || (self.parts == other.parts && self.text == other.text))
    }
}

impl<'f> Filled<'f> {
    /// Becomes `other`, in the room that it has.
    pub(super) fn become_like(&mut self, other: &Self) {
        self.text.clone_from(&other.text);
        self.parts.clone_from(&other.parts);
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.parts.clear();
    }

    /// How many labels there are; for [`Filled::truncate`].
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// Takes back all labels from the one numbered `len` on.
    pub(super) fn truncate(&mut self, len: usize) {
        self.parts.truncate(len);
        self.text.truncate(self.parts.last().map_or(0, |(_, part)| part.end));
    }

    /// Adds those of `labels` whose captures took part in the match.
    pub(super) fn add<'v>(&mut self, labels: &'f [(String, Template)], value: impl Fn(From) -> Option<&'v str>) {
        for (key, template) in labels {
            let start = self.text.len();
            if template.fill_into(&mut self.text, &value) {
                self.parts.push((key, start..self.text.len()));
            }
        }
    }

    /// Adds a label whose value is a number.
    pub(super) fn add_number(&mut self, key: &'f str, number: u64) {
        let start = self.text.len();
        self.text.push_str(itoa::Buffer::new().format(number));
        self.parts.push((key, start..self.text.len()));
    }

    /// What the sink calls this set.
    pub(super) fn set(&self, out: &mut MetricSink) -> LabelSet {
        out.labels(self.parts.iter().map(|(key, part)| (*key, &self.text[part.clone()])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(filled: &Filled<'_>) -> Vec<(String, String)> {
        filled.parts.iter().map(|(key, part)| ((*key).to_owned(), filled.text[part.clone()].to_owned())).collect()
    }

    #[test]
    fn labels_are_filled_and_taken_back() {
        let find = |name: &str| Some(if name == "op" { From::Line(1) } else { From::Line(2) });
        let template = |text| Template::parse(text, find).unwrap();
        let labels = [("a".to_owned(), template("x-{op}")), ("b".to_owned(), template("y{none}"))];
        let mut filled = Filled::default();
        filled.add(&labels, |from| (from == From::Line(1)).then_some("read"));
        filled.add_number("n", 0);
        let whole = [("a", "x-read"), ("n", "0")].map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(shown(&filled), whole);
        filled.add_number("m", u64::MAX);
        assert_eq!(shown(&filled)[2].1, u64::MAX.to_string());
        filled.truncate(2);
        assert_eq!((shown(&filled), filled.text.as_str()), (whole.to_vec(), "x-read0"));
    }

    #[test]
    fn what_is_known_is_bounded() {
        let mut known = Known::default();
        let mut out = MetricSink::new();
        for number in 0..1000 {
            let series = out.metric("a").series();
            let place = known.add(&number.to_string(), Name { text: format!("n{number}"), number }, series);
            assert_eq!(known.at(place).0.number, number);
        }
        assert!(known.0.len() <= MOST + 1);
        assert_eq!((known.find("7"), known.find("700")), (Some(7), None));
    }
}

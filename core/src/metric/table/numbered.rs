use std::collections::{HashMap, HashSet};

use super::mixed::Mixed;
use super::seen::Seen;
use super::{LabelSets, MetricTable};

/// Metrics whose identity an earlier one had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Repeated {
    pub(crate) first: usize,
    pub(crate) count: usize,
}

impl MetricTable {
    /// Gives each metric whose identity an earlier one has the label `key` with a number that no other has; says which.
    pub(crate) fn number_repeated(&mut self, key: &str) -> Option<Repeated> {
        if self.name_ids.is_empty() {
            // The paths of one document, which do not repeat.
            return None;
        }
        self.settle();
        let mut seen = Seen::new(self.names.len(), self.sets.len() + 1, self.entries.len());
        let mut found: Option<(Repeated, Numbers<'_>)> = None;
        for index in 0..self.entries.len() {
            let (name, labels) = (self.entries[index].name, self.entries[index].labels);
            if seen.is_new(name, labels) {
                continue;
            }
            let (repeated, numbers) = found.get_or_insert_with(|| (Repeated { first: index, count: 0 }, Numbers::new(self, key)));
            repeated.count += 1;
            if let Some(set) = numbers.next(name, labels, &mut self.sets) {
                self.entries[index].labels = set;
            }
        }
        found.map(|(repeated, _)| repeated)
    }
}

/// The numbers that were given.
struct Numbers<'k> {
    key: &'k str,
    /// Of each identity the last one.
    counts: HashMap<u64, u32, Mixed>,
    /// Of each set of labels those with the numbers from 2 on: none is left out, for each metric takes the next.
    sets: HashMap<u32, Vec<u32>, Mixed>,
    /// The last set, and what it was given for: a row that comes again is several metrics, which have their labels in common.
    last: (u32, u32, u32),
    /// The identities that there are, where the format itself gave numbers: only there one that is given here may be another's.
    taken: Option<HashSet<u64, Mixed>>,
    digits: itoa::Buffer,
}

impl<'k> Numbers<'k> {
    fn new(table: &MetricTable, key: &'k str) -> Self {
        let identities = || table.entries.iter().map(|entry| identity(entry.name, entry.labels)).collect();
        let taken = table.sets.has_key(key).then(identities);
        let (counts, sets) = (HashMap::default(), HashMap::default());
        Self { key, counts, sets, last: (0, 0, 0), taken, digits: itoa::Buffer::new() }
    }

    /// The labels of the next metric that is called `name` and has `labels`; `None` when there is no room for them.
    fn next(&mut self, name: u32, labels: u32, all: &mut LabelSets) -> Option<u32> {
        loop {
            let count = self.counts.entry(identity(name, labels)).or_insert(1);
            *count += 1;
            let count = *count;
            let set = if (labels, count) == (self.last.0, self.last.1) { self.last.2 } else { self.set(labels, count, all)? };
            self.last = (labels, count, set);
            if self.taken.as_mut().is_none_or(|taken| taken.insert(identity(name, set))) {
                return Some(set);
            }
        }
    }

    /// The set `labels` with the number `count`.
    fn set(&mut self, labels: u32, count: u32, all: &mut LabelSets) -> Option<u32> {
        let known = self.sets.entry(labels).or_default();
        if let Some(set) = known.get(count as usize - 2) {
            return Some(*set);
        }
        let label = (self.key, self.digits.format(count));
        // Where the format gave no number, a set with one is a new one.
        let set = if self.taken.is_some() { all.with(labels, [label]) } else { all.with_unique(labels, label) }?;
        known.push(set);
        Some(set)
    }
}

fn identity(name: u32, labels: u32) -> u64 {
    u64::from(name) << 32 | u64::from(labels)
}

#[cfg(test)]
mod tests {
    use prill_scan::Span;

    use super::*;
    use crate::metric::table::NewMetric;
    use crate::metric::{Polarity, Stream};

    /// The identities of metrics with these labels, once those that come again are numbered.
    fn numbered(all: &[(&str, &[(&str, &str)])]) -> Vec<String> {
        let mut table = MetricTable::default();
        let stream = table.stream_id(&Stream::Stdout);
        for (name, labels) in all {
            table.sets.begin();
            labels.iter().for_each(|(key, value)| table.sets.put(key, value));
            let (value, polarity, span) = (1.0, Polarity::Unknown, Span::new(0, 1));
            let new = NewMetric { name, value, unit: None, polarity, span, resolution: None, samples: None };
            assert!(table.push(stream, new));
        }
        table.number_repeated("repetition");
        assert_eq!(table.number_repeated("repetition"), None, "all are told apart");
        table.iter().map(|metric| metric.to_string()).collect()
    }

    #[test]
    fn the_number_stands_where_labels_are_sorted() {
        let labels: &[(&str, &str)] = &[("a", "1"), ("z", "2")];
        let found =
            numbered(&[("m", labels), ("n", labels), ("m", labels), ("n", labels), ("m", labels), ("m", &[]), ("m", &[])]);
        let second = "{a=1, repetition=2, z=2}";
        let expected = ["m{a=1, z=2}", "n{a=1, z=2}", &format!("m{second}"), &format!("n{second}")];
        assert_eq!(found[..4], expected);
        assert_eq!(found[4..], ["m{a=1, repetition=3, z=2}", "m", "m{repetition=2}"]);
    }

    #[test]
    fn a_number_that_the_format_gave_is_not_given_again() {
        let two: &[(&str, &str)] = &[("repetition", "2")];
        let found = numbered(&[("m", &[]), ("m", two), ("m", &[]), ("m", two)]);
        assert_eq!(found, ["m", "m{repetition=2}", "m{repetition=3}", "m{repetition=4}"]);
    }
}

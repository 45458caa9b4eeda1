use std::collections::{HashMap, HashSet};

use super::mixed::Mixed;
use super::{LabelSets, MetricTable};

impl MetricTable {
    /// Gives each metric whose identity an earlier one has the label `key` with a number that no other has; gives these metrics.
    pub(crate) fn number_repeated(&mut self, key: &str) -> Vec<usize> {
        let repeated = self.repeated();
        if repeated.is_empty() {
            return repeated;
        }
        // Only where the format itself gave numbers may one that is given here be another's.
        let is_given = self.sets.has_key(key);
        let identities = self.entries.iter().take(if is_given { self.entries.len() } else { 0 });
        let mut taken: HashSet<u64, Mixed> = HashSet::default();
        taken.extend(identities.map(|e| pair(e.name, e.labels)));
        let mut counts: HashMap<u64, u32, Mixed> = HashMap::default();
        // Of each set of labels those with the numbers from 2 on: none is left out, for each metric takes the next.
        let mut sets: HashMap<u64, Vec<u32>, Mixed> = HashMap::default();
        let mut digits = itoa::Buffer::new();
        for &index in &repeated {
            let (name, labels) = (self.entries[index].name, self.entries[index].labels);
            let count = counts.entry(pair(name, labels)).or_insert(1);
            loop {
                *count += 1;
                // A row that comes again is several metrics, which have their labels in common.
                let known = sets.entry(labels.into()).or_default();
                let set = match known.get(*count as usize - 2) {
                    Some(set) => *set,
                    None => {
                        let number = digits.format(*count);
                        // Where none is given, a set with a number is a new one.
                        let with = if is_given { LabelSets::with } else { LabelSets::with_unique };
                        let Some(set) = with(&mut self.sets, labels, key, number) else { break };
                        known.push(set);
                        set
                    }
                };
                self.entries[index].labels = set;
                if !is_given || taken.insert(pair(name, set)) {
                    break;
                }
            }
        }
        repeated
    }
}

fn pair(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
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
        assert_eq!(table.number_repeated("repetition"), [0; 0], "all are told apart");
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

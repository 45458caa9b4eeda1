use std::collections::{HashMap, HashSet};

use super::MetricTable;

impl MetricTable {
    /// Gives each metric whose identity an earlier one has the label `key` with a number that no other has; gives these metrics.
    pub(crate) fn number_repeated(&mut self, key: &str) -> Vec<usize> {
        let repeated = self.repeated();
        if repeated.is_empty() {
            return repeated;
        }
        let mut taken: HashSet<_> = self.entries.iter().map(|e| (e.name, e.labels)).collect();
        let mut counts: HashMap<_, usize> = HashMap::new();
        for &index in &repeated {
            let identity = (self.entries[index].name, self.entries[index].labels);
            let count = counts.entry(identity).or_insert(1);
            loop {
                *count += 1;
                // The format itself may have given this number to another.
                if !self.add_label(index, key, &count.to_string())
                    || taken.insert((self.entries[index].name, self.entries[index].labels))
                {
                    break;
                }
            }
        }
        repeated
    }
}

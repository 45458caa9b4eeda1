use std::collections::HashMap;
use std::ops::Range;

use super::MetricTable;
use super::mixed::Mixed;

impl MetricTable {
    /// Gives the metrics numbered `range` the label `key`, in place of one that they have; those for which there is no room
    /// stay as they are.
    pub(crate) fn label(&mut self, range: Range<usize>, key: &str, value: &str) {
        // Metrics of one row have their labels in common.
        let mut sets: HashMap<u64, u32, Mixed> = HashMap::default();
        for index in range {
            let labels = self.entries[index].labels;
            let set = match sets.get(&u64::from(labels)) {
                Some(set) => *set,
                None => {
                    let Some(set) = self.sets.with(labels, [(key, value)]) else { return };
                    sets.insert(labels.into(), set);
                    set
                }
            };
            self.entries[index].labels = set;
        }
    }
}

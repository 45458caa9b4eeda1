use std::collections::HashMap;
use std::ops::Range;

use super::MetricTable;
use super::mixed::Mixed;
use crate::metric::labels::LabelDraft;

impl MetricTable {
    /// Gives the metrics numbered `range` the label `key`, in place of one that they have; those for which there is no room
    /// stay as they are.
    pub(crate) fn label(&mut self, range: Range<usize>, key: &str, value: &str) {
        let mut draft = LabelDraft::default();
        // Metrics of one row have their labels in common.
        let mut sets: HashMap<u64, u32, Mixed> = HashMap::default();
        for index in range {
            let labels = self.entries[index].labels;
            let set = match sets.get(&u64::from(labels)) {
                Some(set) => *set,
                None => {
                    draft.clear();
                    let mut known = self.set(labels).iter().filter(|(known, _)| *known != key).peekable();
                    while let Some((known, value)) = known.next_if(|(known, _)| *known < key) {
                        draft.put(known, value);
                    }
                    draft.put(key, value);
                    known.for_each(|(known, value)| draft.put(known, value));
                    let Some(set) = self.set_id(&mut draft) else { return };
                    sets.insert(labels.into(), set);
                    set
                }
            };
            self.entries[index].labels = set;
        }
    }
}

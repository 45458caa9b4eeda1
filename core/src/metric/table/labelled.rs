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
                    let Some(set) = self.with_label(labels, key, value, &mut draft) else { return };
                    sets.insert(labels.into(), set);
                    set
                }
            };
            self.entries[index].labels = set;
        }
    }

    /// The set `labels` with one more label, in place of one of its key; `None` when there is no room for it. `draft` is room for
    /// that.
    pub(super) fn with_label(&mut self, labels: u32, key: &str, value: &str, draft: &mut LabelDraft) -> Option<u32> {
        draft.clear();
        // Sorted, so that the draft need not sort them.
        let mut labels = self.set(labels).iter().filter(|(known, _)| *known != key).peekable();
        while let Some((known, value)) = labels.next_if(|(known, _)| *known < key) {
            draft.put(known, value);
        }
        draft.put(key, value);
        labels.for_each(|(known, value)| draft.put(known, value));
        self.set_id(draft)
    }
}

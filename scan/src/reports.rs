use std::collections::HashMap;
use std::hash::Hash;

/// Which report a row is of, where nothing but its rows says so: one that comes again begins the next report.
///
/// ```
/// let mut reports = prill_scan::Reports::default();
/// let begins = ["sda", "sdb", "sda", "sdb", "sdc", "sdb"].map(|device| reports.enter(&device));
/// assert_eq!(begins, [false, false, true, false, false, true]);
/// assert_eq!(reports.number(), 3);
/// ```
#[derive(Clone, Debug)]
pub struct Reports<K> {
    /// The rows in the order in which they came first, and the report that each stood in last.
    seen: Vec<(K, usize)>,
    /// Their places.
    places: HashMap<K, usize>,
    /// The place after that of the last row: reports are alike.
    next: usize,
    number: usize,
}

impl<K> Default for Reports<K> {
    fn default() -> Self {
        Self { seen: Vec::new(), places: HashMap::new(), next: 0, number: 1 }
    }
}

impl<K: Clone + Eq + Hash> Reports<K> {
    /// Whether `row` begins another report.
    pub fn enter(&mut self, row: &K) -> bool {
        let at = match self.seen.get(self.next).or_else(|| self.seen.first()) {
            Some((known, _)) if known == row => self.next % self.seen.len(),
            _ => match self.places.get(row) {
                Some(place) => *place,
                None => {
                    self.places.insert(row.clone(), self.seen.len());
                    self.seen.push((row.clone(), 0));
                    self.seen.len() - 1
                }
            },
        };
        self.next = at + 1;
        let Some((_, report)) = self.seen.get_mut(at) else { return false };
        let begins = *report == self.number;
        self.number += usize::from(begins);
        *report = self.number;
        begins
    }

    /// The number of the last report, counted from 1.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    proptest::proptest! {
        #[test]
        fn a_row_that_comes_again_begins_a_report(rows in proptest::collection::vec(0..5u8, 0..40)) {
            let (mut reports, mut last, mut number) = (Reports::default(), HashMap::new(), 1);
            for row in rows {
                let begins = last.get(&row) == Some(&number);
                number += usize::from(begins);
                last.insert(row, number);
                proptest::prop_assert_eq!(reports.enter(&row), begins);
                proptest::prop_assert_eq!(reports.number(), number);
            }
        }
    }
}

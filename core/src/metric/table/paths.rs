//! Metrics whose names are the paths of a document: each name is new, so it is not looked up.
//!
//! A document has as many names as numbers. To intern them would take longer than to read them, and more memory than they
//! do. They get their numbers at once and are interned only when names from elsewhere join them.

use super::entry::place;
use super::{Direction, Entry, MetricTable, NO_SAMPLES, NO_STEP, NO_UNIT};

/// How long a table was.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    entries: usize,
    names: usize,
    text: usize,
}

impl MetricTable {
    /// A series of paths begins, in which no name stands twice.
    pub(crate) fn begin_paths(&mut self) -> Mark {
        self.settle();
        Mark { entries: self.entries.len(), names: self.names.len(), text: self.text.len() }
    }

    /// Stores a number under the name that `write` appends. False when the table is full (4 GiB of names). A length
    /// from [`super::LONG`] on is to be kept with [`Self::keep_len`].
    #[inline(always)]
    pub(crate) fn push_path(
        &mut self,
        stream: u8,
        value: f64,
        start: usize,
        len: usize,
        write: impl FnOnce(&mut String),
    ) -> bool {
        let from = self.text.len();
        write(&mut self.text);
        let end = self.text.len();
        // One comparison for all: a name starts before its end, and there are no more names than bytes in them.
        if end >= u32::MAX as usize {
            self.text.truncate(from);
            return false;
        }
        let name = self.names.len() as u32;
        self.names.push((from as u32, end as u32));
        self.entries.push(Entry {
            value,
            place: place(start, len),
            name,
            labels: 0,
            samples: NO_SAMPLES,
            step: NO_STEP,
            unit: NO_UNIT,
            stream,
            polarity: Direction::Unknown,
        });
        true
    }

    /// How many metrics it holds without moving.
    #[cfg(test)]
    pub(crate) fn capacity(&self) -> usize {
        self.entries.capacity()
    }

    /// True when the table should be told what is to come: see [`Self::make_room`].
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.names.len() == self.names.capacity()
    }

    /// How many paths there are since `mark`.
    pub(crate) fn len_since(&self, mark: Mark) -> usize {
        self.names.len() - mark.names
    }

    /// Makes room for the paths of a text of `len` bytes of which nothing is known: one number in 28 bytes, under a path that
    /// is a little shorter, as in indented documents.
    pub(crate) fn expect_paths(&mut self, len: usize) {
        self.names.reserve_exact(len / 28 + 1);
        self.entries.reserve(len / 28 + 1);
        self.text.reserve_exact(len - len / 8 + 64);
    }

    /// Makes room for `more` times as much as there is since `mark`.
    pub(crate) fn make_room(&mut self, mark: Mark, more: f64) {
        let want = |have: usize| ((have as f64 * more) as usize).max(64);
        let metrics = want(self.len_since(mark));
        self.names.reserve_exact(metrics);
        self.entries.reserve_exact(metrics);
        self.text.reserve_exact(want(self.text.len() - mark.text));
    }

    /// Takes back all paths since `mark`.
    pub(crate) fn forget_paths(&mut self, mark: Mark) {
        self.truncate(mark.entries);
        self.names.truncate(mark.names);
        self.text.truncate(mark.text);
    }

    /// Interns the paths: from here on each name has one number again.
    #[inline]
    pub(super) fn settle(&mut self) {
        if self.name_ids.len() < self.names.len() {
            self.intern_paths();
        }
    }

    #[cold]
    fn intern_paths(&mut self) {
        let first = self.name_ids.len();
        let mut kept = first;
        let mut numbers = Vec::with_capacity(self.names.len() - first);
        for at in first..self.names.len() {
            let (start, end) = self.names[at];
            let (text, names) = (&self.text, &self.names[..kept]);
            let name = &text[start as usize..end as usize];
            let is = |id: u32| names.get(id as usize).is_some_and(|(start, end)| &text[*start as usize..*end as usize] == name);
            let number = match self.name_ids.find(name, is) {
                Ok(known) => Some(known),
                Err(hash) => {
                    self.names[kept] = (start, end);
                    kept += 1;
                    self.name_ids.add(hash)
                }
            };
            numbers.push(number.unwrap_or_default());
        }
        self.names.truncate(kept);
        for entry in &mut self.entries {
            if let Some(number) = (entry.name as usize).checked_sub(first).and_then(|at| numbers.get(at)) {
                entry.name = *number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use prill_scan::Span;

    use super::*;
    use crate::metric::table::numbered::Repeated;
    use crate::metric::{NewMetric, Polarity};

    fn path(table: &mut MetricTable, name: &str) {
        assert!(table.push_path(0, 1.0, 0, 1, |text| text.push_str(name)));
    }

    fn named(table: &mut MetricTable, name: &str) {
        table.sets.begin();
        let (value, span, polarity) = (1.0, Span::new(0, 1), Polarity::Lower);
        let (unit, resolution, samples) = (None, None, None);
        assert!(table.push(0, NewMetric { name, value, unit, polarity, span, resolution, samples }));
    }

    fn names(table: &MetricTable) -> Vec<&str> {
        table.iter().map(|metric| metric.name()).collect()
    }

    #[test]
    fn paths_of_two_documents_and_other_names_are_told_apart_and_found_again() {
        let mut table = MetricTable::default();
        table.begin_paths();
        for name in ["a.0", "a.1", "b"] {
            path(&mut table, name);
        }
        assert_eq!(table.clone().number_repeated("n"), None);
        table.begin_paths();
        for name in ["c", "a.1"] {
            path(&mut table, name);
        }
        named(&mut table, "b");
        named(&mut table, "d");
        assert_eq!(names(&table), ["a.0", "a.1", "b", "c", "a.1", "b", "d"]);
        assert_eq!(table.clone().number_repeated("n"), Some(Repeated { first: 4, count: 2 }));
        assert_eq!(table.names.len(), 5);
    }

    #[test]
    fn paths_of_the_last_document_are_compared_with_those_before() {
        let mut table = MetricTable::default();
        named(&mut table, "a");
        table.begin_paths();
        path(&mut table, "b");
        path(&mut table, "a");
        assert_eq!(table.clone().number_repeated("n"), Some(Repeated { first: 2, count: 1 }));
        assert_eq!(names(&table), ["a", "b", "a"]);
    }

    #[test]
    fn what_is_taken_back_leaves_nothing() {
        let mut table = MetricTable::default();
        named(&mut table, "a");
        let mark = table.begin_paths();
        path(&mut table, "b");
        table.keep_exact("18446744073709551616");
        let (names_before, text_before) = (1, 1);
        table.forget_paths(mark);
        assert_eq!((table.names.len(), table.text.len(), table.details.len()), (names_before, text_before, 0));
        path(&mut table, "c");
        assert_eq!(names(&table), ["a", "c"]);
        assert_eq!(table.iter().nth(1).unwrap().exact(), None);
    }
}

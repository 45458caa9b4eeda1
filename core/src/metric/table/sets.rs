//! The sets of labels of a table, and the one that is being put together.
//!
//! Outputs are periodic, so a set is mostly the one that followed the last one before, or the last one again. What is put in is
//! therefore compared with these two as it comes, and as long as it is one of them nothing is copied, hashed or looked up. A value that
//! is the last one of its key is not kept again.

use std::hash::{Hash, Hasher};

use super::interner::Interner;
use crate::metric::labels::{LONG_VALUE, LabelText, Labels, Pair};

/// Sets are numbered from 1; 0 is the empty one, which is not stored.
#[derive(Clone, Debug, Default)]
pub(crate) struct LabelSets {
    text: LabelText,
    key_ids: Interner,
    /// Of each key the last value that was put in, which may have been dropped again.
    last_values: Vec<Pair>,
    /// Those of all sets, and behind them those of the draft, where it is none of the sets.
    pairs: Vec<Pair>,
    /// Where the pairs of each set end.
    ends: Vec<u32>,
    set_ids: Interner,
    /// How much of the text of values is the sets'.
    kept: usize,
    draft: Draft,
}

/// The set that is being put together.
#[derive(Clone, Debug, Default)]
struct Draft {
    /// How many labels it has, as long as it may be one of the candidates.
    len: usize,
    /// The sets that it may be: the one that followed the last one before, and the last one.
    candidates: [Candidate; 2],
    /// Its pairs stand behind those of all sets, for it is none of the candidates.
    is_own: bool,
    /// There was no room for a label.
    is_full: bool,
}

/// A set that the draft may be.
#[derive(Clone, Copy, Debug, Default)]
struct Candidate {
    number: u32,
    from: u32,
    to: u32,
    /// Whether all labels of the draft are its first ones.
    fits: bool,
}

impl LabelSets {
    /// Begins the next set.
    #[inline]
    pub(crate) fn begin(&mut self) {
        if self.draft.is_own {
            self.drop_own();
        }
        self.draft.len = 0;
    }

    /// Puts a label in; the later of two with one key counts.
    #[inline]
    pub(crate) fn put(&mut self, key: &str, value: &str) {
        if !self.draft.is_own {
            let at = self.draft.len;
            if at == 0 {
                self.draft.candidates = self.candidates();
            }
            let fits = self.draft.candidates.map(|set| set.fits && self.has(set, at, key, value));
            if fits != [false, false] {
                for (set, fits) in self.draft.candidates.iter_mut().zip(fits) {
                    set.fits = fits;
                }
                self.draft.len += 1;
                return;
            }
            self.make_own();
        }
        self.put_own(key, value);
    }

    /// The number of the set that was put together; `None` when there is no room for it.
    #[inline]
    pub(crate) fn id(&mut self) -> Option<u32> {
        let Draft { len, candidates, is_own, .. } = self.draft;
        if is_own {
            return self.own_id();
        }
        if len == 0 {
            return Some(0);
        }
        for set in candidates {
            if set.fits && (set.to - set.from) as usize == len {
                self.set_ids.see(set.number);
                return Some(set.number + 1);
            }
        }
        self.make_own();
        self.own_id()
    }

    /// The set `set` with more labels, each in place of one of its key; `None` when there is no room for it.
    pub(crate) fn with<'l>(&mut self, set: u32, labels: impl IntoIterator<Item = (&'l str, &'l str)>) -> Option<u32> {
        self.begin_with(set);
        labels.into_iter().for_each(|(key, value)| self.put_own(key, value));
        self.own_id()
    }

    /// As [`LabelSets::with`], where the new set is known to be none of the others: nobody will look for it.
    pub(crate) fn with_unique(&mut self, set: u32, (key, value): (&str, &str)) -> Option<u32> {
        self.begin_with(set);
        self.put_own(key, value);
        let number = if self.is_full() { None } else { self.set_ids.skip() };
        self.keep_own(number)
    }

    /// The labels of the set numbered `set`.
    pub(crate) fn get(&self, set: u32) -> Labels<'_> {
        let (from, to) = (set as usize).checked_sub(1).map_or((0, 0), |at| self.range(at));
        Labels::new(&self.text, &self.pairs[from..to])
    }

    /// Whether any set has the label `key`.
    pub(crate) fn has_key(&self, key: &str) -> bool {
        let key = self.text.keys.iter().position(|known| **known == *key);
        key.is_some_and(|key| self.pairs.iter().any(|pair| usize::from(pair.key) == key))
    }

    /// How many sets there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where the pairs of the set at `at` stand.
    fn range(&self, at: usize) -> (usize, usize) {
        range(&self.ends, at)
    }

    fn candidates(&self) -> [Candidate; 2] {
        let candidate = |number: Option<u32>| {
            let number = number.filter(|number| (*number as usize) < self.ends.len());
            number.map_or(Candidate::default(), |number| {
                let (from, to) = self.range(number as usize);
                Candidate { number, from: from as u32, to: to as u32, fits: true }
            })
        };
        let (next, last) = (self.set_ids.guess(), self.set_ids.last());
        [candidate(next), candidate(last.filter(|_| last != next))]
    }

    /// Whether `set` has this label at `at`.
    #[inline]
    fn has(&self, set: Candidate, at: usize, key: &str, value: &str) -> bool {
        let at = set.from as usize + at;
        at < set.to as usize && self.is(self.pairs[at], key, value)
    }

    #[inline]
    fn is(&self, pair: Pair, key: &str, value: &str) -> bool {
        self.text.value(pair).as_bytes() == value.as_bytes() && self.text.key(pair).as_bytes() == key.as_bytes()
    }

    /// Where the pairs of the draft start when they are its own.
    fn own(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    fn drop_own(&mut self) {
        self.pairs.truncate(self.own());
        self.text.values.truncate(self.kept);
        (self.draft.is_own, self.draft.is_full, self.draft.len) = (false, false, 0);
    }

    /// The labels that were put in so far become the draft's own.
    fn make_own(&mut self) {
        self.draft.is_own = true;
        if let Some(set) = self.draft.candidates.iter().find(|set| set.fits).filter(|_| self.draft.len > 0) {
            let from = set.from as usize;
            self.pairs.extend_from_within(from..from + self.draft.len);
        }
    }

    fn begin_with(&mut self, set: u32) {
        self.begin();
        self.draft.is_own = true;
        if let Some(at) = (set as usize).checked_sub(1) {
            let (from, to) = self.range(at);
            self.pairs.extend_from_within(from..to);
        }
    }

    fn put_own(&mut self, key: &str, value: &str) {
        match self.pair(key, value) {
            Some(pair) => self.put_pair(pair),
            None => self.draft.is_full = true,
        }
    }

    /// Sorted by key; the later of two with one key counts.
    fn put_pair(&mut self, pair: Pair) {
        let (own, key) = (self.own(), self.text.key(pair));
        let mut at = self.pairs.len();
        while at > own && self.text.key(self.pairs[at - 1]) > key {
            at -= 1;
        }
        match at.checked_sub(1).filter(|last| *last >= own && self.pairs[*last].key == pair.key) {
            Some(same) => self.pairs[same] = pair,
            None => self.pairs.insert(at, pair),
        }
    }

    /// A label, with the last value that its key had where that is the same.
    fn pair(&mut self, key: &str, value: &str) -> Option<Pair> {
        let key = self.key_id(key)?;
        let last = self.last_values[usize::from(key)];
        if self.text.value_bytes(last) == Some(value.as_bytes()) {
            return Some(last);
        }
        let start = u32::try_from(self.text.values.len()).ok()?;
        u32::try_from(self.text.values.len() + value.len()).ok()?;
        self.text.values.push_str(value);
        if value.len() >= LONG_VALUE {
            self.text.long.insert(start, value.len());
        }
        let pair = Pair { value: start, key, len: value.len().min(LONG_VALUE) as u16 };
        self.last_values[usize::from(key)] = pair;
        Some(pair)
    }

    fn key_id(&mut self, key: &str) -> Option<u16> {
        let keys = &self.text.keys;
        let is = |number: u32| keys.get(number as usize).is_some_and(|known| known.as_bytes() == key.as_bytes());
        let number = match self.key_ids.find(key, is) {
            Ok(number) => number,
            // Asked first, for the interner would keep the number that the keys have no room for.
            Err(_) if keys.len() >= usize::from(u16::MAX) => return None,
            Err(hash) => {
                let number = self.key_ids.add(hash)?;
                self.text.keys.push(key.into());
                self.last_values.push(Pair { value: 0, key: number as u16, len: 0 });
                number
            }
        };
        u16::try_from(number).ok()
    }

    /// The number of the draft whose pairs are its own.
    fn own_id(&mut self) -> Option<u32> {
        if self.is_full() {
            return self.keep_own(None);
        }
        if self.pairs.len() == self.own() {
            self.drop_own();
            return Some(0);
        }
        let Self { text, pairs, ends, set_ids, .. } = self;
        let (pairs, own) = pairs.split_at(ends.last().map_or(0, |end| *end as usize));
        let is = |number: u32| {
            let (from, to) = range(ends, number as usize);
            are_equal(text, &pairs[from..to], own)
        };
        let number = match set_ids.look_up(Hashed { text, pairs: own }, is) {
            Ok(number) => {
                self.drop_own();
                return Some(number + 1);
            }
            Err(hash) => set_ids.add(hash),
        };
        self.keep_own(number)
    }

    /// Whether there is no room for the draft.
    fn is_full(&self) -> bool {
        self.draft.is_full || u32::try_from(self.pairs.len()).is_err()
    }

    /// The draft becomes the set `number`.
    fn keep_own(&mut self, number: Option<u32>) -> Option<u32> {
        let Some(number) = number else {
            self.drop_own();
            return None;
        };
        self.ends.push(self.pairs.len() as u32);
        self.kept = self.text.values.len();
        (self.draft.is_own, self.draft.len) = (false, 0);
        number.checked_add(1)
    }
}

fn range(ends: &[u32], at: usize) -> (usize, usize) {
    (at.checked_sub(1).map_or(0, |before| ends[before] as usize), ends[at] as usize)
}

/// Whether two sets of one table are the same.
fn are_equal(text: &LabelText, one: &[Pair], other: &[Pair]) -> bool {
    let same = |(a, b): (&Pair, &Pair)| {
        a.key == b.key && a.len == b.len && (a.value == b.value || text.value(*a).as_bytes() == text.value(*b).as_bytes())
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// Hashes labels of one table in as few steps as tell them apart.
struct Hashed<'a> {
    text: &'a LabelText,
    pairs: &'a [Pair],
}

impl Hash for Hashed<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for pair in self.pairs {
            state.write_u64(pair.key.into());
            state.write(self.text.value(*pair).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn id(sets: &mut LabelSets, labels: &[(&str, &str)]) -> Option<u32> {
        sets.begin();
        labels.iter().for_each(|(key, value)| sets.put(key, value));
        sets.id()
    }

    #[test]
    fn labels_are_sorted_and_the_later_of_two_counts() {
        let mut sets = LabelSets::default();
        for _ in 0..3 {
            let found = id(&mut sets, &[("op", "read"), ("job", "a"), ("op", "write"), ("size", "4k"), ("job", "b")]).unwrap();
            assert_eq!(sets.get(found).to_string(), "{job=b, op=write, size=4k}");
            assert_eq!(found, 1);
        }
    }

    #[test]
    fn the_same_text_cut_elsewhere_is_another_set() {
        let mut sets = LabelSets::default();
        let cuts = [[("ab", "c")], [("a", "bc")], [("abc", "")], [("", "abc")]];
        assert_eq!(cuts.map(|labels| id(&mut sets, &labels)), [Some(1), Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn what_is_put_together_and_not_asked_for_leaves_nothing() {
        let mut sets = LabelSets::default();
        let first = id(&mut sets, &[("a", "1"), ("b", "2")]);
        sets.begin();
        sets.put("a", "1");
        sets.put("c", "a new value");
        assert_eq!(id(&mut sets, &[("a", "1"), ("b", "2")]), first);
        assert_eq!((sets.len(), sets.pairs.len(), &*sets.text.values), (1, 2, "12"));
    }

    #[test]
    fn a_value_that_sets_have_in_common_is_kept_once() {
        let mut sets = LabelSets::default();
        id(&mut sets, &[("device", "sda"), ("interval", "1"), ("op", "read")]);
        id(&mut sets, &[("device", "sda"), ("interval", "2"), ("op", "read")]);
        sets.with(1, [("state", "C1")]).unwrap();
        assert_eq!(sets.text.values, "sda1read2C1");
    }

    #[test]
    fn long_values_are_kept() {
        let mut sets = LabelSets::default();
        let values = [LONG_VALUE - 1, LONG_VALUE, LONG_VALUE + 1, 3 * LONG_VALUE].map(|len| "v".repeat(len));
        for value in &values {
            let set = id(&mut sets, &[("a", value), ("b", "1")]).unwrap();
            let more = sets.with(set, [("c", "2")]).unwrap();
            assert_eq!(sets.get(set).get("a"), Some(&**value));
            assert_eq!(sets.get(more).iter().collect::<Vec<_>>(), [("a", &**value), ("b", "1"), ("c", "2")]);
        }
        assert_eq!(sets.len(), 8);
    }

    #[test]
    fn there_is_room_for_65535_keys_and_what_has_others_is_refused() {
        let mut sets = LabelSets::default();
        let keys: Vec<String> = (0..=u16::MAX).map(|n| format!("k{n}")).collect();
        let ids: Vec<_> = keys.iter().map(|key| id(&mut sets, &[(key, "1")])).collect();
        assert_eq!(ids.iter().filter(|id| id.is_none()).count(), 1);
        assert_eq!(ids.last(), Some(&None));
        assert_eq!(id(&mut sets, &[("k7", "1")]), Some(8), "those that there are can still be found");
        assert_eq!(sets.get(8).to_string(), "{k7=1}");
    }

    proptest! {
        #[test]
        fn a_set_has_one_number_and_what_was_put_in(
            rows in prop::collection::vec((any::<bool>(), prop::collection::vec((0..4usize, 0..3usize), 0..5)), 1..60),
        ) {
            const TEXTS: [&str; 4] = ["a", "b", "ab", ""];
            let (mut sets, mut numbers) = (LabelSets::default(), BTreeMap::new());
            let mut last = (0, BTreeMap::new());
            for (on_top, row) in rows {
                let labels: Vec<_> = row.iter().map(|(key, value)| (TEXTS[*key], TEXTS[*value])).collect();
                let (number, expected) = match on_top {
                    true => {
                        let mut expected = last.1.clone();
                        expected.extend(labels.iter().copied());
                        (sets.with(last.0, labels).unwrap(), expected)
                    }
                    false => (id(&mut sets, &labels).unwrap(), labels.iter().copied().collect()),
                };
                prop_assert_eq!(sets.get(number).iter().collect::<BTreeMap<_, _>>(), expected.clone());
                prop_assert!(sets.get(number).iter().map(|(key, _)| key).is_sorted());
                prop_assert_eq!(number == 0, expected.is_empty());
                prop_assert_eq!(*numbers.entry(expected.clone()).or_insert(number), number);
                last = (number, expected);
            }
            prop_assert_eq!(sets.len(), numbers.keys().filter(|labels| !labels.is_empty()).count());
        }
    }
}

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The labels of one metric, sorted by key.
#[derive(Clone, Copy)]
pub struct Labels<'a> {
    text: &'a str,
    pairs: &'a [Pair],
}

/// One label in the text of a table: where the key starts, where the value starts, where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) key: u32,
    pub(crate) value: u32,
    pub(crate) end: u32,
}

impl<'a> Labels<'a> {
    pub(crate) fn new(text: &'a str, pairs: &'a [Pair]) -> Self {
        Self { text, pairs }
    }

    /// The text of all labels, which stands in one piece.
    pub(crate) fn text(self) -> &'a str {
        match self.pairs {
            [] => "",
            [first, ..] => &self.text[first.key as usize..self.pairs[self.pairs.len() - 1].end as usize],
        }
    }

    /// The pairs when that text starts at `start`.
    pub(crate) fn pairs_from(self, start: u32) -> impl Iterator<Item = Pair> + 'a {
        let pairs = self.pairs;
        let old = pairs.first().map_or(0, |first| first.key);
        let moved = move |at: u32| at - old + start;
        pairs.iter().map(move |pair| Pair { key: moved(pair.key), value: moved(pair.value), end: moved(pair.end) })
    }

    /// Where each key and each value ends in it.
    fn cuts(&self) -> impl Iterator<Item = (u32, u32)> + 'a {
        let pairs = self.pairs;
        let start = pairs.first().map_or(0, |first| first.key);
        pairs.iter().map(move |pair| (pair.value - start, pair.end - start))
    }

    /// Key and value of each label.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (&'a str, &'a str)> + Clone {
        let text = self.text;
        self.pairs.iter().map(move |p| (&text[p.key as usize..p.value as usize], &text[p.value as usize..p.end as usize]))
    }

    /// The value of the label `key`.
    #[must_use]
    pub fn get(self, key: &str) -> Option<&'a str> {
        self.iter().find(|(k, _)| *k == key).map(|(_, v)| v)
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.pairs.len()
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.pairs.is_empty()
    }
}

impl PartialEq for Labels<'_> {
    fn eq(&self, other: &Self) -> bool {
        // To compare no bytes at no address takes longer than to compare some.
        self.pairs.is_empty() && other.pairs.is_empty()
            || self.pairs.len() == other.pairs.len()
                && self.text().as_bytes() == other.text().as_bytes()
                && self.cuts().zip(other.cuts()).all(|(a, b)| a == b)
    }
}

impl Hash for Labels<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.text().as_bytes());
        state.write_u64(
            self.cuts().fold(0u64, |all, (key, value)| all.wrapping_mul(31) ^ (u64::from(key) << 32 | u64::from(value))),
        );
    }
}

impl Eq for Labels<'_> {}

impl fmt::Display for Labels<'_> {
    /// `{job=a, op=read}`; nothing when there is none. Values that a selector could misread are quoted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (key, value)) in self.iter().enumerate() {
            f.write_str(if i == 0 { "{" } else { ", " })?;
            write!(f, "{key}={}", label_value(value))?;
        }
        if self.is_empty() { Ok(()) } else { f.write_str("}") }
    }
}

impl fmt::Debug for Labels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// A set of labels that is being put together, sorted by key. It is used again for the next one, so that a metric costs no
/// allocation, and remembers the last one, because metric after metric has the same: then nothing is copied either.
#[derive(Clone, Debug, Default)]
pub(crate) struct LabelDraft {
    text: String,
    pairs: Vec<Pair>,
    /// How many of the pairs are the new set's.
    len: usize,
    /// The number under which a table keeps all of the pairs.
    kept: Option<u32>,
}

impl LabelDraft {
    /// Begins the next set.
    #[inline]
    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    /// Puts a label in; the later of two with one key counts.
    #[inline]
    pub(crate) fn put(&mut self, key: &str, value: &str) {
        if let Some(pair) = self.pairs.get(self.len)
            && self.text.as_bytes()[pair.key as usize..pair.value as usize] == *key.as_bytes()
            && self.text.as_bytes()[pair.value as usize..pair.end as usize] == *value.as_bytes()
        {
            self.len += 1;
            return;
        }
        self.put_new(key, value);
    }

    /// The labels, and the number that [`LabelDraft::keep`] was told for the same ones.
    #[inline]
    pub(crate) fn labels(&self) -> (Labels<'_>, Option<u32>) {
        (Labels::new(&self.text, &self.pairs[..self.len]), self.kept.filter(|_| self.len == self.pairs.len()))
    }

    /// A table keeps these labels under a number.
    #[inline]
    pub(crate) fn keep(&mut self, id: u32) {
        self.pairs.truncate(self.len);
        self.kept = Some(id);
    }

    fn put_new(&mut self, key: &str, value: &str) {
        self.kept = None;
        self.pairs.truncate(self.len);
        self.text.truncate(self.pairs.last().map_or(0, |pair| pair.end as usize));
        if let Some(last) = self.pairs.last()
            && &self.text[last.key as usize..last.value as usize] >= key
        {
            return self.put_between(key, value);
        }
        // A draft is the labels of one metric: no output has 4 GiB of those.
        let place = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let start = place(self.text.len());
        self.text.push_str(key);
        let middle = place(self.text.len());
        self.text.push_str(value);
        self.pairs.push(Pair { key: start, value: middle, end: place(self.text.len()) });
        self.len = self.pairs.len();
    }

    /// The text stays in one piece and in order, so what comes late is put together anew.
    fn put_between(&mut self, key: &str, value: &str) {
        let old = std::mem::take(self);
        let (labels, _) = old.labels();
        let before = labels.iter().take_while(|(known, _)| *known < key);
        let after = labels.iter().skip_while(|(known, _)| *known <= key);
        before.chain([(key, value)]).chain(after).for_each(|(key, value)| self.put_new(key, value));
    }
}

/// The value of a label as it stands in a selector: quoted where that could misread it.
#[must_use]
pub fn label_value(value: &str) -> Cow<'_, str> {
    let plain = !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "_-./:+@#%".contains(c));
    if plain { value.into() } else { format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")).into() }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher, RandomState};

    use super::*;

    fn draft(labels: &[(&str, &str)]) -> LabelDraft {
        let mut draft = LabelDraft::default();
        labels.iter().for_each(|(key, value)| draft.put(key, value));
        draft
    }

    #[test]
    fn labels_are_sorted_and_the_later_of_two_counts() {
        let draft = draft(&[("op", "read"), ("job", "a"), ("op", "write"), ("size", "4k"), ("job", "b")]);
        assert_eq!(draft.labels().0.to_string(), "{job=b, op=write, size=4k}");
    }

    #[test]
    fn the_last_labels_are_known_again_and_no_others() {
        let mut draft = draft(&[("a", "1"), ("b", "2")]);
        draft.keep(7);
        for (labels, kept) in [
            (&[("a", "1"), ("b", "2")][..], Some(7)),
            (&[("a", "1")], None),
            (&[], None),
            (&[("a", "1"), ("b", "3")], None),
            (&[("a", "1"), ("b", "3"), ("c", "4")], None),
            (&[("b", "2"), ("a", "1")], None),
        ] {
            let mut again = draft.clone();
            again.clear();
            labels.iter().for_each(|(key, value)| again.put(key, value));
            let mut sorted = labels.to_vec();
            sorted.sort_unstable();
            assert_eq!(again.labels().0.iter().collect::<Vec<_>>(), sorted);
            assert_eq!(again.labels().1, kept, "{labels:?}");
        }
    }

    #[test]
    fn equal_labels_are_equal_wherever_their_text_stands() {
        let hasher = RandomState::new();
        let hash = |draft: &LabelDraft| hasher.hash_one(draft.labels().0);
        let (a, b) = (draft(&[("b", "2"), ("a", "1")]), draft(&[("a", "1"), ("b", "2")]));
        assert!(a.labels().0 == b.labels().0 && hash(&a) == hash(&b));
        let (a, b) = (draft(&[("ab", "c")]), draft(&[("a", "bc")]));
        assert!(a.labels().0 != b.labels().0 && hash(&a) != hash(&b), "the same text, cut elsewhere");
    }
}

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
        self.len() == other.len() && self.iter().zip(other.iter()).all(|(a, b)| a == b)
    }
}

impl Hash for Labels<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for pair in self.iter() {
            pair.hash(state);
        }
    }
}

impl Eq for Labels<'_> {}

impl fmt::Display for Labels<'_> {
    /// `{job=a, op=read}`; nothing when there is none. Values that a selector could misread are quoted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (key, value)) in self.iter().enumerate() {
            f.write_str(if i == 0 { "{" } else { ", " })?;
            if is_plain(value) {
                write!(f, "{key}={value}")?;
            } else {
                write!(f, "{key}={}", quoted(value))?;
            }
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
/// allocation.
#[derive(Clone, Debug, Default)]
pub(crate) struct LabelDraft {
    text: String,
    pairs: Vec<Pair>,
}

impl LabelDraft {
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.pairs.clear();
    }

    /// Puts a label in; the later of two with one key counts.
    pub(crate) fn put(&mut self, key: &str, value: &str) {
        let at = self.labels().iter().position(|(known, _)| known >= key).unwrap_or(self.pairs.len());
        let same = self.labels().iter().nth(at).is_some_and(|(known, _)| known == key);
        // A draft is the labels of one metric: no output has 4 GiB of those, and one that had would get none.
        let place = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let start = place(self.text.len());
        self.text.push_str(key);
        let middle = place(self.text.len());
        self.text.push_str(value);
        let pair = Pair { key: start, value: middle, end: place(self.text.len()) };
        if same {
            self.pairs[at] = pair;
        } else {
            self.pairs.insert(at, pair);
        }
    }

    pub(crate) fn labels(&self) -> Labels<'_> {
        Labels::new(&self.text, &self.pairs)
    }
}

fn is_plain(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "_-./:+@#%".contains(c))
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

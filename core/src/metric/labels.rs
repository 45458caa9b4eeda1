use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// The labels of one metric, sorted by key.
#[derive(Clone, Copy)]
pub struct Labels<'a> {
    text: &'a LabelText,
    pairs: &'a [Pair],
}

/// One label: which key it has, and where its value stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) value: u32,
    pub(crate) key: u16,
    pub(crate) len: u16,
}

/// What labels are made of. A set is as long as its pairs; keys, and values that sets have in common, are kept once.
#[derive(Clone, Debug, Default)]
pub(crate) struct LabelText {
    pub(crate) keys: Vec<Box<str>>,
    pub(crate) values: String,
    /// The lengths of values that are too long for a pair, by where they start.
    pub(crate) long: BTreeMap<u32, usize>,
}

/// The length of a value that is too long for a pair.
pub(crate) const LONG_VALUE: usize = u16::MAX as usize;

impl LabelText {
    #[inline]
    pub(crate) fn key(&self, pair: Pair) -> &str {
        &self.keys[usize::from(pair.key)]
    }

    #[inline]
    pub(crate) fn value(&self, pair: Pair) -> &str {
        &self.values[self.range(pair)]
    }

    /// `None` where the pair is one of a set that is no longer there.
    #[inline]
    pub(crate) fn value_bytes(&self, pair: Pair) -> Option<&[u8]> {
        self.values.as_bytes().get(self.range(pair))
    }

    #[inline]
    fn range(&self, pair: Pair) -> Range<usize> {
        let start = pair.value as usize;
        let len = match usize::from(pair.len) {
            LONG_VALUE => self.long.get(&pair.value).copied().unwrap_or_default(),
            len => len,
        };
        start..start + len
    }
}

impl<'a> Labels<'a> {
    /// No labels.
    pub(crate) fn none() -> Self {
        static NOTHING: LabelText = LabelText { keys: Vec::new(), values: String::new(), long: BTreeMap::new() };
        Self { text: &NOTHING, pairs: &[] }
    }

    pub(crate) fn new(text: &'a LabelText, pairs: &'a [Pair]) -> Self {
        Self { text, pairs }
    }

    /// Key and value of each label.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (&'a str, &'a str)> + Clone {
        let text = self.text;
        self.pairs.iter().map(move |pair| (text.key(*pair), text.value(*pair)))
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
        self.iter().eq(other.iter())
    }
}

impl Hash for Labels<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().for_each(|label| label.hash(state));
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

/// The value of a label as it stands in a selector: quoted where that could misread it.
#[must_use]
pub fn label_value(value: &str) -> Cow<'_, str> {
    let plain = !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "_-./:+@#%".contains(c));
    if plain { value.into() } else { format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")).into() }
}

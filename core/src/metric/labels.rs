use std::fmt;

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
        self.len() == other.len() && self.iter().eq(other.iter())
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

fn is_plain(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "_-./:+@#%".contains(c))
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

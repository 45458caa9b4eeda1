use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{DeclareError, Source};

/// The keys of one table. A key that nobody asked for is an error.
pub(crate) struct Keys<'s, 't> {
    pub(crate) source: Source<'s>,
    table: &'t DeTable<'s>,
    whole: Range<usize>,
    asked: Vec<&'static str>,
}

/// A text in the TOML, and its place.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

impl<'s, 't> Keys<'s, 't> {
    pub(crate) fn new(source: Source<'s>, table: &'t DeTable<'s>, whole: Range<usize>) -> Self {
        Self { source, table, whole, asked: Vec::new() }
    }

    pub(crate) fn error(&self, span: Range<usize>, cause: impl Into<String>, remedy: impl Into<String>) -> DeclareError {
        self.source.error(span, cause, remedy)
    }

    /// The place of the table.
    pub(crate) fn place(&self) -> Range<usize> {
        self.whole.clone()
    }

    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'s>>> {
        self.asked.push(key);
        self.table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, value)| value)
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Result<Option<Word>, DeclareError> {
        self.get(key).map(|value| word(self.source, value)).transpose()
    }

    pub(crate) fn required(&mut self, key: &'static str) -> Result<Word, DeclareError> {
        match self.text(key)? {
            Some(word) => Ok(word),
            None => Err(self.error(self.place(), format!("the key `{key}` is missing"), format!("add `{key} = \"...\"`"))),
        }
    }

    /// One text, or an array of texts.
    pub(crate) fn texts(&mut self, key: &'static str) -> Result<Vec<Word>, DeclareError> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        match value.get_ref() {
            DeValue::Array(all) => all.iter().map(|one| word(self.source, one)).collect(),
            _ => Ok(vec![word(self.source, value)?]),
        }
    }

    pub(crate) fn table(&mut self, key: &'static str) -> Result<Option<Keys<'s, 't>>, DeclareError> {
        self.get(key).map(|value| table(self.source, value)).transpose()
    }

    /// The tables of `[[key]]`.
    pub(crate) fn tables(&mut self, key: &'static str) -> Result<Vec<Keys<'s, 't>>, DeclareError> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let DeValue::Array(all) = value.get_ref() else {
            return Err(self.error(value.span(), format!("`{key}` is one table"), format!("write [[{key}]], one for each")));
        };
        all.iter().map(|one| table(self.source, one)).collect()
    }

    /// All entries of a table whose keys are the user's own.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (Word, &'t Spanned<DeValue<'s>>)> {
        self.table.iter().map(|(key, value)| (Word { text: key.get_ref().to_string(), span: key.span() }, value))
    }

    /// Fails on a key that nobody asked for.
    pub(crate) fn done(&self) -> Result<(), DeclareError> {
        match self.table.keys().find(|key| !self.asked.contains(&key.get_ref().as_ref())) {
            None => Ok(()),
            Some(key) => {
                let cause = format!("`{}` is no key of this table", key.get_ref());
                Err(self.error(key.span(), cause, format!("its keys are {}", self.asked.join(", "))))
            }
        }
    }
}

pub(crate) fn word(source: Source<'_>, value: &Spanned<DeValue<'_>>) -> Result<Word, DeclareError> {
    match value.get_ref() {
        DeValue::String(text) => Ok(Word { text: text.to_string(), span: value.span() }),
        other => {
            let cause = format!("a text should stand here, not {} {}", article(other.type_str()), other.type_str());
            Err(source.error(value.span(), cause, "put it in quotes"))
        }
    }
}

pub(crate) fn table<'s, 't>(source: Source<'s>, value: &'t Spanned<DeValue<'s>>) -> Result<Keys<'s, 't>, DeclareError> {
    match value.get_ref() {
        DeValue::Table(table) => Ok(Keys::new(source, table, value.span())),
        other => {
            let cause = format!("a table should stand here, not {} {}", article(other.type_str()), other.type_str());
            Err(source.error(value.span(), cause, "write { key = \"value\" }"))
        }
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

//! The line above a table.

use crate::column::Column;

/// The columns of a table, from its header.
#[derive(Debug)]
pub(crate) struct Head<'t> {
    /// What stands before the columns.
    pub(crate) lead: Lead,
    pub(crate) columns: Vec<Column<'t>>,
    /// Their names.
    pub(crate) names: Vec<&'t str>,
}

/// What stands before the columns of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Nothing: each report has its header.
    None,
    /// As many words as in the header: a time (`03:16:17 PM`), or a word for the average, which is translated.
    Words(usize),
    /// A time of one word or two, whose header is `# Time`.
    Time,
}

/// Takes the words of a line; `None` where they are no header of the tool.
pub(crate) type Heads = for<'t> fn(&[&'t str]) -> Option<Head<'t>>;

impl<'t> Head<'t> {
    pub(crate) fn new(lead: Lead, words: &[&'t str], column: impl Fn(&'t str) -> Column<'t>) -> Self {
        Self { lead, columns: words.iter().map(|word| column(word)).collect(), names: words.to_vec() }
    }

    /// Whether one of its numbers is known.
    pub(crate) fn is_known(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Value(_) | Column::Named(..)))
    }

    /// How many columns nobody knows.
    pub(crate) fn unknown(&self) -> usize {
        self.columns.iter().filter(|column| matches!(column, Column::Unknown)).count()
    }

    /// How many words of a row stand before the columns.
    pub(crate) fn lead(&self, words: &[&str]) -> usize {
        match self.lead {
            Lead::None => 0,
            // The word for an average ends with a colon, and may come without a header of its own.
            Lead::Words(count) if words.first().is_some_and(|word| !word.starts_with(|c: char| c.is_ascii_digit())) => {
                words.iter().take(2).position(|word| word.ends_with(':')).map_or(count, |at| at + 1)
            }
            Lead::Words(count) => count,
            Lead::Time => 1 + usize::from(matches!(words.get(1), Some(&("AM" | "PM" | "am" | "pm")))),
        }
    }
}

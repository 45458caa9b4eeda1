use std::fmt;

use crate::Span;

/// Something in the text that a caller has to be told: where, and what was done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes it is about.
    pub span: Span,
    /// What it is.
    pub kind: ProblemKind,
}

/// The kinds of [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The key (without quotes) stands in its object more than once. This one counts, the one at `first` does not.
    DuplicateKey {
        /// The earlier key.
        first: Span,
    },
    /// `NaN`, `Infinity` or one of their spellings: no number.
    NotFinite,
    /// A number that no `f64` holds, such as `1e400`: no number.
    TooLarge,
    /// A comma before a closing bracket: read past.
    TrailingComma,
    /// A quote inside of a string that was not escaped: the string was taken to end where the next member begins.
    UnescapedQuote,
    /// Something that is not JSON inside of the document. It was read past, and reading went on behind it.
    Malformed {
        /// What JSON has there.
        expected: Expected,
    },
    /// The document breaks here for good: what is complete before counts, the rest is not read.
    Broken {
        /// What JSON has there.
        expected: Expected,
    },
    /// The text ends here within the document: what is complete before counts.
    Truncated,
    /// A whole document that was passed over for a later or a more likely one.
    OtherDocument,
    /// A document that is cut short or broken, and was passed over for a whole one.
    OtherIncomplete,
    /// A piece of a document whose beginning is missing; never read for numbers, because nobody knows what they are.
    Fragment,
}

/// What JSON's grammar has at a place where something else stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A key in quotes.
    Key,
    /// The colon after a key.
    Colon,
    /// A value.
    Value,
    /// A comma or the closing bracket.
    CommaOrEnd,
    /// Fewer levels: there are more than [`MAX_DEPTH`](super::MAX_DEPTH).
    LessDepth,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key => "a key in quotes",
            Self::Colon => "a colon",
            Self::Value => "a value",
            Self::CommaOrEnd => "a comma or a closing bracket",
            Self::LessDepth => "fewer levels of nesting",
        })
    }
}

/// The problems of one reading, in the order in which they were met.
///
/// At most [`Problems::KEPT`] of each kind are kept, so that hostile input costs no memory; the others are counted.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    counts: [usize; ProblemKind::COUNT],
}

impl Problems {
    /// How many of one kind are kept.
    pub const KEPT: usize = 32;

    /// Those that were kept.
    pub fn iter(&self) -> impl Iterator<Item = Problem> + '_ {
        self.kept.iter().copied()
    }

    /// True when there was none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many were met of the same kind as `kind`, whether kept or not.
    #[must_use]
    pub fn count(&self, kind: ProblemKind) -> usize {
        self.counts[kind.index()]
    }

    /// How many were met and not kept.
    #[must_use]
    pub fn omitted(&self) -> usize {
        self.counts.iter().sum::<usize>() - self.kept.len()
    }

    pub(super) fn push(&mut self, span: Span, kind: ProblemKind) {
        let count = &mut self.counts[kind.index()];
        *count += 1;
        if *count <= Self::KEPT {
            self.kept.push(Problem { span, kind });
        }
    }
}

impl Problems {
    pub(super) fn append(&mut self, other: Self) {
        self.kept.extend(other.kept);
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }
}

impl ProblemKind {
    const COUNT: usize = 11;

    const fn index(self) -> usize {
        match self {
            Self::DuplicateKey { .. } => 0,
            Self::NotFinite => 1,
            Self::TooLarge => 2,
            Self::TrailingComma => 3,
            Self::UnescapedQuote => 4,
            Self::Malformed { .. } => 5,
            Self::Broken { .. } => 6,
            Self::Truncated => 7,
            Self::OtherDocument => 8,
            Self::OtherIncomplete => 9,
            Self::Fragment => 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_one_kind_does_not_hide_another() {
        let mut problems = Problems::default();
        for at in 0..1000 {
            problems.push(Span::new(at, at + 1), ProblemKind::NotFinite);
        }
        problems.push(Span::new(5, 6), ProblemKind::Truncated);
        assert_eq!(problems.iter().count(), Problems::KEPT + 1);
        assert_eq!(problems.iter().last().map(|problem| problem.kind), Some(ProblemKind::Truncated));
        assert_eq!(problems.count(ProblemKind::NotFinite), 1000);
        assert_eq!(problems.omitted(), 1000 - Problems::KEPT);
    }
}

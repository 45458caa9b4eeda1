use std::fmt;

use super::Selector;
use super::parse::{self, ParseCheckError};

/// The left side of a check: which metrics, and how their values become one answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub(super) over: Over,
    pub(super) selector: Selector,
}

/// How many metrics a term is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// Exactly one.
    One,
    /// All of them, each for itself.
    Each,
    /// At least one.
    Any,
    /// The largest value.
    Max,
    /// The smallest value.
    Min,
    /// The sum of the values.
    Sum,
    /// The arithmetic mean of the values.
    Mean,
}

impl Over {
    pub(super) const FUNCTIONS: [Self; 4] = [Self::Max, Self::Min, Self::Sum, Self::Mean];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Each => "each",
            Self::Any => "any",
            Self::Max => "max",
            Self::Min => "min",
            Self::Sum => "sum",
            Self::Mean => "mean",
        }
    }
}

impl Term {
    pub(super) fn parse(text: &str) -> Result<Self, ParseCheckError> {
        parse::term(text)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.over {
            Over::One => self.selector.fmt(f),
            Over::Each | Over::Any => write!(f, "{} {}", self.over.word(), self.selector),
            _ => write!(f, "{}({})", self.over.word(), self.selector),
        }
    }
}

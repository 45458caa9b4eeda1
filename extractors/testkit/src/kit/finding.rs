use std::fmt;

use super::Guarantee;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The sample, and what was done to it.
    pub place: String,
    /// What is wrong.
    pub cause: String,
    /// What to do.
    pub remedy: String,
}

/// A guarantee that does not hold.
#[derive(Clone, Debug, thiserror::Error)]
pub struct Broken {
    /// The format.
    pub format: String,
    /// The guarantee.
    pub guarantee: Guarantee,
    /// What is wrong; never empty.
    pub findings: Vec<Finding>,
}

/// What to do about a panic.
pub(super) const NO_PANIC: &str = "an extractor returns an error or adds a diagnostic; it never panics, whatever the text is";

/// Of more findings only the number is said.
const SHOWN: usize = 12;

impl Finding {
    pub(super) fn new(place: impl Into<String>, cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place: place.into(), cause: cause.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "hold the format {} to this: {}", self.format, self.guarantee)?;
        let mut remedy = None;
        for finding in self.findings.iter().take(SHOWN) {
            // One remedy is said once, below all that it is about.
            if let Some(before) = remedy.replace(&finding.remedy).filter(|before| **before != finding.remedy) {
                write!(f, "\n  remedy: {before}")?;
            }
            write!(f, "\n{}: {}", finding.place, finding.cause)?;
        }
        if let Some(last) = remedy {
            write!(f, "\n  remedy: {last}")?;
        }
        match self.findings.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

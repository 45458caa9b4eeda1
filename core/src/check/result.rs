use std::fmt;

use super::{Outcome, Verdict};

/// The outcomes of all checks of a run, or of a whole test.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a verdict that nobody looks at is no test"]
pub struct AssertResult {
    outcomes: Vec<Outcome>,
}

impl AssertResult {
    /// Nothing was asked: it passes.
    pub const fn new() -> Self {
        Self { outcomes: Vec::new() }
    }

    /// A test that does not apply here, for this reason.
    pub fn skip(reason: impl Into<String>) -> Self {
        Self::from(Outcome::new(Verdict::Skipped, Outcome::RUN, reason))
    }

    /// A test that failed for a reason that is no check.
    pub fn fail(reason: impl Into<String>) -> Self {
        Self::from(Outcome::new(Verdict::Failed, Outcome::RUN, reason))
    }

    /// A test that cannot say, for this reason.
    pub fn inconclusive(reason: impl Into<String>) -> Self {
        Self::from(Outcome::new(Verdict::Inconclusive, Outcome::RUN, reason))
    }

    /// Every outcome, in the order in which they were judged.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The verdict over all: failed if anything failed, else inconclusive if anything was, else skipped if all that was
    /// asked was skipped, else passed.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let any = |verdict| self.outcomes.iter().any(|o| o.verdict == verdict);
        if any(Verdict::Failed) {
            Verdict::Failed
        } else if any(Verdict::Inconclusive) {
            Verdict::Inconclusive
        } else if any(Verdict::Skipped) && !any(Verdict::Passed) {
            Verdict::Skipped
        } else {
            Verdict::Passed
        }
    }

    /// True when the verdict is [`Verdict::Passed`].
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.verdict() == Verdict::Passed
    }

    /// Adds an outcome.
    pub fn push(&mut self, outcome: Outcome) {
        self.outcomes.push(outcome);
    }

    /// Adds all outcomes of `other`.
    pub fn merge(&mut self, other: Self) {
        self.outcomes.extend(other.outcomes);
    }
}

impl From<Outcome> for AssertResult {
    fn from(outcome: Outcome) -> Self {
        Self { outcomes: vec![outcome] }
    }
}

impl FromIterator<Outcome> for AssertResult {
    fn from_iter<I: IntoIterator<Item = Outcome>>(outcomes: I) -> Self {
        Self { outcomes: outcomes.into_iter().collect() }
    }
}

impl FromIterator<Self> for AssertResult {
    fn from_iter<I: IntoIterator<Item = Self>>(results: I) -> Self {
        results.into_iter().flat_map(|r| r.outcomes).collect()
    }
}

impl fmt::Display for AssertResult {
    /// The verdict, and a line for each outcome.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.verdict())?;
        if self.outcomes.is_empty() {
            return write!(f, ": nothing was asked");
        }
        self.outcomes.iter().try_for_each(|outcome| write!(f, "\n  {outcome}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Failed, Inconclusive, Passed, Skipped};

    fn result(verdicts: &[Verdict]) -> AssertResult {
        verdicts.iter().map(|v| Outcome::new(*v, "x < 1", "because")).collect()
    }

    #[test]
    fn the_worst_outcome_is_the_verdict() {
        assert_eq!(AssertResult::new().verdict(), Passed, "nothing was asked");
        assert_eq!(result(&[Passed, Skipped]).verdict(), Passed);
        assert_eq!(result(&[Skipped, Skipped]).verdict(), Skipped);
        assert_eq!(result(&[Skipped, Inconclusive, Passed]).verdict(), Inconclusive);
        assert_eq!(result(&[Inconclusive, Failed, Passed]).verdict(), Failed);
        assert_eq!(AssertResult::skip("no KVM").verdict(), Skipped);
        assert_eq!(AssertResult::inconclusive("no KVM").verdict(), Inconclusive);
        assert_eq!(AssertResult::fail("no KVM").verdict(), Failed);
    }

    #[test]
    fn merging_keeps_every_outcome() {
        let mut all = result(&[Passed]);
        all.merge(result(&[Failed, Skipped]));
        assert_eq!(all.outcomes().len(), 3);
        assert_eq!(all.verdict(), Failed);
        let collected: AssertResult = [result(&[Passed]), result(&[Inconclusive])].into_iter().collect();
        assert_eq!((collected.outcomes().len(), collected.verdict()), (2, Inconclusive));
    }
}

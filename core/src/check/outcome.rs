use std::fmt;

use prill_scan::{Text, Unit};

use super::judge::ExitState;
use crate::metric::Human;

/// What became of one check, or of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// What was asked holds.
    Passed,
    /// It does not hold, or it cannot be judged because it is wrong.
    Failed,
    /// It was not asked, for a reason.
    Skipped,
    /// The run cannot answer it.
    Inconclusive,
}

impl Verdict {
    /// The word for it in JSON: `passed`, `failed`, `skipped`, `inconclusive`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Inconclusive => "inconclusive",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// What became of one check, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What became of it.
    pub verdict: Verdict,
    /// The text of the check; [`Outcome::RUN`] where it is about the run as a whole.
    pub check: String,
    /// The reason, for people: what the value was, or why there is none.
    pub reason: String,
    /// The numbers behind the reason.
    pub evidence: Evidence,
}

/// The numbers behind an outcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Evidence {
    /// There are none.
    #[default]
    None,
    /// The values that decided; where very many did, the first of them.
    Values(Vec<Actual>),
    /// The end of a payload that should have exited with another code.
    Exit {
        /// The code that was asked for.
        expected: i32,
        /// How it ended.
        actual: ExitState,
        /// All that it wrote to stderr, as captured.
        stderr: Vec<u8>,
    },
}

/// A value that a check was judged by.
#[derive(Clone, Debug, PartialEq)]
pub struct Actual {
    /// The selector of its metric, or the function over several: `max(clat.p99)`.
    pub metric: String,
    /// The value, in the base unit.
    pub value: f64,
    /// The base unit, where it is known.
    pub unit: Option<Unit>,
}

/// Displayed of stderr: the last lines, and of each the first characters.
const TAIL_LINES: usize = 20;
const TAIL_BYTES: usize = 1 << 16;
const TAIL_COLUMNS: usize = 300;

impl Outcome {
    /// The `check` of an outcome about the run as a whole.
    pub const RUN: &'static str = "run";

    /// An outcome without numbers.
    #[must_use]
    pub fn new(verdict: Verdict, check: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { verdict, check: check.into(), reason: reason.into(), evidence: Evidence::None }
    }
}

impl fmt::Display for Outcome {
    /// `failed: wakeup.latency.p99 <= 5ms: 15.98 ms (0.015984 s)`; under a wrong exit code the end of stderr.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.verdict, OneLine(&self.check), OneLine(&self.reason))?;
        match &self.evidence {
            Evidence::Exit { stderr, .. } => tail(f, stderr),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Actual {
    /// `15.98 ms (0.015984 s)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let human = Human::new(self.value, self.unit);
        write!(f, "{human}")?;
        match self.unit {
            _ if !human.is_rounded() => Ok(()),
            Some(unit) if unit != Unit::RATIO => write!(f, " ({} {unit})", self.value),
            _ => write!(f, " ({})", self.value),
        }
    }
}

/// Text without control characters, which a tool's labels and messages may hold.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if c.is_control() { write!(f, "{}", c.escape_default()) } else { write!(f, "{c}") }?;
        }
        Ok(())
    }
}

fn tail(f: &mut fmt::Formatter<'_>, stderr: &[u8]) -> fmt::Result {
    let stderr = stderr.trim_ascii_end();
    let breaks = stderr.iter().enumerate().rev().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
    let start = breaks.take(TAIL_LINES).nth(TAIL_LINES - 1).unwrap_or(0).max(stderr.len().saturating_sub(TAIL_BYTES));
    let text = Text::new(&stderr[start..]);
    if text.as_str().trim().is_empty() {
        return write!(f, "\n    stderr is empty");
    }
    match stderr[..start].iter().filter(|b| **b == b'\n').count() {
        0 => write!(f, "\n    stderr:")?,
        before => write!(f, "\n    stderr, after {before} lines:")?,
    }
    for line in text.lines() {
        let shown: String = line.text.chars().take(TAIL_COLUMNS).collect();
        write!(f, "\n    | {}", OneLine(shown.trim_end()))?;
    }
    Ok(())
}

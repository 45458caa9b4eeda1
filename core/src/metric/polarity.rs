use std::fmt;

/// Which direction of a metric is better.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Polarity {
    /// Less is better: times, errors, memory peaks, jitter.
    Lower,
    /// More is better: rates, and the work done in a timed run.
    Higher,
    /// This value is best: a throttled rate.
    Target(f64),
    /// There is a direction, but nobody said which: spread.
    #[default]
    Unknown,
    /// There is none: settings, and the work done where the amount was fixed.
    Informational,
}

impl Polarity {
    /// The word for it in JSON: `lower`, `higher`, `target`, `unknown`, `informational`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Higher => "higher",
            Self::Target(_) => "target",
            Self::Unknown => "unknown",
            Self::Informational => "informational",
        }
    }
}

impl fmt::Display for Polarity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target(value) => write!(f, "target({value})"),
            other => f.write_str(other.word()),
        }
    }
}

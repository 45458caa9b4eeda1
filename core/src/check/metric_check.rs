use std::fmt;
use std::str::FromStr;

use prill_scan::{Quantity, unit};

use super::parse::{self, ParseCheckError};

/// One question about a run: is this metric there, is it within these bounds, did the payload exit with this code?
///
/// A selector without a quantifier must pick exactly one metric; see [`Selector`](super::Selector). Before it may stand
/// `each` or `any`, and around it `max(..)`, `min(..)`, `sum(..)` or `mean(..)`, which ask about all that it picks. A bound
/// is a number, then in the base unit of the metric, or a quantity with a unit.
///
/// ```
/// use prill_core::{MetricCheck, Quantity};
///
/// const SHORT: MetricCheck = MetricCheck::max("wakeup.latency.p99", Quantity::ms(5.0));
/// assert_eq!(SHORT.to_string(), "wakeup.latency.p99 <= 5ms");
/// assert_eq!("wakeup.latency.p99 <= 5000us".parse(), Ok(SHORT));
///
/// for text in ["iops{op=read} >= 50k", "each clat.p99 in 1ms..5ms", "sum(error.code) == 0", "exit == 0", "exists retransmits"] {
///     assert!(text.parse::<MetricCheck>().is_ok());
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MetricCheck {
    term: &'static str,
    test: Test,
}

/// What is asked of the value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Test {
    Compare(Op, Quantity),
    Within(Quantity, Quantity),
    Exists,
    Exit(i32),
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Below,
    AtMost,
    Above,
    AtLeast,
    Equal,
    NotEqual,
}

impl MetricCheck {
    /// The metric is at least `bound`.
    #[must_use]
    pub const fn min(selector: &'static str, bound: Quantity) -> Self {
        Self { term: selector, test: Test::Compare(Op::AtLeast, bound) }
    }

    /// The metric is at most `bound`.
    #[must_use]
    pub const fn max(selector: &'static str, bound: Quantity) -> Self {
        Self { term: selector, test: Test::Compare(Op::AtMost, bound) }
    }

    /// The metric is at least `low` and at most `high`.
    #[must_use]
    pub const fn range(selector: &'static str, low: Quantity, high: Quantity) -> Self {
        Self { term: selector, test: Test::Within(low, high) }
    }

    /// At least one metric is there. It takes no quantifier.
    #[must_use]
    pub const fn exists(selector: &'static str) -> Self {
        Self { term: selector, test: Test::Exists }
    }

    /// The payload exits with `code`. It is -1 for every end that is no exit: a signal, a time-out, a kill.
    #[must_use]
    pub const fn exit_code_eq(code: i32) -> Self {
        Self { term: "", test: Test::Exit(code) }
    }

    /// The metrics that it asks about, as written, with the quantifier; `None` when it asks about the exit code.
    #[must_use]
    pub fn selector(&self) -> Option<&'static str> {
        (!self.is_exit()).then_some(self.term.trim())
    }

    /// True when it asks about the exit code.
    #[must_use]
    pub const fn is_exit(&self) -> bool {
        matches!(self.test, Test::Exit(_))
    }

    pub(super) fn test(self) -> Test {
        self.test
    }
}

impl FromStr for MetricCheck {
    type Err = ParseCheckError;

    /// Reads a check. Its selector is kept for the life of the process, as checks come from people, in small numbers.
    fn from_str(text: &str) -> Result<Self, ParseCheckError> {
        let (term, test) = parse::check(text)?;
        Ok(Self { term: unit::intern(term), test })
    }
}

impl PartialEq for MetricCheck {
    /// The same selector and the same bounds, in whatever unit they are written.
    fn eq(&self, other: &Self) -> bool {
        self.term.trim() == other.term.trim() && self.test == other.test
    }
}

impl PartialEq for Test {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Quantity, b: &Quantity| a.unit() == b.unit() && a.value() == b.value();
        match (self, other) {
            (Self::Compare(op, bound), Self::Compare(other, with)) => op == other && same(bound, with),
            (Self::Within(low, high), Self::Within(other_low, other_high)) => same(low, other_low) && same(high, other_high),
            (Self::Exists, Self::Exists) => true,
            (Self::Exit(code), Self::Exit(other)) => code == other,
            _ => false,
        }
    }
}

impl fmt::Display for MetricCheck {
    /// The text that reads back as the same check.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let term = self.term.trim();
        match self.test {
            Test::Compare(op, bound) => write!(f, "{term} {op} {}", bound.written()),
            Test::Within(low, high) => write!(f, "{term} in {}..{}", low.written(), high.written()),
            Test::Exists => write!(f, "exists {term}"),
            Test::Exit(code) => write!(f, "exit == {code}"),
        }
    }
}

impl Op {
    /// The longer of two that begin alike stands first.
    pub(super) const ALL: [Self; 6] = [Self::AtMost, Self::AtLeast, Self::Equal, Self::NotEqual, Self::Below, Self::Above];

    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
        }
    }

    pub(super) fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::Below => value < bound,
            Self::AtMost => value <= bound,
            Self::Above => value > bound,
            Self::AtLeast => value >= bound,
            Self::Equal => value == bound,
            Self::NotEqual => value != bound,
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sign())
    }
}

impl Test {
    /// Bounds that no metric could be compared with, in words.
    pub(super) fn fault(&self) -> Option<String> {
        match *self {
            Self::Compare(_, bound) => infinite(bound),
            Self::Within(low, high) => infinite(low).or_else(|| infinite(high)).or_else(|| twisted(low, high)),
            Self::Exists | Self::Exit(_) => None,
        }
    }
}

fn infinite(bound: Quantity) -> Option<String> {
    let value = bound.value();
    (!value.is_finite()).then(|| format!("the bound {} is no finite number", bound.written()))
}

/// A range whose ends do not fit. `1..5ms` is refused because it reads as 1 ms and would mean 1 s; zero is zero in any unit.
fn twisted(low: Quantity, high: Quantity) -> Option<String> {
    let (from, to) = (low.written(), high.written());
    match (low.unit(), high.unit()) {
        (Some(a), Some(b)) if a != b => Some(format!("the range {from}..{to} goes from {a} to {b}")),
        (None, Some(_)) if low.value() != 0.0 => Some(format!("the range {from}..{to} has a unit at one end only")),
        (Some(_), None) if high.value() != 0.0 => Some(format!("the range {from}..{to} has a unit at one end only")),
        _ if low.value() > high.value() => Some(format!("the range {from}..{to} is empty: the lower bound comes first")),
        _ => None,
    }
}

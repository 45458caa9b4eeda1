//! One number with its name, labels, unit, direction and place; and the table that holds all numbers of a run.

use std::fmt;

use prill_scan::{Span, Unit};

mod hint;
mod human;
mod labels;
mod name;
mod polarity;
mod stream;
mod table;

pub use hint::MetricHint;
pub use human::Human;
pub use labels::{Labels, label_value};
pub use name::{STATS, is_name};
pub use polarity::Polarity;
pub use stream::Stream;
use table::Detail;
pub use table::MetricTable;
pub(crate) use table::{LONG, Mark, NewMetric, Shared};

/// One metric: a view into a [`MetricTable`].
#[derive(Clone, Copy)]
pub struct Metric<'a> {
    table: &'a MetricTable,
    index: usize,
}

impl<'a> Metric<'a> {
    /// The name, such as `wakeup.latency.p99`.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.table.name(self.index)
    }

    /// The labels, sorted by key. Name and labels are the identity, unique in a run.
    #[must_use]
    pub fn labels(self) -> Labels<'a> {
        self.table.labels(self.index)
    }

    /// The value in the base unit; always finite.
    #[must_use]
    pub fn value(self) -> f64 {
        self.table.value(self.index)
    }

    /// The base unit; `None` when it is not known.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        self.table.unit(self.index)
    }

    /// Which direction is better.
    #[must_use]
    pub fn polarity(self) -> Polarity {
        self.table.polarity(self.index)
    }

    /// The stream that the number stands in.
    #[must_use]
    pub fn stream(self) -> &'a Stream {
        self.table.stream(self.index)
    }

    /// The place of the number in the raw bytes of its stream. Of a derived metric, the first of [`Metric::spans`].
    #[must_use]
    pub fn span(self) -> Span {
        self.table.span(self.index)
    }

    /// The places of the numbers that a derived metric was computed from; empty for a printed one.
    #[must_use]
    pub fn spans(self) -> &'a [Span] {
        self.detail().map_or(&[], |d| &d.spans)
    }

    /// True when the value was computed and not printed.
    #[must_use]
    pub fn is_derived(self) -> bool {
        !self.spans().is_empty()
    }

    /// The printed text of an integer that an `f64` cannot hold exactly.
    #[must_use]
    pub fn exact(self) -> Option<&'a str> {
        self.detail().and_then(|d| d.exact.as_deref())
    }

    /// The printed step or the bucket width, in the base unit, where it is known.
    #[must_use]
    pub fn resolution(self) -> Option<f64> {
        self.table.resolution(self.index)
    }

    /// How many samples the value stands on, where the tool says so.
    #[must_use]
    pub fn samples(self) -> Option<u64> {
        self.table.samples(self.index)
    }

    fn detail(self) -> Option<&'a Detail> {
        self.table.detail(self.index)
    }
}

impl fmt::Display for Metric<'_> {
    /// The identity: `iops{job=a, op=read}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.name(), self.labels())
    }
}

impl fmt::Debug for Metric<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} = {}", self.value())?;
        if let Some(unit) = self.unit() {
            write!(f, " {unit}")?;
        }
        write!(f, " ({}, {} {})", self.polarity(), self.stream(), self.span())
    }
}

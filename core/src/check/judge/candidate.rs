use prill_scan::Unit;

use super::{Reading, Subject};
use crate::check::Selector;
use crate::metric::{Labels, Metric};

/// At most so many metrics are named in one reason.
pub(super) const LISTED: usize = 8;

/// What a selector may pick: a metric, or a reading of the harness.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) name: &'a str,
    pub(super) labels: Labels<'a>,
    pub(super) value: f64,
    pub(super) unit: Option<Unit>,
    pub(super) samples: Option<u64>,
}

impl Candidate<'_> {
    pub(super) fn selector(&self) -> Selector {
        Selector::identity(self.name, self.labels)
    }
}

impl<'a> From<Metric<'a>> for Candidate<'a> {
    fn from(metric: Metric<'a>) -> Self {
        Self {
            name: metric.name(),
            labels: metric.labels(),
            value: metric.value(),
            unit: metric.unit(),
            samples: metric.samples(),
        }
    }
}

impl<'a> From<&Reading<'a>> for Candidate<'a> {
    fn from(reading: &Reading<'a>) -> Self {
        Self { name: reading.name, labels: Labels::none(), value: reading.value, unit: reading.unit, samples: None }
    }
}

pub(super) fn all<'a>(subject: &Subject<'a>) -> impl Iterator<Item = Candidate<'a>> {
    subject.metrics.iter().map(Candidate::from).chain(subject.usage.iter().map(Candidate::from))
}

/// Labels of a number that stands beside the one people mean: a less precise print of it, a part of it.
const ASIDE: [&str; 2] = ["source", "interval"];

/// The metrics that `selector` picks.
///
/// `throughput{op=read}` means the rate of the run, and not also its second print or its single intervals: a metric with
/// one of [`ASIDE`] is picked only by a selector that speaks of that label, or when there is nothing else.
pub(super) fn pick<'a>(selector: &Selector, subject: &Subject<'a>) -> Vec<Candidate<'a>> {
    let mut picked: Vec<_> = all(subject).filter(|c| selector.names(c.name) && selector.fits(c.labels)).collect();
    for label in ASIDE.into_iter().filter(|label| !selector.mentions(label)) {
        if picked.iter().any(|c| c.labels.get(label).is_none()) {
            picked.retain(|c| c.labels.get(label).is_none());
        }
    }
    picked
}

/// The selectors of `candidates`, as many as a person reads.
pub(super) fn list(candidates: &[Candidate<'_>]) -> String {
    capped(candidates.len(), candidates.iter().map(|c| c.selector().to_string()))
}

/// The first of `count` items, and how many more there are.
pub(super) fn capped(count: usize, items: impl Iterator<Item = String>) -> String {
    let shown: Vec<String> = items.take(LISTED).collect();
    let more = match count.saturating_sub(LISTED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    shown.join(", ") + &more
}

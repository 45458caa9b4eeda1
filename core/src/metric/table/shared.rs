//! What metric after metric has in common: it is looked up once, and then a metric is one entry and nothing else.

use prill_scan::{Span, Unit};

use super::{Detail, Direction, Entry, MetricTable, NO_SAMPLES, NO_STEP, direction};
use crate::metric::Polarity;
use crate::metric::labels::LabelDraft;

/// A metric but for its value and its place, by the numbers under which a table keeps the parts. They stay valid as long as
/// the table is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared {
    pub(super) name: u32,
    pub(crate) labels: u32,
    unit: u16,
    polarity: Direction,
    target: Option<f64>,
    pub(crate) resolution: Option<f64>,
    pub(crate) samples: Option<u64>,
}

impl MetricTable {
    /// Looks up what metrics share. `None` when the table is full.
    pub(crate) fn share(
        &mut self,
        name: &str,
        labels: &mut LabelDraft,
        unit: Option<Unit>,
        polarity: Polarity,
    ) -> Option<Shared> {
        let (name, labels, unit) = (self.name_id(name)?, self.set_id(labels)?, self.unit_id(unit));
        let (polarity, target) = direction(polarity);
        Some(Shared { name, labels, unit, polarity, target, resolution: None, samples: None })
    }

    /// Stores a metric of which all but value and place is known.
    #[inline]
    pub(crate) fn push_shared(&mut self, stream: u8, shared: &Shared, value: f64, span: Span) {
        let &Shared { name, labels, unit, polarity, target, resolution, samples } = shared;
        let step = self.step_id(resolution);
        let few = samples.and_then(|n| u32::try_from(n).ok()).unwrap_or(NO_SAMPLES);
        let large = samples.filter(|_| few == NO_SAMPLES);
        let rare = resolution.filter(|_| step == NO_STEP);
        let start = span.start as u64;
        let len = u32::try_from(span.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry { value, start, len, name, labels, samples: few, step, unit, stream, polarity });
        if target.is_some() || large.is_some() || rare.is_some() {
            *self.last_detail() = Detail { target, resolution: rare, samples: large, ..Detail::default() };
        }
    }

    /// The text of a name that is shared.
    pub(crate) fn shared_name(&self, shared: &Shared) -> &str {
        self.name_text(shared.name)
    }

    /// Keeps the printed text of the number that was stored last.
    pub(crate) fn keep_exact(&mut self, text: &str) {
        self.last_detail().exact = Some(text.to_owned());
    }

    /// Keeps the places that the number that was stored last was computed from.
    pub(crate) fn keep_spans(&mut self, spans: Vec<Span>) {
        self.last_detail().spans = spans;
    }

    fn last_detail(&mut self) -> &mut Detail {
        let last = u32::try_from(self.entries.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.details.entry(last).or_default()
    }
}

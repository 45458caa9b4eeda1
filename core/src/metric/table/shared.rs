//! What metric after metric has in common: it is looked up once, and then a metric is one entry and nothing else.

use prill_scan::{Span, Unit};

use super::entry::{LONG, place};
use super::{Detail, Direction, Entry, MetricTable, NO_SAMPLES, NO_STEP, NO_UNIT, direction};
use crate::metric::Polarity;
use crate::metric::labels::LabelDraft;

/// A metric but for its value and its place, by the numbers under which a table keeps the parts. They stay valid as long as
/// the table is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared {
    name: u32,
    pub(crate) labels: u32,
    unit: u8,
    polarity: Direction,
    target: Option<f64>,
    /// Where the table of units is full.
    rare: Option<Unit>,
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
        let (name, labels, id) = (self.name_id(name)?, self.set_id(labels)?, self.unit_id(unit));
        let (polarity, target) = direction(polarity);
        let rare = unit.filter(|_| id == NO_UNIT);
        Some(Shared { name, labels, unit: id, polarity, target, rare, resolution: None, samples: None })
    }

    /// Stores a metric of which all but value and place is known.
    #[inline]
    pub(crate) fn push_shared(&mut self, stream: u8, shared: &Shared, value: f64, span: Span) {
        let &Shared { name, labels, unit, polarity, resolution, .. } = shared;
        let step = self.step_id(resolution);
        let samples = shared.samples.map_or(NO_SAMPLES, |n| n.min(NO_SAMPLES.into()) as u32);
        self.entries.push(Entry {
            value,
            place: place(span.start, span.len()),
            name,
            labels,
            samples,
            step,
            unit,
            stream,
            polarity,
        });
        let all = span.len() < LONG
            && shared.target.is_none()
            && shared.rare.is_none()
            && (step != NO_STEP || resolution.is_none())
            && (samples != NO_SAMPLES || shared.samples.is_none());
        if !all {
            self.keep_rest(shared, span);
        }
    }

    /// Keeps what the entry that was stored last has no room for.
    #[cold]
    fn keep_rest(&mut self, shared: &Shared, span: Span) {
        let Some(&Entry { step, samples, .. }) = self.entries.last() else { return };
        let detail = self.last_detail();
        detail.target = shared.target;
        detail.unit = shared.rare;
        detail.len = Some(span.len()).filter(|len| *len >= LONG);
        detail.resolution = shared.resolution.filter(|_| step == NO_STEP);
        detail.samples = shared.samples.filter(|_| samples == NO_SAMPLES);
    }

    /// Keeps the length of the number that was stored last.
    #[cold]
    pub(crate) fn keep_len(&mut self, len: usize) {
        self.last_detail().len = Some(len);
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

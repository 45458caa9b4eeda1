//! What metric after metric has in common: it is looked up once, and then a metric is one entry and nothing else.

use prill_scan::{Span, Unit};

use super::entry::{LONG, place};
use super::{Detail, Entry, MetricTable, NO_SAMPLES, NO_STEP, NO_UNIT, direction};
use crate::metric::Polarity;

/// A metric but for its value and its place, by the numbers under which a table keeps the parts. They stay valid as long as
/// the table is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared {
    entry: Entry,
    pub(crate) resolution: Option<f64>,
    aside: Aside,
    /// Whether there is anything in it.
    is_aside: bool,
}

/// What an entry has no room for.
#[derive(Clone, Copy, Debug)]
struct Aside {
    target: Option<f64>,
    /// Where the table of units is full.
    unit: Option<Unit>,
    /// Where they are too many.
    samples: Option<u64>,
}

impl Shared {
    #[inline(always)]
    pub(crate) fn set_labels(&mut self, set: u32) {
        self.entry.labels = set;
    }

    #[inline(always)]
    pub(crate) fn set_samples(&mut self, samples: Option<u64>) {
        self.entry.samples = samples.map_or(NO_SAMPLES, |n| u32::try_from(n).unwrap_or(NO_SAMPLES));
        self.aside.samples = samples.filter(|_| self.entry.samples == NO_SAMPLES);
        self.is_aside = self.aside.target.is_some() || self.aside.unit.is_some() || self.aside.samples.is_some();
    }
}

impl MetricTable {
    /// Looks up what metrics share, with the labels that were put together last. `None` when the table is full.
    pub(crate) fn share(&mut self, name: &str, unit: Option<Unit>, polarity: Polarity) -> Option<Shared> {
        let (name, labels, id) = (self.name_id(name)?, self.sets.id()?, self.unit_id(unit));
        let (polarity, target) = direction(polarity);
        let aside = Aside { target, unit: unit.filter(|_| id == NO_UNIT), samples: None };
        let (value, place, samples, step, stream) = (0.0, 0, NO_SAMPLES, NO_STEP, 0);
        let entry = Entry { value, place, name, labels, samples, step, unit: id, stream, polarity };
        let is_aside = aside.target.is_some() || aside.unit.is_some();
        Some(Shared { entry, resolution: None, aside, is_aside })
    }

    /// Stores a metric of which all but value and place is known.
    #[inline(always)]
    pub(crate) fn push_shared(&mut self, stream: u8, shared: &Shared, value: f64, span: Span) {
        let step = shared.resolution.map_or(NO_STEP, |step| self.step_id(step));
        self.entries.push(Entry { value, place: place(span.start, span.len()), step, stream, ..shared.entry });
        if shared.is_aside || span.len() >= LONG || (step == NO_STEP && shared.resolution.is_some()) {
            self.keep_rest(shared, step, span);
        }
    }

    /// Keeps what the entry that was stored last has no room for.
    #[cold]
    #[inline(never)]
    fn keep_rest(&mut self, shared: &Shared, step: u8, span: Span) {
        let detail = self.last_detail();
        let Aside { target, unit, samples } = shared.aside;
        (detail.target, detail.unit, detail.samples) = (target, unit, samples);
        detail.len = Some(span.len()).filter(|len| *len >= LONG);
        detail.resolution = shared.resolution.filter(|_| step == NO_STEP);
    }

    /// Keeps the length of the number that was stored last.
    #[cold]
    pub(crate) fn keep_len(&mut self, len: usize) {
        self.last_detail().len = Some(len);
    }

    /// The text of a name that is shared.
    pub(crate) fn shared_name(&self, shared: &Shared) -> &str {
        self.name_text(shared.entry.name)
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

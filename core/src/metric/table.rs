use std::collections::BTreeMap;

use prill_scan::{Span, Unit};

use super::labels::Labels;
use super::{Metric, Polarity, Stream};

mod entry;
mod interner;
mod labelled;
mod mixed;
mod numbered;
mod paths;
mod seen;
mod sets;
mod shared;

pub(crate) use entry::LONG;
use entry::{Direction, Entry, NO_SAMPLES, NO_STEP, NO_UNIT};
use interner::Interner;
pub(crate) use paths::Mark;
use sets::LabelSets;
pub(crate) use shared::Shared;

/// All metrics of one run, in document order.
///
/// An archive holds millions of metrics, so an entry is 32 bytes, each name and each set of labels is kept once, and what
/// only a few metrics have is kept aside. [`Metric`] is the view of one.
#[derive(Clone, Debug, Default)]
pub struct MetricTable {
    entries: Vec<Entry>,
    text: String,
    names: Vec<(u32, u32)>,
    name_ids: Interner,
    sets: LabelSets,
    steps: Vec<f64>,
    streams: Vec<Stream>,
    units: Vec<Unit>,
    details: BTreeMap<u32, Detail>,
}

/// What only a few metrics have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Detail {
    pub(crate) target: Option<f64>,
    /// The length of a number that is too long for an entry.
    pub(crate) len: Option<usize>,
    /// Where the table of units is full.
    pub(crate) unit: Option<Unit>,
    /// Where the table of steps is full.
    pub(crate) resolution: Option<f64>,
    /// Where they are too many for an entry.
    pub(crate) samples: Option<u64>,
    pub(crate) exact: Option<String>,
    pub(crate) spans: Vec<Span>,
}

/// What a new metric says of itself, before it is stored. Its labels are those that were put together last.
#[derive(Clone, Copy)]
pub(crate) struct NewMetric<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: f64,
    pub(crate) unit: Option<Unit>,
    pub(crate) polarity: Polarity,
    pub(crate) span: Span,
    pub(crate) resolution: Option<f64>,
    pub(crate) samples: Option<u64>,
}

impl MetricTable {
    /// How many metrics there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The metrics, in document order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Metric<'_>> + DoubleEndedIterator + Clone {
        (0..self.entries.len()).map(|index| Metric { table: self, index })
    }

    /// The metrics with this name, whatever their labels.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Metric<'a>> + Clone {
        self.iter().filter(move |m| m.name() == name)
    }

    /// The metric that is written so: `wakeup.latency.p99`, without labels.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Metric<'_>> {
        self.iter().find(|m| m.name() == name && m.labels().is_empty())
    }

    /// The stream that all metrics came from; `None` when they came from several, or there is none.
    #[must_use]
    pub fn only_stream(&self) -> Option<&Stream> {
        let first = self.entries.first()?.stream;
        self.entries.iter().all(|e| e.stream == first).then(|| &self.streams[first as usize])
    }

    pub(crate) fn value(&self, index: usize) -> f64 {
        self.entries[index].value
    }

    pub(crate) fn span(&self, index: usize) -> Span {
        let start = self.entries[index].start();
        let len = self.entries[index].len().or_else(|| self.detail(index)?.len).unwrap_or_default();
        Span::new(start, start.saturating_add(len))
    }

    pub(crate) fn name(&self, index: usize) -> &str {
        self.name_text(self.entries[index].name)
    }

    pub(crate) fn labels(&self, index: usize) -> Labels<'_> {
        self.sets.get(self.entries[index].labels)
    }

    pub(crate) fn unit(&self, index: usize) -> Option<Unit> {
        let unit = self.units.get(usize::from(self.entries[index].unit)).copied();
        unit.or_else(|| self.detail(index).and_then(|d| d.unit))
    }

    pub(crate) fn stream(&self, index: usize) -> &Stream {
        &self.streams[usize::from(self.entries[index].stream)]
    }

    pub(crate) fn polarity(&self, index: usize) -> Polarity {
        match self.entries[index].polarity {
            Direction::Lower => Polarity::Lower,
            Direction::Higher => Polarity::Higher,
            Direction::Target => self.detail(index).and_then(|d| d.target).map_or(Polarity::Unknown, Polarity::Target),
            Direction::Unknown => Polarity::Unknown,
            Direction::Informational => Polarity::Informational,
        }
    }

    pub(crate) fn detail(&self, index: usize) -> Option<&Detail> {
        if self.details.is_empty() {
            return None;
        }
        self.details.get(&u32::try_from(index).ok()?)
    }

    /// The number that `push` wants for a stream.
    pub(crate) fn stream_id(&mut self, stream: &Stream) -> u8 {
        let known = self.streams.iter().position(|s| s == stream).unwrap_or_else(|| {
            self.streams.push(stream.clone());
            self.streams.len() - 1
        });
        u8::try_from(known).unwrap_or(u8::MAX)
    }

    pub(crate) fn resolution(&self, index: usize) -> Option<f64> {
        let step = self.steps.get(usize::from(self.entries[index].step)).copied();
        step.or_else(|| self.detail(index).and_then(|d| d.resolution))
    }

    pub(crate) fn samples(&self, index: usize) -> Option<u64> {
        match self.entries[index].samples {
            NO_SAMPLES => self.detail(index).and_then(|d| d.samples),
            samples => Some(u64::from(samples)),
        }
    }

    /// Stores a metric. False when the table is full (4 GiB of names), which an extractor cannot reach with a sane output.
    pub(crate) fn push(&mut self, stream: u8, new: NewMetric<'_>) -> bool {
        let NewMetric { name, value, unit, polarity, span, resolution, samples } = new;
        let Some(mut shared) = self.share(name, unit, polarity) else { return false };
        shared.resolution = resolution;
        shared.set_samples(samples);
        self.push_shared(stream, &shared, value, span);
        true
    }

    /// Makes room for as many more metrics as a text of `len` bytes may well hold: what does not grow is not copied, and
    /// memory that is never written to costs nothing.
    pub(crate) fn expect(&mut self, len: usize) {
        self.entries.reserve((len / 16).min(1 << 16));
    }

    /// Takes back all metrics from the one numbered `len` on.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.entries.truncate(len);
        self.details.retain(|index, _| (*index as usize) < len);
    }

    /// Keeps the metrics for which `keep` holds.
    pub(crate) fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        let mut details = BTreeMap::new();
        let mut kept = 0u32;
        for index in 0..self.entries.len() {
            if keep(index) {
                self.entries[kept as usize] = self.entries[index];
                if let Some(detail) = u32::try_from(index).ok().and_then(|i| self.details.remove(&i)) {
                    details.insert(kept, detail);
                }
                kept += 1;
            }
        }
        self.entries.truncate(kept as usize);
        self.details = details;
    }

    pub(crate) fn set_polarity(&mut self, index: usize, polarity: Polarity) {
        let (direction, target) = direction(polarity);
        self.entries[index].polarity = direction;
        if let Ok(key) = u32::try_from(index)
            && (target.is_some() || self.details.contains_key(&key))
        {
            self.details.entry(key).or_default().target = target;
        }
    }

    pub(crate) fn set_unit(&mut self, index: usize, unit: Unit) {
        self.entries[index].unit = self.unit_id(Some(unit));
        if self.entries[index].unit == NO_UNIT
            && let Ok(key) = u32::try_from(index)
        {
            self.details.entry(key).or_default().unit = Some(unit);
        }
    }

    fn keep(&mut self, text: &str) -> Option<u32> {
        let start = u32::try_from(self.text.len()).ok()?;
        u32::try_from(self.text.len() + text.len()).ok()?;
        self.text.push_str(text);
        Some(start)
    }

    fn name_text(&self, id: u32) -> &str {
        let (start, end) = self.names[id as usize];
        &self.text[start as usize..end as usize]
    }

    fn name_id(&mut self, name: &str) -> Option<u32> {
        self.settle();
        let (text, names) = (&self.text, &self.names);
        let text = text.as_bytes();
        let is =
            |id: u32| names.get(id as usize).is_some_and(|(start, end)| &text[*start as usize..*end as usize] == name.as_bytes());
        let hash = match self.name_ids.find(name, is) {
            Ok(id) => return Some(id),
            Err(hash) => hash,
        };
        let start = self.keep(name)?;
        self.names.push((start, u32::try_from(self.text.len()).ok()?));
        self.name_ids.add(hash)
    }

    /// Where the labels of the next metrics are put together.
    #[inline]
    pub(crate) fn sets(&mut self) -> &mut LabelSets {
        &mut self.sets
    }

    /// Steps are few: the printed one, or the widths of a histogram's buckets.
    #[inline(always)]
    fn step_id(&mut self, step: f64) -> u8 {
        match self.steps.iter().position(|s| s.to_bits() == step.to_bits()) {
            Some(known) => known as u8,
            None => self.new_step_id(step),
        }
    }

    #[cold]
    #[inline(never)]
    fn new_step_id(&mut self, step: f64) -> u8 {
        const MOST: usize = 64;
        if self.steps.len() == MOST {
            return NO_STEP;
        }
        self.steps.push(step);
        self.steps.len() as u8 - 1
    }

    /// The number of a unit. There are few, from declarations and never from a tool's output; those that are too many are kept
    /// aside.
    fn unit_id(&mut self, unit: Option<Unit>) -> u8 {
        let Some(unit) = unit else { return NO_UNIT };
        // One constant stands at one place, so that mostly no text is compared.
        let same = self.units.iter().position(|u| std::ptr::eq(u.code(), unit.code()));
        let known = same.or_else(|| self.units.iter().position(|u| *u == unit)).unwrap_or_else(|| {
            if self.units.len() < usize::from(NO_UNIT) {
                self.units.push(unit);
                return self.units.len() - 1;
            }
            usize::MAX
        });
        u8::try_from(known).unwrap_or(NO_UNIT)
    }
}

fn direction(polarity: Polarity) -> (Direction, Option<f64>) {
    match polarity {
        Polarity::Lower => (Direction::Lower, None),
        Polarity::Higher => (Direction::Higher, None),
        Polarity::Target(value) => (Direction::Target, Some(value)),
        Polarity::Unknown => (Direction::Unknown, None),
        Polarity::Informational => (Direction::Informational, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_sample_counts_and_many_steps_are_kept() {
        let mut table = MetricTable::default();
        let stream = table.stream_id(&Stream::Stdout);
        let counts = [None, Some(0), Some(u64::from(u32::MAX) - 1), Some(u64::from(u32::MAX)), Some(1 << 40)];
        for (i, samples) in counts.into_iter().cycle().take(200).enumerate() {
            let step = i as f64 + 0.5;
            let span = Span::new(0, 1);
            let (name, value, unit, polarity) = ("a", 1.0, None, Polarity::Unknown);
            let new = NewMetric { name, value, unit, polarity, span, resolution: Some(step), samples };
            assert!(table.push(stream, new));
        }
        for (i, metric) in table.iter().enumerate() {
            assert_eq!((metric.samples(), metric.resolution()), (counts[i % 5], Some(i as f64 + 0.5)));
        }
    }
}

use std::collections::hash_map::Entry as MapEntry;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher as _;

use prill_scan::{Span, Unit};

use super::labels::{Labels, Pair};
use super::{Metric, Polarity, Stream};

/// All metrics of one run, in document order.
///
/// An archive holds millions of metrics, so an entry is 40 bytes and its name a slice of one text; what only a few
/// metrics have is kept aside. [`Metric`] is the view of one.
#[derive(Clone, Debug, Default)]
pub struct MetricTable {
    entries: Vec<Entry>,
    text: String,
    pairs: Vec<Pair>,
    sets: Vec<(u32, u32)>,
    streams: Vec<Stream>,
    units: Vec<Unit>,
    details: BTreeMap<u32, Detail>,
}

/// One metric as it is stored. The text of name and labels is in the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) value: f64,
    pub(crate) start: u64,
    pub(crate) len: u32,
    name: u32,
    name_len: u32,
    labels: u32,
    unit: u16,
    stream: u8,
    polarity: Direction,
}

impl Entry {
    pub(crate) fn span(&self) -> Span {
        let start = usize::try_from(self.start).unwrap_or(usize::MAX);
        Span::new(start, start.saturating_add(self.len as usize))
    }
}

/// A polarity without its target, which is kept aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Lower,
    Higher,
    Target,
    Unknown,
    Informational,
}

/// What only a few metrics have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Detail {
    pub(crate) target: Option<f64>,
    pub(crate) resolution: Option<f64>,
    pub(crate) samples: Option<u64>,
    pub(crate) exact: Option<String>,
    pub(crate) spans: Vec<Span>,
}

/// What a new metric says of itself, before it is stored.
pub(crate) struct NewMetric<'a> {
    pub(crate) name: &'a str,
    pub(crate) labels: &'a [(&'a str, &'a str)],
    pub(crate) value: f64,
    pub(crate) unit: Option<Unit>,
    pub(crate) polarity: Polarity,
    pub(crate) span: Span,
    pub(crate) detail: Detail,
}

const NO_UNIT: u16 = u16::MAX;

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

    pub(crate) fn entry(&self, index: usize) -> &Entry {
        &self.entries[index]
    }

    pub(crate) fn name(&self, index: usize) -> &str {
        let entry = &self.entries[index];
        &self.text[entry.name as usize..(entry.name + entry.name_len) as usize]
    }

    pub(crate) fn labels(&self, index: usize) -> Labels<'_> {
        let (start, end) = self.sets.get(self.entries[index].labels as usize).copied().unwrap_or_default();
        Labels::new(&self.text, &self.pairs[start as usize..end as usize])
    }

    pub(crate) fn unit(&self, index: usize) -> Option<Unit> {
        self.units.get(usize::from(self.entries[index].unit)).copied()
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

    /// Stores a metric. False when the table is full (4 GiB of names), which an extractor cannot reach with a sane output.
    pub(crate) fn push(&mut self, stream: u8, new: NewMetric<'_>) -> bool {
        let Some(name) = self.keep(new.name) else { return false };
        let Some(labels) = self.keep_labels(new.labels) else { return false };
        let (polarity, target) = direction(new.polarity);
        let entry = Entry {
            value: new.value,
            start: new.span.start as u64,
            len: u32::try_from(new.span.len()).unwrap_or(u32::MAX),
            name,
            name_len: u32::try_from(new.name.len()).unwrap_or(0),
            labels,
            unit: self.unit_id(new.unit),
            stream,
            polarity,
        };
        let detail = Detail { target, ..new.detail };
        if detail != Detail::default() {
            self.details.insert(u32::try_from(self.entries.len()).unwrap_or(u32::MAX), detail);
        }
        self.entries.push(entry);
        true
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
    }

    /// Gives a metric one more label.
    pub(crate) fn add_label(&mut self, index: usize, key: &str, value: &str) {
        let owned: Vec<(String, String)> = self.labels(index).iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        let mut labels: Vec<(&str, &str)> =
            owned.iter().map(|(k, v)| (k.as_str(), v.as_str())).filter(|(k, _)| *k != key).collect();
        labels.push((key, value));
        labels.sort_unstable();
        if let Some(set) = self.keep_labels(&labels) {
            self.entries[index].labels = set;
        }
    }

    /// The metrics whose identity an earlier one has.
    pub(crate) fn repeated(&self) -> Vec<usize> {
        let hasher = std::hash::RandomState::new();
        let sets: Vec<u64> = (0..self.sets.len()).map(|set| self.hash_set(&hasher, set)).collect();
        let mut first: HashMap<u64, u32> = HashMap::with_capacity(self.len());
        let mut collided: Vec<usize> = Vec::new();
        let mut repeated = Vec::new();
        for index in 0..self.len() {
            let set = sets.get(self.entries[index].labels as usize).copied().unwrap_or_default();
            let key = hasher.hash_one((self.name(index), set));
            match first.entry(key) {
                MapEntry::Vacant(free) => drop(free.insert(u32::try_from(index).unwrap_or(u32::MAX))),
                MapEntry::Occupied(known) if self.same_identity(*known.get() as usize, index) => repeated.push(index),
                MapEntry::Occupied(_) if collided.iter().any(|&i| self.same_identity(i, index)) => repeated.push(index),
                MapEntry::Occupied(_) => collided.push(index),
            }
        }
        repeated
    }

    fn hash_set(&self, hasher: &std::hash::RandomState, set: usize) -> u64 {
        let (start, end) = self.sets[set];
        let labels = Labels::new(&self.text, &self.pairs[start as usize..end as usize]);
        hasher.hash_one(labels.iter().collect::<Vec<_>>())
    }

    fn same_identity(&self, a: usize, b: usize) -> bool {
        self.name(a) == self.name(b) && self.labels(a) == self.labels(b)
    }

    fn keep(&mut self, text: &str) -> Option<u32> {
        let start = u32::try_from(self.text.len()).ok()?;
        u32::try_from(self.text.len() + text.len()).ok()?;
        self.text.push_str(text);
        Some(start)
    }

    /// The set of these sorted labels; neighbours in an output mostly share theirs, so the last sets are looked at first.
    fn keep_labels(&mut self, labels: &[(&str, &str)]) -> Option<u32> {
        const LOOK_BACK: usize = 16;
        let from = self.sets.len().saturating_sub(LOOK_BACK);
        for (i, (start, end)) in self.sets.iter().enumerate().skip(from).rev() {
            let known = Labels::new(&self.text, &self.pairs[*start as usize..*end as usize]);
            if known.len() == labels.len() && known.iter().eq(labels.iter().copied()) {
                return u32::try_from(i).ok();
            }
        }
        let start = u32::try_from(self.pairs.len()).ok()?;
        for (key, value) in labels {
            let key = self.keep(key)?;
            let value_start = self.keep(value)?;
            let end = u32::try_from(self.text.len()).ok()?;
            self.pairs.push(Pair { key, value: value_start, end });
        }
        self.sets.push((start, u32::try_from(self.pairs.len()).ok()?));
        u32::try_from(self.sets.len() - 1).ok()
    }

    fn unit_id(&mut self, unit: Option<Unit>) -> u16 {
        let Some(unit) = unit else { return NO_UNIT };
        let known = self.units.iter().position(|u| *u == unit).unwrap_or_else(|| {
            self.units.push(unit);
            self.units.len() - 1
        });
        u16::try_from(known).unwrap_or(NO_UNIT)
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

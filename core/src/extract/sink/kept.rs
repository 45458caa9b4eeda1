use super::Series;

/// Series that were begun, by what tells them apart, of which there must be a bounded number.
///
/// Outputs are periodic, so the one that stands after the last is tried first.
///
/// ```
/// # use prill_core::{MetricSink, Stream, extract::Kept, scan::{Text, unit}};
/// # let text = Text::new(b"p50 431 p99 502 p50 437 p99 508");
/// # let mut out = MetricSink::new();
/// # out.read(&text, &Stream::Stdout);
/// let mut kept = Kept::new();
/// let words: Vec<&str> = text.as_str().split(' ').collect();
/// for pair in words.chunks(2) {
///     let stat = if pair[0] == "p50" { "p50" } else { "p99" };
///     let series = kept.get(stat, |stat| out.metric("wakeup.latency").stat(stat).unit(unit::US).lower().series());
///     out.push(series, pair[1]);
/// }
/// # assert_eq!(out.len(), 4);
/// # let table = out.finish().0;
/// # assert_eq!(table.iter().map(|m| m.name()).collect::<Vec<_>>()[1], "wakeup.latency.p99");
/// ```
#[derive(Clone, Debug)]
pub struct Kept<K> {
    all: Vec<(K, Series)>,
    next: usize,
}

impl<K> Default for Kept<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K> Kept<K> {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { all: Vec::new(), next: 0 }
    }
}

impl<K: PartialEq> Kept<K> {
    /// The series for `key`; `begin` makes it the first time.
    #[inline]
    pub fn get(&mut self, key: K, begin: impl FnOnce(&K) -> Series) -> &mut Series {
        let at = match self.all.get(self.next) {
            Some((known, _)) if *known == key => self.next,
            _ => self.find(key, begin),
        };
        self.next = at + 1;
        &mut self.all[at].1
    }

    #[inline(never)]
    fn find(&mut self, key: K, begin: impl FnOnce(&K) -> Series) -> usize {
        self.all.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            let series = begin(&key);
            self.all.push((key, series));
            self.all.len() - 1
        })
    }
}

use prill_scan::Span;

use crate::metric::Stream;

/// A number that an extractor passed over on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The stream it stands in.
    pub stream: Stream,
    /// Its place.
    pub span: Span,
    /// Why it is no metric: "date", "version", "setting".
    pub why: &'static str,
}

/// The numbers that are no metrics on purpose, in the order in which they were passed over.
///
/// There may be as many of them as metrics, so that one takes 16 bytes; [`Ignored`] is made on the way out.
#[derive(Clone, Debug, Default)]
pub struct IgnoredList {
    entries: Vec<Entry>,
    reasons: Vec<&'static str>,
    streams: Vec<Stream>,
    stream: u16,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u64,
    len: u32,
    reason: u16,
    stream: u16,
}

impl IgnoredList {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The numbers, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Ignored> + DoubleEndedIterator + '_ {
        self.entries.iter().map(|entry| {
            let start = usize::try_from(entry.start).unwrap_or(usize::MAX);
            Ignored {
                stream: self.streams[usize::from(entry.stream)].clone(),
                span: Span::new(start, start.saturating_add(entry.len as usize)),
                why: self.reasons[usize::from(entry.reason)],
            }
        })
    }

    /// Says which stream the numbers that follow stand in, and how long its text is.
    pub(super) fn read(&mut self, stream: &Stream, len: usize) {
        self.entries.reserve((len / 24).min(1 << 16));
        self.stream = position(&mut self.streams, |known| known == stream, || stream.clone());
    }

    pub(super) fn push(&mut self, span: Span, why: &'static str) {
        let reason = position(&mut self.reasons, |known| std::ptr::eq(*known, why), || why);
        // Of a part beyond 4 GiB the first 4 GiB are kept.
        let len = u32::try_from(span.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry { start: span.start as u64, len, reason, stream: self.stream });
    }
}

/// The number of the last thing for which `is` holds; a new one is put at the end.
fn position<T>(known: &mut Vec<T>, is: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> u16 {
    let at = known.iter().rposition(is).unwrap_or_else(|| {
        known.push(new());
        known.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let mut list = IgnoredList::default();
        let all = [(Stream::Stdout, 3, 5, "date"), (Stream::Stderr, 0, 2, "version"), (Stream::Stdout, 9, 9, "date")];
        for (stream, start, end, why) in &all {
            list.read(stream, 9);
            list.push(Span::new(*start, *end), why);
        }
        let out: Vec<_> = list.iter().map(|i| (i.stream, i.span.start, i.span.end, i.why)).collect();
        assert_eq!(out, all);
        assert_eq!(list.len(), 3);
    }
}

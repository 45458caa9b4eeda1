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
/// There may be as many of them as metrics, so that one takes 8 bytes; [`Ignored`] is made on the way out.
#[derive(Clone, Debug, Default)]
pub struct IgnoredList {
    entries: Vec<Entry>,
    /// The reasons, each with the stream.
    kinds: Vec<(u16, &'static str)>,
    streams: Vec<Stream>,
    stream: u16,
    /// The places that an entry has no room for.
    far: Vec<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// With a length of [`FAR`], a number in the list of these.
    start: u32,
    len: u16,
    kind: u16,
}

const FAR: u16 = u16::MAX;

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
            let start = entry.start as usize;
            let near = Span::new(start, start + usize::from(entry.len));
            let (stream, why) = self.kinds[usize::from(entry.kind)];
            let span = if entry.len == FAR { self.far[start] } else { near };
            Ignored { stream: self.streams[usize::from(stream)].clone(), span, why }
        })
    }

    /// Says which stream the numbers that follow stand in, and how long its text is.
    pub(super) fn read(&mut self, stream: &Stream, len: usize) {
        self.entries.reserve((len / 24).min(1 << 16));
        self.stream = position(&mut self.streams, |known| known == stream, || stream.clone());
    }

    #[inline]
    pub(super) fn push(&mut self, span: Span, why: &'static str) {
        let stream = self.stream;
        let kind = position(&mut self.kinds, |(at, known)| *at == stream && std::ptr::eq(*known, why), || (stream, why));
        let entry = match (u32::try_from(span.start), u16::try_from(span.len())) {
            (Ok(start), Ok(len)) if len != FAR => Entry { start, len, kind },
            _ => self.far(span, kind),
        };
        self.entries.push(entry);
    }

    #[cold]
    fn far(&mut self, span: Span, kind: u16) -> Entry {
        self.far.push(span);
        // Four billion of them are 64 GiB.
        Entry { start: u32::try_from(self.far.len() - 1).unwrap_or(u32::MAX), len: FAR, kind }
    }
}

/// The number of the last thing for which `is` holds; a new one is put at the end.
#[inline]
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
    fn one_is_8_bytes_and_its_place_any_in_a_stream() {
        assert_eq!(size_of::<Entry>(), 8);
        let mut list = IgnoredList::default();
        list.read(&Stream::Stdout, 0);
        let all = [(0, 65_534), (0, 65_535), (7 << 40, 3), (u32::MAX as usize, 1), (u32::MAX as usize + 1, 1 << 40), (5, 5)];
        let all = all.map(|(start, len)| Span::new(start, start + len));
        all.iter().for_each(|span| list.push(*span, "date"));
        assert_eq!(list.iter().map(|i| i.span).collect::<Vec<_>>(), all);
    }

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

use std::borrow::Cow;

use super::problem::Problems;
use super::{End, Event, Finish, Kind, Number, Outcome, Reader, Str, number};
use crate::Span;

/// The document of a text, to walk about in.
///
/// It is one list of entries in document order; keys and strings stay in the text. Of duplicate keys the last one is there.
///
/// ```
/// let text = r#"fio: note {1} {"jobs": [{"jobname": "rr", "read": {"iops": 5863.6}}]}"#;
/// let document = prill_scan::json::Document::read(text);
/// let job = document.root().and_then(|root| root.get("jobs")?.items().next()).unwrap();
/// assert_eq!(job.get("jobname").unwrap().as_str().unwrap(), "rr");
/// let iops = job.get("read").and_then(|read| read.get("iops")).unwrap();
/// assert_eq!((iops.number().unwrap().text(), iops.span().start), ("5863.6", 59));
/// ```
#[derive(Clone, Debug)]
pub struct Document<'t> {
    text: &'t str,
    entries: Vec<Entry>,
    outcome: Outcome,
}

/// One value; its contents follow it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Option<Key>,
    span: Span,
    /// How many entries it takes, itself included.
    size: u32,
    kind: Kind,
    escaped: bool,
}

#[derive(Clone, Copy, Debug)]
struct Key {
    start: usize,
    length: u32,
    escaped: bool,
}

impl<'t> Document<'t> {
    /// The document in `text`; which one that is when there are several, [`json`](super) says.
    #[must_use]
    pub fn read(text: &'t str) -> Self {
        Self::from_reader(text, Reader::new(text))
    }

    /// The document whose bracket is at `start`, which [`documents`](super::documents) gave.
    #[must_use]
    pub fn at(text: &'t str, start: usize) -> Self {
        Self::from_reader(text, Reader::at(text, start))
    }

    /// The outermost array or object; `None` when there is no document in the text.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_, 't>> {
        (!self.entries.is_empty()).then_some(Node { document: self, index: 0 })
    }

    /// Where it is; `None` when there is no document in the text.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.outcome.document
    }

    /// How it ends.
    #[must_use]
    pub fn end(&self) -> End {
        self.outcome.end
    }

    /// What is to be said about it and about the rest of the text.
    #[must_use]
    pub fn problems(&self) -> &Problems {
        &self.outcome.problems
    }

    fn from_reader(text: &'t str, mut reader: Reader<'t>) -> Self {
        let mut tape = Tape::default();
        loop {
            while let Some(event) = reader.next_event() {
                tape.add(event);
            }
            match reader.finish() {
                Finish::Done(outcome) => return Self { text, entries: tape.finish(outcome.document), outcome },
                Finish::Again(second) => {
                    tape.clear();
                    reader = *second;
                }
            }
        }
    }
}

/// A document in the making.
#[derive(Default)]
struct Tape {
    entries: Vec<Entry>,
    /// The arrays and objects that are open.
    open: Vec<usize>,
}

impl Tape {
    fn add(&mut self, event: &Event<'_>) {
        if matches!(event.kind(), Kind::ObjectEnd | Kind::ArrayEnd) {
            return self.close(event.span().end);
        }
        if matches!(event.kind(), Kind::Object | Kind::Array) {
            self.open.push(self.entries.len());
        }
        let key = event.key.is_some().then(|| Key {
            start: event.key.start,
            length: u32::try_from(event.key.end - event.key.start).unwrap_or(u32::MAX),
            escaped: event.key.escaped,
        });
        self.entries.push(Entry { key, span: event.span(), size: 1, kind: event.kind(), escaped: event.escaped });
    }

    fn close(&mut self, end: usize) {
        let Some(index) = self.open.pop() else { return };
        self.entries[index].size = u32::try_from(self.entries.len() - index).unwrap_or(u32::MAX);
        self.entries[index].span.end = end;
    }

    fn clear(&mut self) {
        self.entries.clear();
        self.open.clear();
    }

    /// Closes what a cut or broken document left open.
    fn finish(mut self, document: Option<Span>) -> Vec<Entry> {
        while !self.open.is_empty() {
            self.close(document.map_or(0, |span| span.end));
        }
        self.entries
    }
}

/// A value in a [`Document`].
#[derive(Clone, Copy)]
pub struct Node<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
}

impl<'d, 't> Node<'d, 't> {
    /// What it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.entry().kind
    }

    /// Where it stands, brackets and quotes included.
    #[must_use]
    pub fn span(self) -> Span {
        self.entry().span
    }

    /// As it is printed, a slice of the text that was read.
    #[must_use]
    pub fn text(self) -> &'t str {
        self.document.text.get(self.span().start..self.span().end).unwrap_or_default()
    }

    /// Its key, when it is a member of an object.
    #[must_use]
    pub fn key(self) -> Option<Str<'t>> {
        let key = self.entry().key?;
        let raw = self.document.text.get(key.start..key.start + key.length as usize).unwrap_or_default();
        Some(Str { raw, start: key.start, escaped: key.escaped })
    }

    /// The member with this key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        self.members().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The members of an object, in document order; none of anything else.
    pub fn members(self) -> impl Iterator<Item = (Str<'t>, Self)> + use<'d, 't> {
        self.children().filter_map(|node| Some((node.key()?, node)))
    }

    /// The elements of an array; none of anything else.
    pub fn items(self) -> impl Iterator<Item = Self> + use<'d, 't> {
        self.children().filter(|node| node.entry().key.is_none())
    }

    /// The string that it is.
    #[must_use]
    pub fn string(self) -> Option<Str<'t>> {
        let span = self.span();
        (self.kind() == Kind::String).then(|| Str {
            raw: &self.document.text[span.start + 1..span.end - 1],
            start: span.start + 1,
            escaped: self.entry().escaped,
        })
    }

    /// What the string that it is says.
    #[must_use]
    pub fn as_str(self) -> Option<Cow<'t, str>> {
        self.string().map(Str::text)
    }

    /// The number that it is.
    #[must_use]
    pub fn number(self) -> Option<Number<'t>> {
        (self.kind() == Kind::Number).then(|| number::Number::read(self.text()))
    }

    /// The truth value that it is.
    #[must_use]
    pub fn bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.text() == "true")
    }

    fn children(self) -> impl Iterator<Item = Self> + use<'d, 't> {
        let end = self.index + self.entry().size as usize;
        let child = move |index: usize| (index < end).then_some(Node { document: self.document, index });
        std::iter::successors(child(self.index + 1), move |node| child(node.index + node.entry().size as usize))
    }

    fn entry(self) -> &'d Entry {
        &self.document.entries[self.index]
    }
}

impl std::fmt::Debug for Node<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {}", self.kind(), self.span())
    }
}

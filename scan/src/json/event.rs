use super::{Number, Str, number};
use crate::Span;

/// One value, or the end of an array or object.
///
/// It is flat, and makes a [`Str`] or [`Number`] only when asked: the reader writes single fields and nobody copies it.
#[derive(Clone, Copy, Debug)]
pub struct Event<'t> {
    pub(super) text: &'t str,
    pub(super) key: Key,
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// Of a string: it holds a backslash.
    pub(super) escaped: bool,
    /// Of a number: see [`Number`].
    pub(super) digits: u64,
    pub(super) scale: u32,
}

/// What an [`Event`] or a [`Node`](super::Node) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An object; as an event, its `{`.
    Object,
    /// `}`; events only.
    ObjectEnd,
    /// An array; as an event, its `[`.
    Array,
    /// `]`; events only.
    ArrayEnd,
    /// A finite number.
    Number,
    /// A string.
    String,
    /// `true` or `false`.
    Bool,
    /// `null`.
    Null,
    /// `NaN`, `Infinity` and the like, or a number beyond `f64`; there is a [`Problem`](super::Problem) that says which.
    NotFinite,
    /// Something that is no JSON value; there is a [`Problem`](super::Problem) for it.
    Invalid,
}

/// The key of a member: where its content stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) hash: u32,
    pub(super) escaped: bool,
    pub(super) plain: bool,
}

impl Key {
    /// That of an element of an array.
    pub(super) const NONE: Self = Self { start: usize::MAX, end: usize::MAX, hash: 0, escaped: false, plain: false };

    #[inline(always)]
    pub(super) fn is_some(self) -> bool {
        self.start != usize::MAX
    }

    #[inline(always)]
    pub(super) fn str(self, text: &str) -> Str<'_> {
        Str { raw: &text[self.start..self.end], start: self.start, escaped: self.escaped }
    }
}

impl<'t> Event<'t> {
    /// An event that is neither a string nor a number.
    #[inline(always)]
    pub(super) fn new(text: &'t str, key: Key, kind: Kind, span: Span) -> Self {
        Self { text, key, kind, span, escaped: false, digits: 0, scale: 0 }
    }

    /// What it is.
    #[inline]
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Where the token stands: a string with its quotes, of an array or object the one bracket.
    #[inline]
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The key, when it is a member of an object. The end of an array or object has none.
    #[inline]
    #[must_use]
    pub fn key(&self) -> Option<Str<'t>> {
        self.key.is_some().then(|| self.key.str(self.text))
    }

    /// The key, when it can be a segment of a dotted path as it is: not empty, without a dot, a quote, a backslash and a
    /// control character. The reader finds that out once for all keys of one spelling.
    #[inline(always)]
    #[must_use]
    pub fn plain_key(&self) -> Option<&'t str> {
        if self.key.plain { self.text.get(self.key.start..self.key.end) } else { None }
    }

    /// The token, a slice of the text that is read.
    #[inline]
    #[must_use]
    pub fn text(&self) -> &'t str {
        &self.text[self.span.start..self.span.end]
    }

    /// The number that it is.
    #[inline]
    #[must_use]
    pub fn number(&self) -> Option<Number<'t>> {
        (self.kind == Kind::Number).then(|| Number::new(self.text(), self.digits, self.scale))
    }

    /// The value of the number that it is, when it has at most 19 digits that together make no more than 2^53: found by one
    /// division, and rounded as `str::parse` rounds. [`number`](Self::number) knows all others.
    #[inline(always)]
    #[must_use]
    pub fn small_number(&self) -> Option<f64> {
        if self.kind != Kind::Number {
            return None;
        }
        let negative = self.text.as_bytes().get(self.span.start) == Some(&b'-');
        number::exact(negative, self.digits, self.scale)
    }

    /// The string that it is.
    #[inline]
    #[must_use]
    pub fn string(&self) -> Option<Str<'t>> {
        let start = self.span.start + 1;
        (self.kind == Kind::String).then(|| Str { raw: &self.text[start..self.span.end - 1], start, escaped: self.escaped })
    }
}

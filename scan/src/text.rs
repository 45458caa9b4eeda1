//! The text of one stream as extractors see it.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::Span;

mod clean;
mod lines;
mod search;
mod words;

use lines::Cut;
pub use lines::{Line, Lines};
pub use search::Search;
pub use words::Words;

/// A length-preserving view of the raw bytes of one stream.
///
/// ANSI escape sequences, NUL bytes and invalid UTF-8 are spaces here, byte for byte, so every offset in the text is an
/// offset in the raw capture. The bytes are borrowed when there was nothing to blank.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    raw: &'a [u8],
    text: Cow<'a, str>,
    offset: usize,
    /// Where the lines of a short text are: a hundred formats are shown the same one.
    cuts: OnceLock<Vec<Cut>>,
}

/// How long a text is whose lines are looked for once.
const SHORT: usize = 16 << 10;

impl<'a> Text<'a> {
    /// The view of `raw`, a whole stream.
    #[must_use]
    pub fn new(raw: &'a [u8]) -> Self {
        Self::at(raw, 0)
    }

    /// The view of `raw`, a piece of a stream that starts `offset` bytes after the stream's first.
    #[must_use]
    pub fn at(raw: &'a [u8], offset: usize) -> Self {
        Self { raw, text: clean::clean(raw), offset, cuts: OnceLock::new() }
    }

    /// The text, as long as the raw bytes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes as they were captured.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Where the first byte of this text stands in its stream; 0 unless output was cut.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Where this text ends in its stream.
    #[must_use]
    pub fn end(&self) -> usize {
        self.offset + self.text.len()
    }

    /// The lines, in order; see [`Line`].
    #[must_use]
    pub fn lines(&self) -> Lines<'_> {
        let lines = match &self.text {
            Cow::Borrowed(text) => Lines::new(text),
            Cow::Owned(text) => Lines::made_of(text, self.raw),
        };
        match self.text.len() {
            ..=SHORT => lines.known(self.cuts.get_or_init(|| lines::cuts(&self.text))),
            _ => lines,
        }
    }

    /// `part`, a slice of this text, without the blanks at both ends that stand for escape sequences and other junk.
    #[must_use]
    pub fn bare<'p>(&self, part: &'p str) -> &'p str {
        match self.span_of(part) {
            Some(span) if matches!(self.text, Cow::Owned(_)) => lines::bare(part, &self.raw[span.start - self.offset..]),
            _ => part,
        }
    }

    /// The place in the stream of `part`, a slice of this text; `None` when `part` is a slice of something else.
    #[must_use]
    pub fn span_of(&self, part: &str) -> Option<Span> {
        let base = self.text.as_ptr().addr();
        let start = part.as_ptr().addr().checked_sub(base)?;
        let end = start + part.len();
        (end <= self.text.len()).then(|| Span::new(start + self.offset, end + self.offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_counted_from_the_start_of_the_stream() {
        let text = Text::at(b"p99 431 us", 100);
        let number = &text.as_str()[4..7];
        assert_eq!(text.span_of(number), Some(Span::new(104, 107)));
        assert_eq!((text.offset(), text.end()), (100, 110));
        assert_eq!(text.span_of("431"), None, "a slice of another text has no place in this one");
    }

    #[test]
    fn a_bare_part_has_no_blanks_that_stand_for_something_else() {
        let text = Text::at(b"a \x1b[1m b \xff", 7);
        assert_eq!(text.bare(&text.as_str()[2..]), " b ");
        assert_eq!(text.bare(&text.as_str()[..2]), "a ");
        assert_eq!(text.bare("  "), "  ", "a slice of another text");
    }

    #[test]
    fn clean_bytes_are_borrowed() {
        assert!(matches!(Text::new(b"plain \xc2\xb5s").text, Cow::Borrowed(_)));
        assert!(matches!(Text::new(b"\x1b[1mbold").text, Cow::Owned(_)));
    }
}

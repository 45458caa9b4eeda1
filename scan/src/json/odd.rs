//! What the hot path of the parser does not expect: the end of the text, literals, trailing commas, and what is not JSON at all.
//!
//! Reading goes on behind a broken spot only where the text shows the place beyond doubt: a comma and a key with its colon, or,
//! once the document has a complete member, the bracket that closes the level. No opening bracket is ever passed in search of
//! it. So a line of a log that merely starts like JSON is given up at once, and a search never looks at a byte that the next
//! candidate will look at again.

use super::number::Lexed;
use super::parser::{End, Parser, Phase};
use super::problem::{Expected, ProblemKind};
use super::{Kind, lex, number, steps};
use crate::Span;

/// Where to go on behind a broken spot.
struct Resume {
    /// One past the broken spot.
    junk_end: usize,
    at: usize,
    phase: Phase,
}

impl Parser<'_> {
    /// No key where one should be.
    #[cold]
    pub(super) fn odd_key(&mut self, at: usize) -> bool {
        match self.text.as_bytes().get(at) {
            None => self.cut(at),
            Some(b'}') => self.last_comma(at),
            Some(_) => self.skip_member(at, at, Expected::Key),
        }
    }

    /// No colon behind the key that starts at `at`.
    #[cold]
    pub(super) fn odd_colon(&mut self, at: usize, colon: usize) -> bool {
        if let Some(line_end) = self.line_end(Span::new(at, colon)) {
            return self.broken(line_end, Expected::Colon);
        }
        if colon == self.text.len() {
            return self.cut(at);
        }
        self.skip_member(at, colon, Expected::Colon)
    }

    /// No string, number or opening bracket where a value should be.
    #[cold]
    pub(super) fn odd_value(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let at = self.event.span.start;
        if at == bytes.len() {
            return self.cut(at);
        }
        if bytes[at] == b']' && self.top.closer == b']' {
            return self.last_comma(at);
        }
        if matches!(bytes[at], b'-' | b'0'..=b'9') {
            match number::lexed(self.text, at) {
                Lexed::Number(end) => {
                    self.event.kind = Kind::Number;
                    self.event.scale = number::SLOW;
                    return self.scalar(end);
                }
                Lexed::TooLarge(end) => return self.no_number(end, ProblemKind::TooLarge),
                Lexed::Other => {}
            }
        }
        let word = word(self.text, at);
        let end = at + word.len();
        if lex::blank(bytes, end) == bytes.len() {
            return self.cut(at);
        }
        self.event.kind = match word {
            "true" | "false" => Kind::Bool,
            "null" => Kind::Null,
            _ if is_not_finite(word) => return self.no_number(end, ProblemKind::NotFinite),
            _ => return self.invalid(at),
        };
        self.scalar(end)
    }

    /// Something of `kind` where a number should be.
    fn no_number(&mut self, end: usize, kind: ProblemKind) -> bool {
        self.event.kind = Kind::NotFinite;
        self.event.span.end = end;
        let span = self.event.span;
        let confirmed = self.scalar(end);
        if confirmed && self.event.kind == Kind::NotFinite {
            self.problems.push(span, kind);
        }
        confirmed
    }

    /// Neither a comma nor the closing bracket behind a scalar.
    #[cold]
    pub(super) fn odd_end(&mut self, after: usize) -> bool {
        let span = self.event.span;
        if let Some(line_end) = self.line_end(span) {
            return self.broken(line_end, Expected::CommaOrEnd);
        }
        if after == self.text.len() {
            return self.cut(span.start);
        }
        if self.missing_comma(span.end, after) {
            self.members += 1;
            self.member();
            return true;
        }
        let quote = if self.event.kind == Kind::String { self.closing_quote(span.end) } else { None };
        let Some(quote) = quote else { return self.invalid(after) };
        let content = Span::new(span.start + 1, quote);
        self.problems.push(content, ProblemKind::UnescapedQuote);
        self.event.escaped = content.of(self.text.as_bytes()).contains(&b'\\');
        self.scalar(quote + 1)
    }

    /// Neither a comma nor the closing bracket behind an array or object.
    #[cold]
    pub(super) fn odd_comma(&mut self, after: usize) {
        if after == self.text.len() {
            self.cut(after);
        } else if !self.missing_comma(self.at, after) {
            self.resume(after, after, Expected::CommaOrEnd);
        }
    }

    /// The text ends before the token at `at` is complete.
    #[cold]
    pub(super) fn cut(&mut self, at: usize) -> bool {
        self.phase = Phase::Done;
        self.end = End::Truncated { at };
        false
    }

    /// Nothing can be read from `at` on.
    #[cold]
    pub(super) fn broken(&mut self, at: usize, expected: Expected) -> bool {
        self.phase = Phase::Done;
        self.end = End::Broken { at, expected };
        false
    }

    /// The closing bracket at `at`, behind nothing or behind a comma.
    fn last_comma(&mut self, at: usize) -> bool {
        if self.phase == Phase::Next {
            self.problems.push(Span::new(self.at - 1, self.at), ProblemKind::TrailingComma);
        }
        self.at = at;
        self.close()
    }

    /// Reads past something from `from` on that is no member, or gives up at `at`; then goes on.
    fn skip_member(&mut self, from: usize, at: usize, expected: Expected) -> bool {
        // What follows is a key with its colon or a closing bracket, so this cannot come back here.
        self.resume(from, at, expected) && self.next()
    }

    /// Delivers what was begun as an invalid value that goes up to `at`, or gives up there.
    fn invalid(&mut self, at: usize) -> bool {
        if !self.resume(self.event.span.start, at, Expected::Value) {
            return false;
        }
        self.event.kind = Kind::Invalid;
        self.event.span.end = at;
        self.member();
        true
    }

    /// Sets the parser behind the broken spot that starts at `from` and is known to go up to `at`; false when it gave up.
    fn resume(&mut self, from: usize, at: usize, expected: Expected) -> bool {
        let Some(resume) = self.find_resume(at) else {
            self.broken(at, expected);
            return false;
        };
        self.problems.push(Span::new(from, resume.junk_end), ProblemKind::Malformed { expected });
        self.at = resume.at;
        self.phase = resume.phase;
        true
    }

    fn find_resume(&self, from: usize) -> Option<Resume> {
        let bytes = self.text.as_bytes();
        let object = self.top.closer == b'}';
        let trusted = self.members > 0;
        let mut quotes = false;
        let mut here = from;
        loop {
            let byte = *bytes.get(here)?;
            let next = |at| Some(Resume { junk_end: here, at, phase: Phase::Next });
            match byte {
                b',' if object && self.is_key(lex::blank(bytes, here + 1)) => return next(here + 1),
                b',' if !object && trusted && !quotes => return next(here + 1),
                b'}' | b']' => {
                    let close = byte == self.top.closer && trusted && !quotes;
                    return close.then_some(Resume { junk_end: here, at: here, phase: Phase::Close });
                }
                b'{' | b'[' => return None,
                b'\n' => {
                    let line = lex::blank(bytes, here);
                    match bytes.get(line)? {
                        b'"' if object && self.is_key(line) => return next(line),
                        b',' | b'}' | b']' => here = line - 1,
                        _ => return None,
                    }
                }
                b'"' => quotes = true,
                _ => {}
            }
            here += 1;
            steps::add(1);
        }
    }

    /// A next member without a comma before it: reads on as if there were one.
    fn missing_comma(&mut self, end: usize, after: usize) -> bool {
        let missing = self.top.closer == b'}' && self.is_key(after);
        if missing {
            let expected = Expected::CommaOrEnd;
            self.problems.push(Span::new(end, after), ProblemKind::Malformed { expected });
            self.at = after;
            self.phase = Phase::Next;
        }
        missing
    }

    /// The quote on this line, at or after `from`, that a next member or the end of the level follows.
    fn closing_quote(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let object = self.top.closer == b'}';
        let trusted = self.members > 0;
        let rest = bytes[from..].iter().take_while(|byte| !matches!(byte, b'\n' | b'{' | b'['));
        for (index, _) in rest.inspect(|_| steps::add(1)).enumerate().filter(|(_, byte)| **byte == b'"') {
            let after = lex::blank(bytes, from + index + 1);
            let found = match bytes.get(after)? {
                b',' if object => self.is_key(lex::blank(bytes, after + 1)),
                b',' => trusted,
                byte => *byte == self.top.closer && trusted,
            };
            if found {
                return Some(from + index);
            }
        }
        None
    }

    /// True where a key on one line and its colon stand.
    fn is_key(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        if bytes.get(at) != Some(&b'"') {
            return false;
        }
        let mut here = at + 1;
        while let Some(length) = memchr::memchr3(b'"', b'\\', b'\n', &bytes[here.min(bytes.len())..]) {
            steps::add(length);
            match bytes[here + length] {
                b'"' => return bytes.get(lex::blank(bytes, here + length + 1)) == Some(&b':'),
                b'\\' => here += length + 2,
                _ => return false,
            }
        }
        false
    }

    /// The first line feed in `span`.
    fn line_end(&self, span: Span) -> Option<usize> {
        memchr::memchr(b'\n', span.of(self.text.as_bytes())).map(|index| span.start + index)
    }
}

/// The run of characters at `at` that no JSON syntax interrupts.
fn word(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let ends = |byte: &u8| *byte <= b' ' || matches!(byte, b',' | b':' | b'"' | b'[' | b']' | b'{' | b'}');
    let length = rest.as_bytes().iter().position(ends).unwrap_or(rest.len());
    steps::add(length);
    &rest[..length]
}

/// What C, Python, JavaScript, Go and Rust print for a number that is none.
fn is_not_finite(word: &str) -> bool {
    let unsigned = word.strip_prefix(['-', '+']).unwrap_or(word);
    ["nan", "inf", "infinity"].iter().any(|name| unsigned.eq_ignore_ascii_case(name))
}

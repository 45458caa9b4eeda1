//! One document, from its opening bracket on.
//!
//! The hot path is [`Parser::next`]: a member and the comma behind it in one go, without a call that is not inlined and without
//! an allocation. Whatever is odd leaves it for `odd.rs`. A scalar counts only once a comma or a closing bracket confirms it:
//! so a number that is cut (`58` of `5863`), has a unit behind it or a decimal comma in it is never delivered.

use super::event::Key;
use super::keys::{KeySet, Keys};
use super::leads::{Lead, Leads};
use super::problem::{Expected, ProblemKind, Problems};
use super::{Event, Kind, MAX_DEPTH, lex, number, steps};
use crate::Span;

pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    /// The next byte to look at.
    pub(super) at: usize,
    pub(super) phase: Phase,
    pub(super) top: Level,
    /// The levels around `top`; the first is the one outside of the document.
    pub(super) outer: Vec<Level>,
    keys: Keys<'t>,
    pub(super) leads: Leads,
    /// How many members are complete; a bracket that has none is hardly a document.
    pub(super) members: usize,
    pub(super) problems: Problems,
    /// Where the earlier ones of duplicate keys start.
    pub(super) losers: Vec<usize>,
    pub(super) end: End,
    /// What was read last.
    pub(super) event: Event<'t>,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The bracket that starts the document.
    Start,
    /// The first value of a level, or its end.
    First,
    /// A value after a comma.
    Next,
    /// The closing bracket at `at`.
    Close,
    /// Nothing.
    Done,
}

#[derive(Clone, Copy)]
pub(super) struct Level {
    /// `}`, `]`, or 0 outside of the document.
    pub(super) closer: u8,
    /// The hash of the key before, or one that stands for the level when there is none.
    before: u32,
    keys: KeySet,
}

/// How a document ends. Offsets are in the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With its last bracket.
    Whole,
    /// The text ends first; `at` is where the first incomplete token starts.
    Truncated {
        /// The first byte that is not part of a complete token.
        at: usize,
    },
    /// Something stands there that is not JSON, and nothing behind it shows where to go on.
    Broken {
        /// The first byte that does not fit.
        at: usize,
        /// What JSON has there.
        expected: Expected,
    },
}

impl<'t> Parser<'t> {
    /// A parser for the document whose bracket is at `start`; `leads` are those of other documents in the text.
    pub(super) fn new(text: &'t str, start: usize, leads: Leads) -> Self {
        let level = Level { closer: 0, before: 0, keys: KeySet::default() };
        Self {
            text,
            at: start,
            phase: Phase::Start,
            top: level,
            outer: Vec::new(),
            keys: Keys::new(text),
            leads,
            members: 0,
            problems: Problems::default(),
            losers: Vec::new(),
            end: End::Whole,
            event: Event::new(text, Key::NONE, Kind::Null, Span::new(start, start)),
        }
    }

    /// A parser that gives nothing.
    pub(super) fn done(text: &'t str) -> Self {
        Self { phase: Phase::Done, ..Self::new(text, text.len(), Leads::default()) }
    }

    #[inline(always)]
    pub(super) fn next(&mut self) -> bool {
        match self.phase {
            Phase::First | Phase::Next => self.element(),
            Phase::Close => self.close(),
            Phase::Start => self.start(),
            Phase::Done => false,
        }
    }

    #[inline(always)]
    fn element(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut key = Key::NONE;
        if self.top.closer == b'}' {
            if let Some(lead) = self.leads.get(bytes, at, self.top.before) {
                let (start, end) = (at + usize::from(lead.key), at + usize::from(lead.key_end));
                key = Key { start, end, hash: lead.hash, escaped: false, plain: lead.plain };
                at += usize::from(lead.value);
                steps::add(usize::from(lead.value));
            } else {
                at = lex::long_blank(bytes, at);
                if bytes.get(at) != Some(&b'"') {
                    return self.odd_key(at);
                }
                let Some(quoted) = lex::quoted(bytes, at + 1) else { return self.cut(at) };
                let colon = lex::blank(bytes, quoted.end + 1);
                if bytes.get(colon) != Some(&b':') {
                    return self.odd_colon(at, colon);
                }
                let plain = lex::is_plain(&bytes[at + 1..quoted.end]);
                key = Key { start: at + 1, end: quoted.end, hash: quoted.hash, escaped: quoted.escaped, plain };
                at = lex::blank(bytes, colon + 1);
                self.learn(key, at);
            }
            self.top.before = key.hash;
        } else {
            at = lex::long_blank(bytes, at);
        }
        self.event.key = key;
        self.event.span.start = at;
        match bytes.get(at) {
            Some(b'"') => {
                let Some(quoted) = lex::quoted(bytes, at + 1) else { return self.cut(at) };
                self.event.kind = Kind::String;
                self.event.escaped = quoted.escaped;
                self.scalar(quoted.end + 1)
            }
            Some(b'-' | b'0'..=b'9') => {
                let plain = number::short(bytes, at).or_else(|| number::plain(bytes, at));
                let Some(plain) = plain else { return self.odd_value() };
                self.event.kind = Kind::Number;
                self.event.digits = plain.digits;
                self.event.scale = plain.scale;
                self.scalar(plain.end)
            }
            Some(b'{') => self.open(b'}', Kind::Object),
            Some(b'[') => self.open(b']', Kind::Array),
            _ => self.odd_value(),
        }
    }

    /// Delivers a scalar that goes up to `end`, if what follows confirms it.
    #[inline(always)]
    pub(super) fn scalar(&mut self, end: usize) -> bool {
        self.event.span.end = end;
        let bytes = self.text.as_bytes();
        let after = lex::blank(bytes, end);
        match bytes.get(after) {
            Some(b',') if !self.decimal_comma(after) => {
                self.at = after + 1;
                self.phase = Phase::Next;
            }
            Some(&byte) if byte == self.top.closer => {
                self.at = after;
                self.phase = Phase::Close;
            }
            _ => return self.odd_end(after),
        }
        self.members += usize::from(self.event.key.is_some());
        self.member();
        true
    }

    /// True when a key with its colon was read.
    pub(super) fn has_keys(&self) -> bool {
        self.members > 0 || self.event.key.is_some() || !self.keys.is_empty()
    }

    /// Remembers how the member began whose key was just read and whose value is at `value`.
    fn learn(&mut self, key: Key, value: usize) {
        let offset = |at: usize| u8::try_from(at - self.at).ok();
        if key.escaped {
            return;
        }
        if let (Some(start), Some(end), Some(value)) = (offset(key.start), offset(key.end), offset(value)) {
            let lead = Lead { from: self.at, hash: key.hash, plain: key.plain, key: start, key_end: end, value };
            self.leads.set(self.top.before, lead);
        }
    }

    /// True for a number such as `370,04`: a member cannot start with a digit.
    #[inline(always)]
    fn decimal_comma(&self, comma: usize) -> bool {
        self.text.as_bytes().get(comma + 1).is_some_and(u8::is_ascii_digit)
            && self.event.kind == Kind::Number
            && self.top.closer == b'}'
    }

    /// Notes the key of a value that counts.
    #[inline(always)]
    pub(super) fn member(&mut self) {
        let key = self.event.key;
        if key.is_some()
            && let Some(earlier) = self.keys.add(&mut self.top.keys, key)
        {
            self.duplicate(earlier, key);
        }
    }

    #[cold]
    fn duplicate(&mut self, earlier: Key, key: Key) {
        self.losers.push(earlier.start);
        let first = Span::new(earlier.start, earlier.end);
        self.problems.push(Span::new(key.start, key.end), ProblemKind::DuplicateKey { first });
    }

    fn start(&mut self) -> bool {
        self.event.span.start = self.at;
        match self.text.as_bytes().get(self.at) {
            Some(b'{') => self.open(b'}', Kind::Object),
            Some(b'[') => self.open(b']', Kind::Array),
            _ => self.broken(self.at, Expected::Value),
        }
    }

    /// Takes the opening bracket of the level that `closer` ends.
    fn open(&mut self, closer: u8, kind: Kind) -> bool {
        let at = self.event.span.start;
        if self.outer.len() >= MAX_DEPTH {
            return self.broken(at, Expected::LessDepth);
        }
        self.member();
        self.outer.push(self.top);
        self.top = Level { closer, before: !self.event.key.hash, keys: self.keys.open() };
        self.event.kind = kind;
        self.event.span.end = at + 1;
        self.at = at + 1;
        self.phase = Phase::First;
        true
    }

    /// Takes the closing bracket at `self.at`, and the comma behind it.
    pub(super) fn close(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let object = self.top.closer == b'}';
        if object {
            self.keys.close(self.top.keys);
        }
        let Some(outer) = self.outer.pop() else { return false };
        let span = Span::new(self.at, self.at + 1);
        let kind = if object { Kind::ObjectEnd } else { Kind::ArrayEnd };
        self.event = Event::new(self.text, Key::NONE, kind, span);
        self.top = outer;
        self.at = span.end;
        if outer.closer == 0 {
            self.phase = Phase::Done;
            return true;
        }
        self.members += usize::from(outer.closer == b'}');
        let after = lex::blank(bytes, span.end);
        match bytes.get(after) {
            Some(b',') => {
                self.at = after + 1;
                self.phase = Phase::Next;
            }
            Some(&byte) if byte == outer.closer => {
                self.at = after;
                self.phase = Phase::Close;
            }
            _ => self.odd_comma(after),
        }
        true
    }
}

//! Where the documents are in a text that holds other things too.
//!
//! A document starts at a `{` or `[`. One that fails is left where it failed, not one byte behind its start: every bracket in
//! between was either closed, or open at the failure and would fail at the same place. So no byte is parsed twice.

use super::parser::{End, Parser};
use super::problem::{ProblemKind, Problems};
use super::{lex, steps};
use crate::Span;

/// Goes through a text from bracket to bracket.
pub(super) struct Finder<'t> {
    text: &'t str,
    /// Where to look for the next bracket; past the end when there is nothing to look for.
    at: usize,
    /// What stands before `at` on its line.
    line: Neighbour,
}

/// What stands beside a document on its line; the worst counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Neighbour {
    Nothing,
    Document,
    Text,
}

/// A bracket that may start a document.
#[derive(Clone, Copy)]
pub(super) struct Opener {
    pub(super) at: usize,
    /// What stands before it on its line.
    before: Neighbour,
    /// It follows `"key":` or `},`, so it is part of a document whose beginning is missing.
    fragment: bool,
}

/// How likely a bracket is *the* document; the order is the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// `[INFO]`, `[26710]`, `{not json}`.
    Noise,
    /// A part of a document whose beginning is missing.
    Fragment,
    /// Without a member, but alone on its lines: `[1.5, 2.5]`, `{}`.
    Bare,
    /// Within one line of text: `done {"status": 3} in 5 s`.
    Inline,
    /// With members, but cut or broken.
    Incomplete,
    /// Whole, with members, and not inside of a line of text.
    Whole,
}

/// A bracket that was read to its end.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub(super) span: Span,
    pub(super) rank: Rank,
    pub(super) end: End,
    members: usize,
}

/// The best candidate so far, and what is to be said about the others.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) best: Option<Candidate>,
    pub(super) problems: Problems,
    /// Where the keys of `best` start that a later one replaces.
    pub(super) losers: Vec<usize>,
    others: Problems,
}

impl<'t> Finder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: Neighbour::Nothing }
    }

    /// One that finds nothing.
    pub(super) fn none(text: &'t str) -> Self {
        Self { text, at: usize::MAX, line: Neighbour::Nothing }
    }

    /// The next bracket.
    pub(super) fn next(&mut self) -> Option<Opener> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let Some(length) = memchr::memchr2(b'{', b'[', rest) else {
            steps::add(rest.len());
            return None;
        };
        steps::add(length);
        let at = self.at + length;
        let gap = &self.text[self.at..at];
        let (start, line) = match gap.rfind('\n') {
            Some(end) => (end, Neighbour::Nothing),
            None => (0, self.line),
        };
        let before = if has_text(&gap[start..]) { Neighbour::Text } else { line };
        Some(Opener { at, before, fragment: self.continues(at) })
    }

    /// Notes what became of `opener`, and goes on behind it.
    pub(super) fn judge(&mut self, opener: Opener, parser: &Parser<'t>) -> Candidate {
        let at = match parser.end {
            End::Whole => parser.at,
            End::Truncated { .. } => self.text.len(),
            End::Broken { at, .. } => at,
        };
        let span = Span::new(opener.at, at.max(opener.at + 1));
        let one_line = memchr::memchr(b'\n', span.of(self.text.as_bytes())).is_none();
        let beside = opener.before.max(self.after(span.end));
        let rank = match parser.end {
            _ if opener.fragment && parser.has_keys() => Rank::Fragment,
            _ if opener.fragment => Rank::Noise,
            End::Whole if parser.members > 0 && one_line && beside == Neighbour::Text => Rank::Inline,
            End::Whole if parser.members > 0 => Rank::Whole,
            End::Whole if beside == Neighbour::Nothing => Rank::Bare,
            End::Truncated { .. } if parser.has_keys() => Rank::Incomplete,
            End::Truncated { .. } if opener.before == Neighbour::Nothing => Rank::Bare,
            End::Broken { .. } if parser.members > 0 => Rank::Incomplete,
            _ => Rank::Noise,
        };
        if self.at != usize::MAX {
            self.at = span.end;
        }
        let here = if parser.end == End::Whole { Neighbour::Document } else { Neighbour::Text };
        self.line = if one_line { opener.before.max(here) } else { here };
        Candidate { span, rank, end: parser.end, members: parser.members }
    }

    /// True when the bracket at `at` follows `"key":` on its line, or `},`.
    fn continues(&self, at: usize) -> bool {
        let mut before = self.text.as_bytes()[..at].iter().rev().inspect(|_| steps::add(1)).copied();
        let mut solid = |line: bool| before.find(|byte| *byte > b' ' || (line && *byte == b'\n'));
        match solid(true) {
            Some(b':') => solid(true) == Some(b'"'),
            Some(b',') => solid(false) == Some(b'}'),
            Some(b'\n') => solid(false) == Some(b',') && solid(false) == Some(b'}'),
            _ => false,
        }
    }

    /// What follows on the line.
    fn after(&self, at: usize) -> Neighbour {
        let rest = self.text.as_bytes()[at..].iter().inspect(|_| steps::add(1));
        match rest.copied().find(|byte| *byte > b' ' || *byte == b'\n') {
            None | Some(b'\n') => Neighbour::Nothing,
            Some(b'{' | b'[') => Neighbour::Document,
            Some(_) => Neighbour::Text,
        }
    }
}

impl Opener {
    /// A bracket that is known to start the document.
    pub(super) fn at(at: usize) -> Self {
        Self { at, before: Neighbour::Nothing, fragment: false }
    }

    /// True when it starts like a document with members, so that reading it at once is no waste.
    pub(super) fn is_likely(self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let first = bytes.get(lex::blank(bytes, self.at + 1));
        let likely = if bytes[self.at] == b'{' { first == Some(&b'"') } else { matches!(first, Some(b'{' | b'[')) };
        likely && !self.fragment
    }
}

/// Anything that is neither blank nor a byte order mark.
fn has_text(line: &str) -> bool {
    steps::add(line.len());
    line.contains(|char| char > ' ' && char != '\u{feff}')
}

impl Survey {
    /// Takes a candidate that `parser` has read to its end.
    pub(super) fn add(&mut self, candidate: Candidate, parser: Parser<'_>) {
        if candidate.rank <= Rank::Fragment {
            if candidate.rank == Rank::Fragment {
                self.others.push(candidate.span, ProblemKind::Fragment);
            }
            return;
        }
        if let Some(best) = self.best {
            let better = candidate.rank > best.rank
                || (candidate.rank == best.rank && (best.rank != Rank::Incomplete || candidate.members >= best.members));
            let other = if better { best } else { candidate };
            self.others.push(other.span, other.passed_over());
            if !better {
                return;
            }
        }
        self.best = Some(candidate);
        self.problems = parser.problems;
        self.losers = parser.losers;
    }

    /// All problems of the best candidate, its end and the others.
    pub(super) fn into_problems(self) -> Problems {
        let mut problems = self.problems;
        match self.best.map(|best| (best.end, best.span.end)) {
            Some((End::Truncated { at }, end)) => problems.push(Span::new(at, end), ProblemKind::Truncated),
            Some((End::Broken { at, expected }, _)) => problems.push(Span::new(at, at), ProblemKind::Broken { expected }),
            _ => {}
        }
        problems.append(self.others);
        problems
    }
}

impl Candidate {
    fn passed_over(self) -> ProblemKind {
        if self.end == End::Whole { ProblemKind::OtherDocument } else { ProblemKind::OtherIncomplete }
    }
}

//! How much of an output an extractor understood: what became of each number that is printed in it.

use std::collections::BTreeMap;

use prill_scan::{Span, number};

use crate::diagnostic::code;
use crate::extract::{Captures, Extraction, Piece};
use crate::metric::Stream;

/// What became of each number in the streams that a format read.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    numbers: Vec<Number>,
}

/// A number as it is printed: digits that are no part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The stream it stands in.
    pub stream: Stream,
    /// Its place in the stream.
    pub span: Span,
    /// What became of it.
    pub fate: Fate,
}

/// What an extraction made of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is a metric, or one was computed from it.
    Claimed,
    /// It is no metric on purpose, and this is why: "date", "version", "setting".
    Ignored(&'static str),
    /// Nobody said anything about it.
    Unexplained,
}

impl Coverage {
    /// What `extraction` made of the numbers in `captures`, which it came from.
    ///
    /// Streams that the format does not read do not count, nor do those in which it found nothing of its own, nor the
    /// piece of a cut stream that was passed over. What stands in a line that was cut is explained by the diagnostic that says so,
    /// and what a carriage return hides is explained by what is shown in its place.
    #[must_use]
    pub fn of(extraction: &Extraction, captures: &Captures<'_>) -> Self {
        let mut numbers = Vec::new();
        let foreign =
            |stream| extraction.diagnostics.iter().any(|d| d.code == code::NOT_FOUND && d.stream.as_ref() == Some(stream));
        for stream in extraction.read.iter().filter(|stream| !foreign(stream)) {
            let marks = Marks::of(extraction, stream);
            for piece in marks.read(captures.pieces(stream)) {
                let text = piece.text();
                let cut = cut_line(extraction, stream, text.as_str());
                let hidden = hidden(text.as_str());
                let found = find(text.as_str()).flat_map(|local| marks.cells(local, text.as_str(), piece.offset));
                numbers.extend(found.map(|local| {
                    let span = Span::new(local.start + piece.offset, local.end + piece.offset);
                    let fate = match marks.fate(span) {
                        Fate::Unexplained if local.start >= cut => Fate::Ignored(CUT),
                        Fate::Unexplained if is_inside(local, &hidden) => Fate::Ignored(HIDDEN),
                        fate => fate,
                    };
                    Number { stream: stream.clone(), span, fate }
                }));
            }
        }
        Self { numbers }
    }

    /// All numbers: stream by stream as they were read, in the order of the bytes.
    #[must_use]
    pub fn numbers(&self) -> &[Number] {
        &self.numbers
    }

    /// How many are metrics.
    #[must_use]
    pub fn claimed(&self) -> usize {
        self.numbers.iter().filter(|n| n.fate == Fate::Claimed).count()
    }

    /// How many are no metrics on purpose, by the reason.
    #[must_use]
    pub fn ignored(&self) -> BTreeMap<&'static str, usize> {
        let mut reasons = BTreeMap::new();
        for number in &self.numbers {
            if let Fate::Ignored(why) = number.fate {
                *reasons.entry(why).or_default() += 1;
            }
        }
        reasons
    }

    /// Those that nobody said anything about.
    pub fn unexplained(&self) -> impl Iterator<Item = &Number> {
        self.numbers.iter().filter(|n| n.fate == Fate::Unexplained)
    }

    /// How many are metrics or ignored on purpose.
    #[must_use]
    pub fn explained(&self) -> usize {
        self.numbers.len() - self.unexplained().count()
    }
}

/// The places of the numbers in `text`, in order. Digits inside a word (`sda1`, `p99`) are none; what no format could read
/// is one too (`370,04`).
pub fn find(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    let mut before = ' ';
    std::iter::from_fn(move || {
        while let Some(c) = text[at..].chars().next() {
            if c.is_ascii_digit() && !before.is_alphanumeric() && before != '_' {
                let span = Span::new(at, at + length(&text[at..]));
                (at, before) = (span.end, '0');
                return Some(span);
            }
            (at, before) = (at + c.len_utf8(), c);
        }
        None
    })
}

/// How long the number is that `text` starts with.
fn length(text: &str) -> usize {
    match number::leading_grouped(text) {
        Some((token, _)) => token.len(),
        None => text.bytes().take_while(|b| b.is_ascii_digit() || b",.".contains(b)).count(),
    }
}

const CUT: &str = "in a line that was cut";
const HIDDEN: &str = "overwritten on its line";

/// The parts of the lines of `text` that what follows a carriage return is printed over, in order.
fn hidden(text: &str) -> Vec<Span> {
    if !text.contains('\r') {
        return Vec::new();
    }
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let from = start;
        start += line.len();
        let shown = line.trim_end_matches(['\n', '\r']).rfind('\r').map_or(0, |at| at + 1);
        Span::new(from, from + shown)
    });
    lines.filter(|span| !span.is_empty()).collect()
}

fn is_inside(number: Span, spans: &[Span]) -> bool {
    let before = spans.partition_point(|span| span.start <= number.start);
    spans[..before].last().is_some_and(|span| span.contains(number))
}

/// Where the line starts in which the `text` of `stream` was cut; its end when it was not.
fn cut_line(extraction: &Extraction, stream: &Stream, text: &str) -> usize {
    let is_cut = extraction.diagnostics.iter().any(|d| d.code == code::TRUNCATED && d.stream.as_ref() == Some(stream));
    if is_cut { text.rfind('\n').map_or(0, |at| at + 1) } else { text.len() }
}

/// What was said of the bytes of one stream, in order, without what lies inside another.
struct Marks {
    claims: Vec<Span>,
    ignored: Vec<(Span, &'static str)>,
}

impl Marks {
    fn of(extraction: &Extraction, stream: &Stream) -> Self {
        let metrics = extraction.metrics.iter().filter(|m| m.stream() == stream);
        let mut claims: Vec<Span> =
            metrics.flat_map(|m| m.spans().iter().copied().chain([m.span()]).collect::<Vec<_>>()).collect();
        claims.sort_unstable();
        claims.dedup_by(|later, first| first.contains(*later));
        let ignored = extraction.ignored.iter().filter(|i| i.stream == *stream);
        let mut ignored: Vec<_> = ignored.map(|i| (i.span, i.why)).collect();
        ignored.sort_unstable_by_key(|(span, _)| *span);
        ignored.dedup_by(|later, first| first.0.contains(later.0));
        Self { claims, ignored }
    }

    /// The pieces that were read: of a head and a tail the one with metrics, and the tail when it has none.
    fn read<'p, 'a>(&self, pieces: &'p [Piece<'a>]) -> &'p [Piece<'a>] {
        let [head, tail] = pieces else { return pieces };
        let in_head = |span: &Span| span.end <= head.offset + head.bytes.len();
        if !self.claims.is_empty() && self.claims.iter().all(in_head) { &pieces[..1] } else { std::slice::from_ref(tail) }
    }

    /// The numbers in `local`: itself, or where somebody said something of a part of `2,0.03,7`, the parts.
    fn cells(&self, local: Span, text: &str, offset: usize) -> Vec<Span> {
        let at = |span: Span| Span::new(span.start + offset, span.end + offset);
        let token = local.of(text.as_bytes());
        let whole = at(local);
        if !token.contains(&b',') || self.claims.binary_search(&whole).is_ok() || matches!(self.fate(whole), Fate::Ignored(_)) {
            return vec![local];
        }
        let ends = token.iter().enumerate().filter(|(_, b)| **b == b',').map(|(end, _)| local.start + end).chain([local.end]);
        let mut start = local.start;
        let cells = ends.map(|end| Span::new(std::mem::replace(&mut start, end + 1), end));
        let cells: Vec<Span> = cells.filter(|cell| !cell.is_empty()).collect();
        let said = |cell: &Span| self.fate(at(*cell)) != Fate::Unexplained;
        if cells.iter().any(said) { cells } else { vec![local] }
    }

    fn fate(&self, number: Span) -> Fate {
        let next = self.claims.partition_point(|claim| claim.end <= number.start);
        if self.claims.get(next).is_some_and(|claim| claim.start < number.end) {
            return Fate::Claimed;
        }
        let before = self.ignored.partition_point(|(span, _)| span.start <= number.start);
        match self.ignored[..before].last() {
            Some((span, why)) if span.contains(number) => Fate::Ignored(why),
            _ => Fate::Unexplained,
        }
    }
}

#[cfg(test)]
mod tests;

use prill_core::{Span, Text};

use super::facts::{Facts, Known, Said, Token};

/// Of longer lines only what is near to something that there is to say is shown.
const LONG: usize = 2000;
/// How near that is, in bytes.
const NEAR: usize = 60;
/// So many bytes in a row that are no text are shown one by one.
const FEW: usize = 8;

/// One line of a stream, with what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Line<'f> {
    /// Counted from 1.
    pub(super) number: usize,
    /// As extractors see it, without its end.
    pub(super) text: &'f str,
    /// As it was captured, as long as `text`.
    pub(super) raw: &'f [u8],
    /// Where it starts in its stream.
    pub(super) start: usize,
    pub(super) tokens: &'f [Token<'f>],
    pub(super) said: &'f [Said<'f>],
}

/// Bytes of a line that look the same: `[from, to)`, counted from the start of the line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) what: What,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Text,
    /// One of the line's tokens.
    Token(usize),
    /// Left out; what is said instead.
    Hidden(String),
}

/// The lines of a stream, their line ends left out.
pub(super) fn lines<'f>(text: &'f Text<'_>, facts: &'f Facts<'_>) -> impl Iterator<Item = Line<'f>> {
    let mut end = 0;
    text.as_str().split_inclusive('\n').enumerate().map(move |(index, whole)| {
        let start = end;
        end += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']);
        let raw = &text.raw()[start..start + line.len()];
        Line { number: index + 1, text: line, raw, start, tokens: facts.tokens(start, end), said: facts.said(start, end) }
    })
}

impl<'f> Line<'f> {
    /// Everything of the line, in order.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let mut marked = self.hidden();
        let tokens: Vec<Piece> = (self.tokens.iter().enumerate())
            .map(|(index, token)| {
                let (from, to) = self.place(token.span);
                Piece { from, to, what: What::Token(index) }
            })
            .filter(|token| is_free(&marked, token.from, token.to))
            .collect();
        marked.extend(tokens);
        marked.sort_by_key(|piece| piece.from);
        let mut pieces = Vec::with_capacity(2 * marked.len() + 1);
        let mut at = 0;
        for piece in marked {
            if at < piece.from {
                pieces.push(Piece { from: at, to: piece.from, what: What::Text });
            }
            at = piece.to;
            pieces.push(piece);
        }
        if at < self.text.len() {
            pieces.push(Piece { from: at, to: self.text.len(), what: What::Text });
        }
        pieces
    }

    /// The numbers in `pieces`.
    pub(super) fn shown(&self, pieces: &[Piece]) -> Vec<&'f Token<'f>> {
        let tokens = self.tokens;
        let shown = pieces.iter().filter_map(|piece| if let What::Token(index) = piece.what { Some(index) } else { None });
        shown.map(|index| &tokens[index]).collect()
    }

    /// A number as it is printed.
    pub(super) fn printed(&self, token: &Token<'_>) -> &'f str {
        let (from, to) = self.place(token.span);
        self.text.get(from..to).unwrap_or_default()
    }

    /// Where `span`, a place in the stream, is in the line.
    pub(super) fn place(&self, span: Span) -> (usize, usize) {
        let within = |at: usize| at.saturating_sub(self.start).min(self.text.len());
        (within(span.start), within(span.end))
    }

    /// What is left out: progress that a carriage return overwrote, what is no text, and what is far from everything in a
    /// long line.
    fn hidden(&self) -> Vec<Piece> {
        let mut hidden = self.overwritten();
        self.hide_binary(&mut hidden);
        let gone: usize = hidden.iter().map(|piece| piece.to - piece.from).sum();
        if self.text.len() - gone > LONG {
            self.hide_far(&mut hidden);
        }
        hidden
    }

    /// The places that there is something to say about.
    fn noted(&self) -> Vec<(usize, usize)> {
        let claimed = self.tokens.iter().filter(|token| matches!(token.known, Known::Claimed(_))).map(|token| token.span);
        let mut noted: Vec<_> = claimed.chain(self.said.iter().map(|said| said.span)).map(|span| self.place(span)).collect();
        noted.sort_unstable();
        noted
    }

    fn overwritten(&self) -> Vec<Piece> {
        let noted = self.noted();
        let mut hidden: Vec<Piece> = Vec::new();
        let mut from = 0;
        for (at, _) in self.text.match_indices('\r') {
            let to = at + 1;
            let next = noted.partition_point(|(_, end)| *end <= from);
            if noted.get(next).is_none_or(|(start, _)| *start >= to) {
                match hidden.last_mut().filter(|last| last.to == from) {
                    Some(last) => last.to = to,
                    None => hidden.push(Piece { from, to, what: What::Text }),
                }
            }
            from = to;
        }
        for piece in &mut hidden {
            piece.what = What::Hidden(format!("⋯ {} bytes overwritten ⋯ ", piece.to - piece.from));
        }
        hidden
    }

    fn hide_binary(&self, hidden: &mut Vec<Piece>) {
        let is_text = |at: usize| self.raw[at] != 0 && (self.raw[at] < 0x80 || self.text.as_bytes()[at] == self.raw[at]);
        let mut binary = Vec::new();
        let mut at = 0;
        while at < self.raw.len() {
            let to = (at..self.raw.len()).find(|at| is_text(*at)).unwrap_or(self.raw.len());
            if to - at > FEW && is_free(hidden, at, to) {
                binary.push(Piece { from: at, to, what: What::Hidden(format!("⋯ {} bytes of no text ⋯", to - at)) });
            }
            at = to + 1;
        }
        hidden.extend(binary);
        hidden.sort_by_key(|piece| piece.from);
    }

    fn hide_far(&self, hidden: &mut Vec<Piece>) {
        let mut kept = self.noted();
        kept.extend(hidden.iter().map(|piece| (piece.from, piece.to)));
        kept.extend([(0, 0), (self.text.len(), self.text.len())]);
        kept.sort_unstable();
        let mut at = 0;
        for (start, end) in kept {
            let from = self.boundary(at + NEAR);
            let to = self.boundary(start.saturating_sub(NEAR));
            if from < to {
                hidden.push(Piece { from, to, what: What::Hidden(format!("⋯ {} bytes ⋯", to - from)) });
            }
            at = at.max(end);
        }
        hidden.sort_by_key(|piece| piece.from);
    }

    /// The next place where a character starts.
    fn boundary(&self, at: usize) -> usize {
        (at..self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
    }
}

/// Whether none of the pieces, which are in order, is in `[from, to)`.
fn is_free(pieces: &[Piece], from: usize, to: usize) -> bool {
    let next = pieces.partition_point(|piece| piece.to <= from);
    pieces.get(next).is_none_or(|piece| to <= piece.from)
}

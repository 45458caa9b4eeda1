use std::fmt::Write as _;
use std::ops::Range;

use anstyle::Style;

use crate::explain::facts::Known;
use crate::explain::glyph::{self, glyphs, tame};
use crate::explain::line::{Line, Piece, What};
use crate::style::Palette;

/// One character on the terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    c: char,
    style: Style,
    /// The byte of the line that it stands for.
    pub(super) at: usize,
    /// A line is not broken before it.
    solid: bool,
    /// A line is broken after it.
    last: bool,
}

impl Cell {
    pub(super) fn width(self) -> usize {
        glyph::width(self.c)
    }
}

/// `line` as it is shown; where there is no colour, brackets mark what is a metric.
pub(super) fn of_line(line: &Line<'_>, pieces: &[Piece], palette: &Palette, colour: bool) -> Vec<Cell> {
    let mut cells = Cells::default();
    for piece in pieces {
        let (from, to) = (piece.from, piece.to);
        let start = cells.all.len();
        match &piece.what {
            What::Text => cells.raw(line, from, to, Style::new()),
            What::Hidden(said) => cells.extra(said, from, palette.dim),
            What::Token(index) if !matches!(line.tokens[*index].known, Known::Claimed(_)) => {
                cells.raw(line, from, to, palette.dim);
            }
            What::Token(_) if colour => cells.raw(line, from, to, palette.mark),
            What::Token(_) => {
                cells.extra("«", from, Style::new());
                cells.raw(line, from, to, Style::new());
                cells.extra("»", to, Style::new());
            }
        }
        if piece.what != What::Text {
            cells.hold_together(start);
        }
    }
    cells.all
}

/// Text of our own.
pub(super) fn of_text<'t>(parts: impl IntoIterator<Item = (Style, &'t str)>) -> Vec<Cell> {
    let mut cells = Cells::default();
    for (style, text) in parts {
        cells.extra(&tame(text), 0, style);
    }
    cells.all
}

/// Text of our own that is not broken where it fits a row.
pub(super) fn of_word(style: Style, text: &str) -> Vec<Cell> {
    let mut cells = Cells::default();
    cells.extra(&tame(text), 0, style);
    cells.hold_together(0);
    cells.all
}

#[derive(Default)]
struct Cells {
    all: Vec<Cell>,
    column: usize,
}

impl Cells {
    fn raw(&mut self, line: &Line<'_>, from: usize, to: usize, style: Style) {
        for (at, c) in glyphs(&line.text[from..to], &line.raw[from..to]) {
            let at = from + at;
            if c == '\t' {
                (0..8 - self.column % 8).for_each(|_| self.push(Cell { c: ' ', style, at, solid: false, last: false }));
            } else {
                self.push(Cell { c, style, at, solid: false, last: c == '␍' });
            }
        }
    }

    fn extra(&mut self, text: &str, at: usize, style: Style) {
        text.chars().for_each(|c| self.push(Cell { c, style, at, solid: false, last: false }));
    }

    fn push(&mut self, cell: Cell) {
        self.column += cell.width();
        self.all.push(cell);
    }

    /// A row does not end between the cells from the one numbered `first` on.
    fn hold_together(&mut self, first: usize) {
        self.all.iter_mut().skip(first + 1).for_each(|cell| cell.solid = true);
    }
}

/// Where `cells` are broken so that no row is wider than `width`: after a blank or a separator where there is one, never
/// inside a number that fits a row.
pub(super) fn wrap(cells: &[Cell], width: usize) -> Vec<Range<usize>> {
    let width = width.max(2);
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (index, cell) in cells.iter().enumerate() {
        let full = used + cell.width() > width;
        if full || (index > start && cells[index - 1].last) {
            let at = if full { break_at(cells, start, index) } else { index };
            rows.push(start..at);
            start = at;
            used = columns(&cells[start..index]);
        }
        used += cell.width();
    }
    rows.push(start..cells.len());
    rows
}

/// The best place in `(start, full]` for a new row.
fn break_at(cells: &[Cell], start: usize, full: usize) -> usize {
    let half = start + (full - start) / 2;
    let after = |at: &usize| " ,;|)]}".contains(cells[at - 1].c) && !cells[*at].solid && cells[*at].c != ' ';
    let between = |at: &usize| !cells[*at].solid;
    (half.max(start + 1)..=full).rev().find(after).or_else(|| (start + 1..=full).rev().find(between)).unwrap_or(full)
}

pub(super) fn columns(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.width()).sum()
}

/// The cells without the blanks at their end.
pub(super) fn trimmed(cells: &[Cell]) -> &[Cell] {
    let blanks = cells.iter().rev().take_while(|cell| cell.c == ' ').count();
    &cells[..cells.len() - blanks]
}

/// The cells with their styles.
pub(super) fn painted(cells: &[Cell]) -> String {
    let mut text = String::with_capacity(cells.len() + 16);
    for same in cells.chunk_by(|a, b| a.style == b.style) {
        let style = same[0].style;
        // Writing into a string cannot fail.
        let _ = write!(text, "{style}");
        text.extend(same.iter().map(|cell| cell.c));
        let _ = write!(text, "{style:#}");
    }
    text
}

use anstyle::{Effects, Style};

use super::cells::{Cell, columns, of_text, of_word};
use crate::explain::facts::{Claim, Token};
use crate::explain::glyph::text_width;
use crate::explain::line::Line;
use crate::explain::reasons::Reason;
use crate::explain::sections::Label;
use crate::style::Palette;

/// What is said about some numbers of a line, on a row of its own.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) kind: Kind,
    pub(super) cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Metric,
    Ignored,
    Unexplained,
}

impl Note {
    pub(super) fn width(&self) -> usize {
        columns(&self.cells)
    }

    pub(super) fn of(reason: &Reason, palette: &Palette) -> Self {
        let kind = if reason.unexplained { Kind::Unexplained } else { Kind::Ignored };
        Self { kind, cells: of_text([(palette.dim, reason.text.as_str())]) }
    }
}

/// What `tokens`, some of the line's, have become; of the labels those that are not `known`.
pub(super) fn metrics(line: &Line<'_>, tokens: &[&Token<'_>], known: &[Label<'_>], palette: &Palette) -> Vec<Note> {
    let rows: Vec<Row<'_>> = tokens.iter().flat_map(|token| Row::of(line, token, known)).collect();
    let number = if rows.len() > 1 { rows.iter().map(|row| text_width(row.number)).max().unwrap_or(0) + 2 } else { 0 };
    let name = rows.iter().map(Row::name_width).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    rows.iter().map(|row| Note { kind: Kind::Metric, cells: row.cells(palette, number, name) }).collect()
}

/// Longer names stand out of their column.
const WIDEST: usize = 48;

/// One metric of a line.
struct Row<'a> {
    number: &'a str,
    name: &'a str,
    labels: String,
    value: String,
    remark: String,
}

impl<'a> Row<'a> {
    fn of<'f: 'a>(line: &Line<'f>, token: &'f Token<'f>, known: &[Label<'_>]) -> Vec<Self> {
        let number = line.printed(token);
        let row = |claim: &Claim<'f>| {
            let (value, remark) = claim.said();
            Row { number, name: claim.name(), labels: claim.labels(known), value, remark }
        };
        token.claims().iter().map(row).collect()
    }

    fn name_width(&self) -> usize {
        self.name.len() + text_width(&self.labels)
    }

    /// In columns for the number and the name.
    fn cells(&self, palette: &Palette, number: usize, name: usize) -> Vec<Cell> {
        let pad = |used: usize, width: usize| " ".repeat(width.saturating_sub(used));
        let shown = if number > 0 { self.number } else { "" };
        let before = pad(text_width(shown), number);
        let after = pad(self.name_width(), name);
        let gap = if self.value.is_empty() || self.remark.is_empty() { "" } else { " " };
        let plain = Style::new();
        let mut cells = of_text([
            (palette.mark.effects(Effects::new()), shown),
            (plain, before.as_str()),
            (palette.strong, self.name),
            (palette.dim, self.labels.as_str()),
            (plain, after.as_str()),
            (plain, "  "),
        ]);
        cells.extend(of_word(plain, &self.value));
        cells.extend(of_text([(plain, gap), (palette.doubt.effects(Effects::new()), self.remark.as_str())]));
        cells
    }
}

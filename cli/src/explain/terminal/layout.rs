use std::cmp::Reverse;
use std::io::{self, Write};

use super::cells::{columns, of_text, painted, trimmed, wrap};
use super::notes::{Kind, Note};
use super::said::Below;
use super::{Gutter, Row, Stream, blank};
use crate::style::Palette;

/// A blank, the sign of a note, and a blank.
const SIGN: usize = 3;
/// How far notes stand in when they stand below their line.
const INDENT: usize = 4;
/// How far a line may push its note out of the column.
const PUSH: usize = 6;

/// Where the notes stand: in a column beside the lines if most fit there, else below their line.
#[derive(Debug)]
pub(super) struct Layout {
    width: usize,
    column: Option<usize>,
}

impl Layout {
    /// For lines of these widths with notes of these widths, in `width` columns.
    pub(super) fn fit(sizes: impl Iterator<Item = (usize, usize)>, width: usize) -> Self {
        let sizes: Vec<(usize, usize)> = sizes.filter(|(_, note)| SIGN + note <= width).collect();
        let fit = |column: usize| {
            // To be beside the line counts, and to stand exactly in the column does too.
            let beside = sizes.iter().filter(|(line, note)| *line <= column.min(width - SIGN - note));
            let exact = beside.clone().filter(|(_, note)| column + SIGN + note <= width).count();
            let beside = beside.count();
            (beside + exact, Reverse(column), beside)
        };
        let best = (0..width).map(fit).max();
        // Two lines in three: were it fewer, the eye would jump between beside and below.
        let column =
            best.filter(|(.., beside)| *beside > 0 && 3 * beside >= 2 * sizes.len()).map(|(_, Reverse(column), _)| column);
        Self { width, column }
    }

    /// Prints a row of a line, and what is said about it.
    pub(super) fn print(&self, out: &mut dyn Write, to: &Stream<'_, '_>, row: &Row<'_, '_>) -> io::Result<()> {
        let used = columns(row.cells);
        let widest = row.notes.iter().map(Note::width).max().unwrap_or_default();
        let only_reasons = row.notes.iter().all(|note| note.kind != Kind::Metric);
        let text = painted(row.cells);
        if let (Some(at), [first, rest @ ..]) = (self.beside(used, widest, only_reasons), row.notes.as_slice()) {
            let sign = sign(first.kind, true, &to.screen.palette);
            to.row(out, row.gutter, &format!("{text}{} {sign} {}", blank(at - used), painted(&first.cells)))?;
            self.notes(out, to, rest, at, true)?;
            return self.said(out, to, &row.below);
        }
        to.row(out, row.gutter, &text)?;
        self.said(out, to, &row.below)?;
        let at = self.below(row).min(self.width.saturating_sub(SIGN + widest)).max(INDENT.min(self.width / 4));
        self.notes(out, to, &row.notes, at, self.column.is_some())
    }

    /// Where notes stand below a row, as far as they fit there: that on one number below the number.
    fn below(&self, row: &Row<'_, '_>) -> usize {
        let metrics = row.notes.iter().filter(|note| note.kind == Kind::Metric).count();
        match (self.column, row.claimed) {
            (Some(column), _) if metrics > 0 => column,
            (None, Some(claimed)) if metrics == 1 => {
                columns(row.cells.split(|cell| cell.at >= claimed).next().unwrap_or_default()).saturating_sub(1)
            }
            _ => INDENT,
        }
    }

    /// Where notes of this width stand beside a row of this width; `None` where they do not.
    fn beside(&self, used: usize, notes: usize, only_reasons: bool) -> Option<usize> {
        let last = self.width.checked_sub(SIGN + notes)?;
        match self.column {
            Some(column) if used <= column => (used <= last).then(|| if last < column { step(last).max(used) } else { column }),
            Some(column) => (used <= last && (used <= column + PUSH || only_reasons)).then_some(used),
            None => (only_reasons && used <= last).then_some(used),
        }
    }

    /// Notes on rows of their own, each further row of one two columns further in.
    fn notes(&self, out: &mut dyn Write, to: &Stream<'_, '_>, notes: &[Note], at: usize, beside: bool) -> io::Result<()> {
        for note in notes {
            let (sign, cells) = (sign(note.kind, beside, &to.screen.palette), &note.cells);
            let width = self.width.saturating_sub(at + SIGN + 2);
            let first = if note.width() <= width + 2 { width + 2 } else { width };
            for (index, row) in wrap(cells, first).into_iter().enumerate() {
                let before = if index == 0 { format!("{} {sign} ", blank(at)) } else { blank(at + SIGN + 2) };
                to.row(out, Gutter::Note, &format!("{before}{}", painted(trimmed(&cells[row]))))?;
            }
        }
        Ok(())
    }

    /// Diagnostics, each below its place.
    fn said(&self, out: &mut dyn Write, to: &Stream<'_, '_>, said: &[Below<'_>]) -> io::Result<()> {
        for below in said {
            let style = to.screen.palette.severity(below.diagnostic.severity);
            let one = format!("{} {}", below.carets, below.text);
            let cells = of_text([(style, one.as_str())]);
            if columns(&cells) <= self.width {
                to.row(out, Gutter::Note, &painted(&cells))?;
                continue;
            }
            let carets: String = below.carets.chars().take(self.width).collect();
            to.row(out, Gutter::Note, &format!("{style}{carets}{style:#}"))?;
            let cells = of_text([(style, below.text.as_str())]);
            for row in wrap(&cells, self.width.saturating_sub(INDENT)) {
                to.row(out, Gutter::Note, &format!("{}{}", blank(INDENT), painted(trimmed(&cells[row]))))?;
            }
        }
        Ok(())
    }
}

/// The same or a little less: notes that are too wide for their column line up in fewer places.
fn step(column: usize) -> usize {
    column - column % 4
}

/// What stands before a note.
fn sign(kind: Kind, beside: bool, palette: &Palette) -> String {
    let (style, sign) = match kind {
        Kind::Metric if beside => (palette.dim, "←"),
        Kind::Metric => (palette.dim, "└"),
        Kind::Ignored => (palette.dim, "·"),
        Kind::Unexplained => (palette.doubt, "?"),
    };
    format!("{style}{sign}{style:#}")
}

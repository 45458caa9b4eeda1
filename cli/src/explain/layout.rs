use std::io::{self, Write};

use super::line::{Line, Shown};
use crate::style::Palette;
use crate::table::width;

/// How wide a stream of text is taken for that is not looked at on a terminal.
pub(super) const WIDTH: usize = 100;
/// Between a line and what is said beside it.
const ARROW: &str = " ← ";
const ARROW_WIDTH: usize = 3;
/// Before what is said below a line.
const BELOW: &str = "    └ ";

/// Where the names of the numbers stand: in a column beside the lines, or near it, as far as they fit, else below their
/// line.
pub(super) struct Layout {
    width: usize,
    column: usize,
    colour: bool,
}

impl Layout {
    /// The column beside which most names fit.
    pub(super) fn fit<'t>(lines: impl Iterator<Item = Line<'t>>, width: usize, colour: bool) -> Self {
        let plain = Palette::default();
        let named: Vec<(usize, usize)> = lines
            .filter(|line| !line.marks.is_empty())
            .map(|line| (line.show(&plain, colour).width, longest(&line.names())))
            .filter(|(line, name)| line + ARROW_WIDTH + name <= width)
            .collect();
        let fits =
            |column: usize| named.iter().filter(|(line, name)| *line <= column && column + ARROW_WIDTH + name <= width).count();
        let column = (0..width).max_by_key(|column| (fits(*column), std::cmp::Reverse(*column))).unwrap_or_default();
        Self { width, column, colour }
    }

    pub(super) fn print(&self, out: &mut dyn Write, line: &Line<'_>, palette: &Palette) -> io::Result<()> {
        let shown = line.show(palette, self.colour);
        let names = line.names();
        let (dim, mark) = (palette.dim, palette.mark);
        write!(out, "{}", shown.text)?;
        if let Some(column) = self.beside(shown.width, longest(&names)) {
            let mut at = shown.width;
            for name in &names {
                let gap = " ".repeat(column - at);
                writeln!(out, "{gap}{dim}{ARROW}{dim:#}{mark}{name}{mark:#}")?;
                at = 0;
            }
            if names.is_empty() {
                writeln!(out)?;
            }
        } else {
            writeln!(out)?;
            for name in &names {
                writeln!(out, "{dim}{BELOW}{dim:#}{mark}{name}{mark:#}")?;
            }
        }
        self.print_said(out, line, &shown, palette)
    }

    /// Where names of this width stand beside a line of this width: as near to the column as they can; `None` where they do
    /// not fit at all.
    fn beside(&self, line: usize, names: usize) -> Option<usize> {
        let last = self.width.checked_sub(ARROW_WIDTH + names)?;
        (line <= last).then(|| self.column.clamp(line, last))
    }

    /// The diagnostics of a line, each below its place; one that is said of several places is said once.
    fn print_said(&self, out: &mut dyn Write, line: &Line<'_>, shown: &Shown, palette: &Palette) -> io::Result<()> {
        for same in line.said.chunk_by(|a, b| a.text == b.text) {
            let mut carets = String::new();
            for said in same {
                let (from, to) = line.columns(shown, said.span);
                carets.push_str(&" ".repeat(from.saturating_sub(carets.len())));
                carets.push_str(&"^".repeat(to.saturating_sub(from).clamp(1, self.width)));
            }
            let (style, text) = (palette.severity(same[0].severity), &same[0].text);
            let gap = if carets.len() + 1 + width(text) <= self.width { " " } else { "\n    " };
            writeln!(out, "{style}{carets}{gap}{text}{style:#}")?;
        }
        Ok(())
    }
}

fn longest(names: &[String]) -> usize {
    names.iter().map(|name| width(name)).max().unwrap_or_default()
}

//! The text on a terminal, each line with what is said about its numbers beside it or below it.
//!
//! - [`cells`]: the characters, and where a row ends
//! - [`notes`]: what is said about the numbers of a line
//! - [`said`]: the diagnostics of a line
//! - [`layout`]: where the notes stand

mod cells;
mod layout;
mod notes;
mod said;

use std::collections::BTreeSet;
use std::io::{self, Write};

use anstyle::Style;

use self::cells::{Cell, columns, of_line, of_text, painted, trimmed, wrap};
use self::layout::Layout;
use self::notes::Note;
use self::said::Below;
use super::line::{Line, lines};
use super::reasons::Reasons;
use super::report::{Part, Report};
use super::sections::{Label, Sections};
use crate::io::Look;
use crate::style::Palette;
use crate::table::braced;

/// How wide a text is made that is not looked at on a terminal.
const WIDTH: usize = 100;

pub(super) fn print(out: &mut dyn Write, look: Look, report: &Report<'_>) -> io::Result<()> {
    let screen = Screen { width: look.width.unwrap_or(WIDTH).max(20), palette: Palette::new(look.colour), colour: look.colour };
    let Palette { strong, dim, .. } = screen.palette;
    for diagnostic in report.placeless() {
        let style = screen.palette.severity(diagnostic.severity);
        let heading = format!("{}[{}]: ", diagnostic.severity, diagnostic.code);
        screen.text(out, [(style, heading.as_str()), (Style::new(), &diagnostic.message)], "    ")?;
    }
    for part in &report.parts {
        screen.text(out, [(strong, part.name.as_str()), (dim, &format!(" ({})", part.how))], "    ")?;
        Stream::new(&screen, part).print(out)?;
    }
    screen.summary(out, report)
}

/// Where it is shown.
struct Screen {
    width: usize,
    palette: Palette,
    colour: bool,
}

impl Screen {
    /// Writes text that may be wider than a row; the further rows begin with `indent`.
    fn text<'t>(&self, out: &mut dyn Write, parts: impl IntoIterator<Item = (Style, &'t str)>, indent: &str) -> io::Result<()> {
        let cells = of_text(parts);
        for (index, row) in wrap(&cells, self.width - indent.len()).into_iter().enumerate() {
            writeln!(out, "{}{}", if index == 0 { "" } else { indent }, painted(trimmed(&cells[row])))?;
        }
        Ok(())
    }

    fn summary(&self, out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
        let Palette { strong, dim, .. } = self.palette;
        let summary = &report.summary;
        let (metrics, rest) = (format!("metrics: {}", report.extraction.metrics.len()), format!("; {summary}"));
        self.text(out, [(strong, metrics.as_str()), (Style::new(), rest.as_str())], "    ")?;
        for (why, count) in summary.reasons() {
            self.text(out, [(dim, format!("{count:6}  {why}").as_str())], "        ")?;
        }
        match report.legend() {
            Some(legend) => self.text(out, [(dim, legend.as_str())], "    "),
            None => Ok(()),
        }
    }
}

/// One stream, being printed.
struct Stream<'s, 'a> {
    screen: &'s Screen,
    part: &'a Part<'a>,
    sections: Sections<'a>,
    /// Columns of the line numbers.
    digits: usize,
    /// Columns right of them.
    width: usize,
    reasons: Reasons<'a>,
    said: BTreeSet<(&'static str, &'a str)>,
}

impl<'s, 'a> Stream<'s, 'a> {
    fn new(screen: &'s Screen, part: &'a Part<'a>) -> Self {
        let count = lines(&part.text, &part.facts).count();
        let digits = count.to_string().len();
        Self {
            screen,
            part,
            sections: Sections::of(lines(&part.text, &part.facts)),
            digits,
            width: screen.width - digits - GUTTER,
            reasons: Reasons::new(part.facts.any_metric()),
            said: BTreeSet::new(),
        }
    }

    fn print(mut self, out: &mut dyn Write) -> io::Result<()> {
        let layout = self.layout();
        for line in lines(&self.part.text, &self.part.facts) {
            if let Some(labels) = self.sections.starting(line.number) {
                self.heading(out, labels)?;
            }
            self.line(out, &line, &layout)?;
        }
        Ok(())
    }

    /// The layout in which most lines have their notes beside them.
    fn layout(&self) -> Layout {
        let sizes = lines(&self.part.text, &self.part.facts).filter_map(|line| {
            let pieces = line.pieces();
            let known = self.sections.at(line.number);
            let notes = notes::metrics(&line, &line.shown(&pieces), known, &self.screen.palette);
            let named = notes.iter().map(Note::width).max()?;
            Some((columns(&of_line(&line, &pieces, &self.screen.palette, self.screen.colour)), named))
        });
        Layout::fit(sizes, self.width)
    }

    /// Says which labels all metrics have from here on.
    fn heading(&self, out: &mut dyn Write, labels: &[Label<'_>]) -> io::Result<()> {
        let dim = self.screen.palette.dim;
        let labels = braced(labels.iter().copied());
        let with = if labels.is_empty() { " with no common label" } else { " with " };
        let cells = of_text([(dim, with), (Style::new(), labels.as_str())]);
        for (index, row) in wrap(&cells, self.width - 1).into_iter().enumerate() {
            let tee = if index == 0 { "├──" } else { "│  " };
            writeln!(out, "{dim}{:digits$} {tee}{dim:#}{}", "", painted(&cells[row]), digits = self.digits)?;
        }
        Ok(())
    }

    fn line(&mut self, out: &mut dyn Write, line: &Line<'a>, layout: &Layout) -> io::Result<()> {
        let pieces = line.pieces();
        let cells = of_line(line, &pieces, &self.screen.palette, self.screen.colour);
        let tokens = line.shown(&pieces);
        let rows = wrap(&cells, self.width);
        let (mut left, mut said) = (tokens.as_slice(), line.said);
        for (index, row) in rows.iter().enumerate() {
            let end = rows.get(index + 1).map_or(usize::MAX, |next| cells[next.start].at);
            let here = front(&mut left, |token| line.place(token.span).0 < end);
            let below =
                said::below(line, &cells[row.clone()], front(&mut said, |said| line.place(said.span).0 < end), &mut self.said);
            let mut notes = notes::metrics(line, here, self.sections.at(line.number), &self.screen.palette);
            if index + 1 == rows.len() {
                notes.extend(self.reasons.of(line, &tokens).iter().map(|reason| Note::of(reason, &self.screen.palette)));
            }
            let claimed = here.iter().find(|token| !token.claims().is_empty()).map(|token| line.place(token.span).0);
            let gutter = if index == 0 { Gutter::Line(line.number) } else { Gutter::More };
            layout.print(out, self, &Row { gutter, cells: &cells[row.clone()], claimed, notes, below })?;
        }
        Ok(())
    }
}

/// Takes those off the front of `left` for which `is` holds.
fn front<'l, T>(left: &mut &'l [T], is: impl Fn(&T) -> bool) -> &'l [T] {
    let (front, rest) = left.split_at(left.partition_point(is));
    *left = rest;
    front
}

/// A row of a line, and what is said about it.
struct Row<'r, 'a> {
    gutter: Gutter,
    cells: &'r [Cell],
    /// Where the first number in it is that became a metric.
    claimed: Option<usize>,
    notes: Vec<Note>,
    below: Vec<Below<'a>>,
}

/// What stands before a row.
#[derive(Clone, Copy, Debug)]
enum Gutter {
    Line(usize),
    /// The line goes on.
    More,
    /// Something about the line.
    Note,
}

/// Columns between a line's number and its text.
const GUTTER: usize = 3;

impl Stream<'_, '_> {
    fn gutter(&self, gutter: Gutter) -> String {
        let (dim, digits) = (self.screen.palette.dim, self.digits);
        match gutter {
            Gutter::Line(number) => format!("{dim}{number:digits$} │{dim:#} "),
            Gutter::More => format!("{dim}{:>digits$} │{dim:#} ", "⋮"),
            Gutter::Note => format!("{dim}{:digits$} │{dim:#} ", ""),
        }
    }

    fn row(&self, out: &mut dyn Write, gutter: Gutter, text: &str) -> io::Result<()> {
        let row = format!("{}{text}", self.gutter(gutter));
        writeln!(out, "{}", row.trim_end_matches(' '))
    }
}

fn blank(columns: usize) -> String {
    " ".repeat(columns)
}

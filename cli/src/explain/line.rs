use std::fmt::Write as _;

use anstyle::Style;
use prill_core::Span;

use super::marks::{Mark, Marks, Said};
use super::numbers;
use crate::style::Palette;
use crate::table::width;

/// Longer lines are shown around their metrics only.
const LONG: usize = 2000;
/// How many bytes around a metric are shown of a long line.
const AROUND: usize = 60;

/// One line of a stream, with what is known of its numbers.
pub(super) struct Line<'t> {
    text: &'t str,
    start: usize,
    parts: Vec<Part>,
    pub(super) marks: &'t [Mark],
    pub(super) said: &'t [Said],
    /// The numbers that are no metric, and why where that is on purpose.
    pub(super) others: Vec<Option<&'static str>>,
}

/// Bytes of a line that look the same.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    what: What,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Metric,
    Number,
    /// Left out.
    Hidden,
}

/// A line as it is printed.
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) width: usize,
    /// The column of each byte of the line, and of its end.
    columns: Vec<usize>,
}

impl<'t> Line<'t> {
    /// The line `text`, which starts at byte `start` of its stream and ends, its line end included, at `end`.
    pub(super) fn new(text: &'t str, start: usize, end: usize, marks: &'t Marks) -> Self {
        let metrics = marks.between(start, end);
        let mut parts: Vec<Part> = Vec::new();
        for mark in metrics {
            let (from, to) = (mark.span.start - start, (mark.span.end - start).min(text.len()));
            if from < to && parts.last().is_none_or(|last| last.end <= from) {
                parts.push(Part { start: from, end: to, what: What::Metric });
            }
        }
        let mut others = Vec::new();
        let named = parts.len();
        for (from, to) in numbers::find(text) {
            let next = parts[..named].partition_point(|part| part.end <= from);
            if parts[..named].get(next).is_none_or(|part| part.start >= to) {
                others.push(marks.ignored(Span::new(start + from, start + to)));
                parts.push(Part { start: from, end: to, what: What::Number });
            }
        }
        let mut line = Self { text, start, parts, marks: metrics, said: marks.said_between(start, end), others };
        if text.len() > LONG {
            line.hide();
        }
        line.parts.sort_unstable_by_key(|part| part.start);
        line
    }

    /// What is to be said beside the line: the name of each number, and the number before it where there are several.
    pub(super) fn names(&self) -> Vec<String> {
        let named = || self.marks.iter().filter_map(|mark| Some((self.token(mark.span), mark.name.as_deref()?)));
        let several = named().count() > 1;
        let wide = named().map(|(token, _)| token.len()).max().unwrap_or_default();
        named().map(|(token, name)| if several { format!("{token:wide$}  {name}") } else { name.to_owned() }).collect()
    }

    /// The columns from which and up to which `span`, a place in the stream, is shown.
    pub(super) fn columns(&self, shown: &Shown, span: Span) -> (usize, usize) {
        let column = |at: usize| shown.columns.get(at.saturating_sub(self.start)).copied().unwrap_or(shown.width);
        let last = column(span.end.saturating_sub(1).max(span.start));
        (column(span.start), if span.is_empty() { last } else { (last + 1).min(shown.width) })
    }

    /// The line with its metrics marked; by brackets where there is no colour.
    pub(super) fn show(&self, palette: &Palette, colour: bool) -> Shown {
        let mut shown = Shown { text: String::with_capacity(self.text.len() + 32), width: 0, columns: Vec::new() };
        let mut at = 0;
        for part in &self.parts {
            let (mark, dim) = (palette.mark, palette.dim);
            shown.raw(&self.text[at..part.start]);
            match part.what {
                What::Metric if colour => shown.styled(mark, |shown| shown.raw(&self.text[part.start..part.end])),
                What::Metric => {
                    shown.extra("«");
                    shown.raw(&self.text[part.start..part.end]);
                    shown.extra("»");
                }
                What::Number => shown.styled(dim, |shown| shown.raw(&self.text[part.start..part.end])),
                What::Hidden => {
                    shown.columns.extend(std::iter::repeat_n(shown.width, part.end - part.start));
                    shown.styled(dim, |shown| shown.extra(&format!("⋯ {} bytes ⋯", part.end - part.start)));
                }
            }
            at = part.end;
        }
        shown.raw(&self.text[at..]);
        shown.columns.push(shown.width);
        shown
    }

    fn token(&self, span: Span) -> &'t str {
        let end = (span.end - self.start).min(self.text.len());
        self.text.get(span.start - self.start..end).unwrap_or_default()
    }

    /// Leaves out of a long line what is far from everything that there is to say about it.
    fn hide(&mut self) {
        let said = self.said.iter().map(|said| (said.span.start, said.span.end));
        let marks = self.marks.iter().map(|mark| (mark.span.start, mark.span.end));
        let mut kept: Vec<(usize, usize)> = said.chain(marks).map(|(a, b)| (a - self.start, b - self.start)).collect();
        kept.extend([(0, 0), (self.text.len(), self.text.len())]);
        kept.sort_unstable();
        let mut at = 0;
        for (start, end) in kept {
            let from = self.boundary(at + AROUND);
            let to = self.boundary(start.saturating_sub(AROUND));
            if from < to {
                self.parts.retain(|part| part.end <= from || part.start >= to);
                self.parts.push(Part { start: from, end: to, what: What::Hidden });
            }
            at = at.max(end);
        }
    }

    /// The next place where a character starts.
    fn boundary(&self, at: usize) -> usize {
        (at..self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
    }
}

impl Shown {
    /// Text of the line; control characters are shown as their pictures, tabs as spaces.
    fn raw(&mut self, text: &str) {
        for c in text.chars() {
            self.columns.extend(std::iter::repeat_n(self.width, c.len_utf8()));
            match c {
                '\t' => {
                    let spaces = 8 - self.width % 8;
                    self.extra(&" ".repeat(spaces));
                }
                '\0'..='\x1f' => self.extra(char::from_u32(0x2400 + u32::from(c)).unwrap_or('?').encode_utf8(&mut [0; 4])),
                _ => self.extra(c.encode_utf8(&mut [0; 4])),
            }
        }
    }

    /// Text that is not the line's.
    fn extra(&mut self, text: &str) {
        self.text.push_str(text);
        self.width += width(text);
    }

    fn styled(&mut self, style: Style, fill: impl FnOnce(&mut Self)) {
        let _ = write!(self.text, "{style}");
        fill(self);
        let _ = write!(self.text, "{style:#}");
    }
}

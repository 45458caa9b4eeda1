use std::collections::BTreeSet;

use prill_core::Diagnostic;

use super::cells::{Cell, columns};
use crate::explain::facts::Said;
use crate::explain::line::Line;

/// What is said below a row: marks under the places that it is about, and the text.
#[derive(Debug, PartialEq)]
pub(super) struct Below<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) carets: String,
    pub(super) text: String,
}

/// The diagnostics `said`, which begin in the row that is `row`; one that is said of several places is said once, and one
/// that is in `before` only by its code.
pub(super) fn below<'a>(
    line: &Line<'a>,
    row: &[Cell],
    said: &[Said<'a>],
    before: &mut BTreeSet<(&'static str, &'a str)>,
) -> Vec<Below<'a>> {
    let same =
        |a: &Said<'_>, b: &Said<'_>| (a.diagnostic.code, &a.diagnostic.message) == (b.diagnostic.code, &b.diagnostic.message);
    let below = said.chunk_by(same).map(|group| {
        let diagnostic = group[0].diagnostic;
        let places: Vec<(usize, usize)> = group.iter().map(|said| line.place(said.span)).collect();
        let new = before.insert((diagnostic.code, &diagnostic.message));
        let heading = format!("{}[{}]", diagnostic.severity, diagnostic.code);
        let text = if new { format!("{heading}: {}", diagnostic.message) } else { format!("{heading}, as above") };
        Below { diagnostic, carets: carets(row, &places), text }
    });
    below.collect()
}

/// `^` in each column of a byte in `places`; a place without a byte has one where it would be.
fn carets(row: &[Cell], places: &[(usize, usize)]) -> String {
    let mut marks = String::new();
    for (index, cell) in row.iter().enumerate() {
        let first = index == 0 || row[index - 1].at < cell.at;
        let under = places.iter().any(|(start, end)| match start == end {
            true => first && cell.at == *start,
            false => (*start..*end).contains(&cell.at),
        });
        marks.extend(std::iter::repeat_n(if under { '^' } else { ' ' }, cell.width()));
    }
    marks.truncate(marks.trim_end().len());
    if marks.is_empty() {
        marks = format!("{}^", " ".repeat(columns(row)));
    }
    marks
}

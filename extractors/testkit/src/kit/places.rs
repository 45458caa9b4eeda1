use prill_core::extract::Captures;
use prill_core::{Extraction, Span};

use super::{Finding, Kit};
use crate::invariant;

pub(super) const WHOLE: &str =
    "push the token as a slice of the text, all of it: sign, digits, point; MetricSink knows its place";

pub(super) fn check(kit: &Kit) -> Vec<Finding> {
    kit.each(|case, extraction| wrong(&case.name, extraction, &case.captures()))
}

/// What is wrong with the places of an extraction.
pub(super) fn wrong(place: &str, extraction: &Extraction, captures: &Captures<'_>) -> Vec<Finding> {
    let mut causes = invariant::places(extraction, captures);
    causes.extend(halves(extraction, captures));
    causes.into_iter().map(|cause| Finding::new(place, cause, WHOLE)).collect()
}

fn halves(extraction: &Extraction, captures: &Captures<'_>) -> Vec<String> {
    let mut halves = Vec::new();
    for metric in extraction.metrics.iter() {
        let pieces = captures.pieces(metric.stream());
        let Some(piece) = pieces.iter().rfind(|piece| piece.offset <= metric.span().start) else { continue };
        let span = Span::new(metric.span().start - piece.offset, metric.span().end - piece.offset);
        if let Some(whole) = larger(span, &piece.bytes) {
            halves.push(format!("{metric:?} is a part of `{}`", String::from_utf8_lossy(whole.of(&piece.bytes))));
        }
    }
    halves
}

/// The number that `span` is only a part of: a digit stands beside it, or its sign before it.
fn larger(span: Span, bytes: &[u8]) -> Option<Span> {
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let point = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'.');
    // Zeros in front are padding: `01.50` is 1.50.
    let padding = bytes[..span.start].iter().rev().take_while(|b| **b == b'0').count();
    let start = span.start - padding;
    let (before, second) = (start.checked_sub(1), start.checked_sub(2));
    let starts = bytes.get(span.start).is_some_and(u8::is_ascii_digit);
    let head = starts && (digit(before) || point(before) && digit(second));
    let minus =
        starts && before.is_some_and(|at| bytes[at] == b'-') && second.is_none_or(|at| b" \t\n=:([,".contains(&bytes[at]));
    let tail = digit(Some(span.end)) || point(Some(span.end)) && digit(Some(span.end + 1));
    (head || minus || tail).then(|| {
        let part = |b: &u8| b.is_ascii_digit() || *b == b'.';
        let start = bytes[..span.start].iter().rposition(|b| !part(b)).map_or(0, |at| at + 1) - usize::from(minus);
        let end = bytes[span.end..].iter().position(|b| !part(b)).map_or(bytes.len(), |at| span.end + at);
        Span::new(start, end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_number_is_told_from_a_whole_one() {
        let whole = |text: &str, start, end| {
            larger(Span::new(start, end), text.as_bytes()).map(|span| text[span.start..span.end].to_owned())
        };
        for (text, start, end, found) in [
            ("p99 431 us", 4, 7, None),
            ("p99 431 us", 4, 6, Some("431")),
            ("p99 431 us", 5, 7, Some("431")),
            ("1.25", 0, 1, Some("1.25")),
            ("1.25", 2, 4, Some("1.25")),
            ("x -3", 3, 4, Some("-3")),
            ("x -3", 2, 4, None),
            ("2-3", 2, 3, None),
            ("took 5.", 5, 6, None),
            ("1,2,3", 2, 3, None),
            ("0:01.50", 3, 7, None),
            ("101.50", 2, 6, Some("101.50")),
            ("0.05", 3, 4, Some("0.05")),
        ] {
            assert_eq!(whole(text, start, end).as_deref(), found, "{text} {start}..{end}");
        }
    }
}

use prill_core::extract::Captures;
use prill_core::{Extraction, Metric, Span, Stream};

use super::{Finding, Kit, finding};

/// What is put into a text before a byte of it.
struct Put {
    at: usize,
    what: &'static [u8],
}

/// Outputs with CRLF line ends.
pub(super) fn line_ends(kit: &Kit) -> Vec<Finding> {
    let remedy = "read lines by Text::lines, which knows CRLF";
    dressed(kit, "with CRLF line ends", remedy, |bytes| {
        let feeds =
            (0..bytes.len()).filter(|at| bytes[*at] == b'\n' && at.checked_sub(1).map(|before| bytes[before]) != Some(b'\r'));
        feeds.map(|at| Put { at, what: b"\r" }).collect()
    })
}

/// Outputs whose lines are coloured, as terminals and CI logs do. Escapes are spaces to an extractor.
pub(super) fn colours(kit: &Kit) -> Vec<Finding> {
    let remedy = "read lines by Text::lines, or parts by Text::bare: both leave out what takes no room on a terminal";
    dressed(kit, "with coloured lines", remedy, |bytes| {
        let lines = lines(bytes).filter(|(start, end)| start < end);
        lines.flat_map(|(start, end)| [Put { at: start, what: b"\x1b[32m" }, Put { at: end, what: b"\x1b[0m" }]).collect()
    })
}

/// Outputs with bytes that are no UTF-8.
pub(super) fn bad_bytes(kit: &Kit) -> Vec<Finding> {
    let remedy = "read lines by Text::lines, or parts by Text::bare: both leave out bytes at the ends that are no text";
    dressed(kit, "with bytes that are no UTF-8", remedy, |bytes| {
        lines(bytes).map(|(_, end)| Put { at: end, what: b"\xff" }).collect()
    })
}

/// Where the lines that are ended start and end, without their line ends.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut start = 0;
    bytes.split_inclusive(|b| *b == b'\n').filter(|line| line.ends_with(b"\n")).map(move |line| {
        let from = start;
        start += line.len();
        (from, start - if line.ends_with(b"\r\n") { 2 } else { 1 })
    })
}

fn dressed(kit: &Kit, how: &str, remedy: &str, puts: impl Fn(&[u8]) -> Vec<Put>) -> Vec<Finding> {
    kit.each(|case, plain| {
        let place = format!("{} {how}", case.name);
        let puts: Vec<(&Stream, Vec<Put>)> = case.streams.iter().map(|(stream, bytes)| (stream, puts(bytes))).collect();
        let streams = puts.iter().map(|(stream, puts)| ((*stream).clone(), put(case.bytes(stream), puts)));
        let captures = streams.fold(Captures::new(), |captures, (stream, bytes)| captures.with(stream, bytes));
        let captures = case.argv.iter().fold(captures, |captures, argv| captures.with_argv(&argv[..]));
        match kit.try_extract(&captures) {
            Ok(other) => {
                let moved = |m: Metric<'_>| {
                    puts.iter().find(|(s, _)| *s == m.stream()).map_or(m.span(), |(_, puts)| moved(m.span(), puts))
                };
                difference(plain, &other, moved).map(|cause| Finding::new(place, cause, remedy)).into_iter().collect()
            }
            Err(panic) => vec![Finding::new(place, panic, finding::NO_PANIC)],
        }
    })
}

fn put(bytes: &[u8], puts: &[Put]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + puts.iter().map(|put| put.what.len()).sum::<usize>());
    let mut done = 0;
    for put in puts {
        out.extend_from_slice(&bytes[done..put.at]);
        out.extend_from_slice(put.what);
        done = put.at;
    }
    out.extend_from_slice(&bytes[done..]);
    out
}

/// Where `span` is after the puts: what is put at its start moves it, what is put at its end does not.
fn moved(span: Span, puts: &[Put]) -> Span {
    let before = |at: usize| puts[..puts.partition_point(|put| put.at <= at)].iter().map(|put| put.what.len()).sum::<usize>();
    let shift = before(span.start);
    Span::new(span.start + shift, span.end + shift)
}

/// The first metric that is not the same, and otherwise the first that is lost or new.
fn difference(plain: &Extraction, other: &Extraction, moved: impl Fn(Metric<'_>) -> Span) -> Option<String> {
    let same = |a: Metric<'_>, b: Metric<'_>| {
        let words = a.to_string() == b.to_string() && a.unit() == b.unit() && a.polarity() == b.polarity();
        words && a.value() == b.value() && a.stream() == b.stream() && moved(a) == b.span()
    };
    let mut pairs = plain.metrics.iter().zip(other.metrics.iter());
    if let Some((a, b)) = pairs.find(|(a, b)| !same(*a, *b)) {
        return Some(format!("{a:?}, which should now be at {}, became {b:?}", moved(a)));
    }
    let (before, after) = (plain.metrics.len(), other.metrics.len());
    if before != after {
        let said = other.diagnostics.first().map(|d| format!(" ({d})")).unwrap_or_default();
        let odd = plain.metrics.iter().nth(after).or_else(|| other.metrics.iter().nth(before));
        return Some(format!("{before} metrics became {after}{said}, from {:?} on", odd?));
    }
    let codes = |e: &Extraction| e.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>();
    (codes(plain) != codes(other)).then(|| format!("the diagnostics {:?} became {:?}", codes(plain), codes(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_move_with_what_is_put_before_them() {
        let puts = [Put { at: 0, what: b"--" }, Put { at: 3, what: b"+" }];
        assert_eq!(put(b"ab 5\n", &puts), b"--ab +5\n");
        assert_eq!(moved(Span::new(3, 4), &puts), Span::new(6, 7));
        assert_eq!(moved(Span::new(1, 3), &puts), Span::new(3, 5));
    }

    #[test]
    fn lines_are_found_without_their_ends() {
        assert_eq!(lines(b"a\n\nbc\r\nd").collect::<Vec<_>>(), [(0, 1), (2, 2), (3, 5)]);
    }
}

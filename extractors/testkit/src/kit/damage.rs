use std::collections::{BTreeSet, HashMap};

use prill_core::extract::Captures;
use prill_core::{Extraction, Span, Stream};

use super::{Finding, Kit, finding, places};
use crate::Case;
use crate::invariant::identities;

/// How many bytes of shortened outputs are read of one format, so that the tests of all formats stay fast. With the
/// variable `PRILL_TESTKIT=all` all are.
const BYTES: usize = 3 << 20;

/// After so many findings no more are looked for: panics are slow.
const ENOUGH: usize = 40;

/// Outputs that end too early: at each byte, of large ones at bytes spread over them.
pub(super) fn prefixes(kit: &Kit) -> Vec<Finding> {
    let values = |case: &Case| {
        let whole = kit.try_extract(&case.captures()).ok()?;
        Some(whole.metrics.iter().map(|m| ((m.stream().clone(), m.span()), m.value())).collect())
    };
    let values: Vec<Values> = kit.cases.iter().map(|case| values(case).unwrap_or_default()).collect();
    let shorten = |bytes: &[u8], at: usize| bytes[..at].to_vec();
    each_shorter(kit, BYTES, shorten, |cut| {
        let place = format!("{} with {} cut at {}", cut.case.name, cut.stream, cut.at);
        let mut findings = broken(&place, cut);
        if let Ok(extraction) = &cut.extraction {
            let whole = cut.case.bytes(cut.stream);
            let digit = |at: usize| whole.get(at).is_some_and(u8::is_ascii_digit);
            let goes_on = digit(cut.at) || whole.get(cut.at) == Some(&b'.') && digit(cut.at + 1);
            for metric in extraction.metrics.iter().filter(|m| m.stream() == cut.stream) {
                let known = values[cut.number].get(&(cut.stream.clone(), metric.span()));
                if goes_on && metric.span().end == cut.at {
                    findings.push(Finding::new(&place, format!("half a number: {metric:?}"), HALF));
                } else if let Some(known) = known.filter(|known| **known != metric.value()) {
                    let remedy = "read a number's unit where it stands: a line, a column head or the command before it";
                    findings.push(Finding::new(&place, format!("{metric:?} was {known} in the whole"), remedy));
                }
            }
        }
        findings
    })
}

/// The value of each number of a whole output, by its place.
type Values = HashMap<(Stream, Span), f64>;

const HALF: &str = "a number at the end of a line that is not ended (`Line::ended`) may be half a number: leave it out";

/// Outputs that lost one byte: any of small ones, of large ones some.
pub(super) fn lost_bytes(kit: &Kit) -> Vec<Finding> {
    let shorten = |bytes: &[u8], at: usize| [&bytes[..at], &bytes[at + 1..]].concat();
    each_shorter(kit, BYTES / 2, shorten, |cut| {
        broken(&format!("{} with {} without byte {}", cut.case.name, cut.stream, cut.at), cut)
    })
}

/// An output of which a stream was made shorter, and what came of it.
struct Shorter<'c> {
    case: &'c Case,
    /// The case's number.
    number: usize,
    stream: &'c Stream,
    /// Where it was made shorter.
    at: usize,
    captures: Captures<'c>,
    /// What the extractor says when it panics.
    extraction: Result<Extraction, String>,
}

/// What `look` finds in each case when a stream of it is made shorter by `shorten`, at each byte as long as the `budget` lasts.
fn each_shorter(
    kit: &Kit,
    budget: usize,
    shorten: impl Fn(&[u8], usize) -> Vec<u8>,
    look: impl Fn(&Shorter<'_>) -> Vec<Finding>,
) -> Vec<Finding> {
    let cases = kit.cases.iter().enumerate();
    let streams: Vec<_> = cases.flat_map(|(i, case)| case.streams.iter().map(move |(s, b)| (i, case, s, b))).collect();
    let lengths: Vec<usize> = streams.iter().map(|(.., bytes)| bytes.len()).collect();
    let share = share(&lengths, budget);
    let mut findings = Vec::new();
    for (number, case, stream, bytes) in streams {
        for at in positions(bytes.len(), share) {
            let captures = with(case, stream, shorten(bytes, at));
            let extraction = kit.try_extract(&captures);
            findings.extend(look(&Shorter { case, number, stream, at, captures, extraction }));
            if findings.len() >= ENOUGH {
                return findings;
            }
        }
    }
    findings
}

/// How many bytes each stream may cost when all together may cost `budget`: what small ones leave over goes to the others.
fn share(lengths: &[usize], budget: usize) -> usize {
    if std::env::var("PRILL_TESTKIT").is_ok_and(|value| value == "all") {
        return usize::MAX;
    }
    let mut costs: Vec<usize> = lengths.iter().map(|len| len * len).collect();
    costs.sort_unstable();
    let mut left = budget;
    for (i, cost) in costs.iter().enumerate() {
        let share = left / (costs.len() - i);
        if *cost > share {
            return share;
        }
        left -= cost;
    }
    usize::MAX
}

/// The bytes of a text of `len` at which it is shortened: as many as `bytes` read bytes allow.
fn positions(len: usize, bytes: usize) -> BTreeSet<usize> {
    let count = bytes.checked_div(len).unwrap_or_default().clamp(1, len.max(1));
    (0..count).map(|i| i * len / count).filter(|at| *at < len).chain(len.checked_sub(1)).collect()
}

fn with<'c>(case: &'c Case, stream: &Stream, bytes: Vec<u8>) -> Captures<'c> {
    let mut bytes = Some(bytes);
    let captures =
        case.streams.iter().fold(Captures::new(), |captures, (known, whole)| match bytes.take_if(|_| known == stream) {
            Some(short) => captures.with(known.clone(), short),
            None => captures.with(known.clone(), &whole[..]),
        });
    match &case.argv {
        Some(argv) => captures.with_argv(&argv[..]),
        None => captures,
    }
}

/// What holds whatever the text is.
fn broken(place: &str, cut: &Shorter<'_>) -> Vec<Finding> {
    let extraction = match &cut.extraction {
        Ok(extraction) => extraction,
        Err(panic) => return vec![Finding::new(place, panic, finding::NO_PANIC)],
    };
    let mut findings = places::wrong(place, extraction, &cut.captures);
    let twice = identities(extraction);
    findings.extend(twice.into_iter().map(|cause| Finding::new(place, cause, "label what tells them apart")));
    if extraction.metrics.is_empty() && extraction.diagnostics.is_empty() {
        findings.push(Finding::new(place, "no metric, and nothing says why", "return ExtractError::NotFound or Truncated"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_outputs_are_cut_at_each_byte_and_large_ones_all_over() {
        assert_eq!(positions(5, usize::MAX), BTreeSet::from([0, 1, 2, 3, 4]));
        assert_eq!(positions(100, 300), BTreeSet::from([0, 33, 66, 99]));
        assert_eq!(positions(0, 300), BTreeSet::new());
        assert_eq!(share(&[10, 10, 1000], 100_200), 100_000, "what small ones leave over");
        assert_eq!(share(&[10], 100), usize::MAX);
    }
}

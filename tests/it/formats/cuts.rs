use std::collections::BTreeSet;

use prill_core::extract::{self, Captures};
use prill_core::{Extractor, Stream};
use prill_testkit::{Case, invariants};

use super::{all_cases, assert_none, name, registry};

/// Cuts of one stream that are tried; a prime, so that they fall on different parts of repeating rows.
const CUTS: usize = 61;

#[test]
fn an_output_that_ends_too_early_gives_no_half_number() {
    let registry = registry();
    let mut wrong = Vec::new();
    for case in all_cases() {
        let format = registry.get(&case.group).unwrap();
        for (stream, bytes) in &case.streams {
            let ends: BTreeSet<usize> = (1..CUTS).map(|i| bytes.len() * i / CUTS).chain(bytes.len().checked_sub(1)).collect();
            wrong.extend(ends.into_iter().flat_map(|end| half_numbers(&case, format, stream, end)));
        }
    }
    assert_none(&wrong);
}

/// What is wrong with what `format` finds when `stream` of `case` ends at `end`.
fn half_numbers(case: &Case, format: &dyn Extractor, stream: &Stream, end: usize) -> Vec<String> {
    let cut = |(s, bytes): &'_ (Stream, Vec<u8>)| {
        let kept = if s == stream { &bytes[..end] } else { bytes.as_slice() };
        (s.clone(), kept.to_vec())
    };
    let captures = case.streams.iter().map(cut).fold(Captures::new(), |c, (s, bytes)| c.with(s, bytes));
    let extraction = extract::run(format, &captures, &[]);
    let whole = case.bytes(stream);
    let goes_on =
        whole.get(end).is_some_and(|b| b.is_ascii_digit() || *b == b'.' && whole.get(end + 1).is_some_and(u8::is_ascii_digit));
    let halves = extraction.metrics.iter().filter(|m| goes_on && m.stream() == stream && m.span().end == end);
    let mut wrong: Vec<String> = halves.map(|m| format!("half a number: {m:?}")).collect();
    wrong.extend(invariants(&extraction, &captures));
    wrong.into_iter().map(|w| format!("{} with {stream} cut at {end}: {w}", name(case))).collect()
}

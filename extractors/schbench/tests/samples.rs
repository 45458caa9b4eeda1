//! Every recorded output gives every number that its `expect.json` lists, and no prefix or one-byte loss breaks the reader.

use std::path::Path;

use prill_core::extract::{Captures, run};
use prill_core::{Extraction, Stream};
use prill_extract_schbench::Schbench;
use prill_testkit::{Case, cases, invariants, judge, wording};

fn samples() -> Vec<Case> {
    cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")).unwrap()
}

fn captures(case: &Case) -> Captures<'_> {
    let streams = case.streams.iter();
    let captures = streams.fold(Captures::new(), |captures, (stream, bytes)| captures.with(stream.clone(), bytes.as_slice()));
    case.argv.iter().fold(captures, |captures, argv| captures.with_argv(argv.as_slice()))
}

fn extract(case: &Case) -> Extraction {
    run(&Schbench, &captures(case), &[])
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn every_listed_number_is_found() {
    let samples = samples();
    assert!(samples.len() >= 24, "{} samples", samples.len());
    for case in &samples {
        let extraction = extract(case);
        let complaints: Vec<String> = judge(case, &extraction).iter().filter_map(|m| m.complaint()).collect();
        assert_eq!(complaints, [""; 0], "{}", case.name);
        assert_eq!(extraction.metrics.is_empty(), case.expect.as_ref().is_some_and(Vec::is_empty), "{}", case.name);
    }
}

#[test]
fn what_holds_for_every_extraction_holds() {
    for case in samples() {
        let extraction = extract(&case);
        assert_eq!(invariants(&extraction, &captures(&case)), [""; 0], "{}", case.name);
        assert_eq!(wording(&extraction), [""; 0], "{}", case.name);
        assert!(!codes(&extraction).contains(&"repeated-identity"), "{}: {:?}", case.name, extraction.diagnostics);
    }
}

#[test]
fn every_number_is_a_metric_or_left_out_for_a_reason() {
    for case in samples() {
        let extraction = extract(&case);
        for (stream, raw) in &case.streams {
            let mut explained = vec![false; raw.len()];
            let metrics = extraction.metrics.iter().filter(|m| m.stream() == stream).map(|m| m.span());
            let ignored = extraction.ignored.iter().filter(|i| i.stream == *stream).map(|i| i.span);
            for span in metrics.chain(ignored) {
                explained[span.start..span.end].fill(true);
            }
            let missed = (0..raw.len()).find(|&at| raw[at].is_ascii_digit() && !explained[at]);
            if let Some(at) = missed.filter(|_| !codes(&extraction).contains(&"truncated")) {
                let from = String::from_utf8_lossy(&raw[at..raw.len().min(at + 40)]);
                panic!("{}: {stream} byte {at} is not explained: {from}", case.name);
            }
        }
    }
}

/// `case` with other bytes in one of its streams.
fn with(case: &Case, stream: &Stream, bytes: Vec<u8>) -> Case {
    let mut other = case.clone();
    other.streams.retain(|(known, _)| known != stream);
    other.streams.push((stream.clone(), bytes));
    other
}

#[test]
fn no_prefix_breaks_it_and_none_invents_a_number() {
    for case in samples() {
        let whole = extract(&case);
        let values: Vec<f64> = whole.metrics.iter().map(|m| m.value()).collect();
        // The first of two runs, whose numbers the whole output leaves out, is the last one of a shorter output.
        let several = codes(&whole).contains(&"several-documents");
        for (stream, bytes) in &case.streams {
            // All prefixes of a small output; of a larger one enough to stop at each column of its lines.
            for len in (0..bytes.len()).step_by(if bytes.len() < 400 { 1 } else { 7 }) {
                let cut = extract(&with(&case, stream, bytes[..len].to_vec()));
                for metric in cut.metrics.iter().filter(|_| !several) {
                    assert!(values.contains(&metric.value()), "{} {stream} cut at {len}: {metric:?}", case.name);
                }
            }
        }
    }
}

#[test]
fn no_lost_byte_breaks_it() {
    for case in samples() {
        for (stream, bytes) in case.streams.iter().filter(|(_, bytes)| bytes.len() < 500) {
            for at in 0..bytes.len() {
                let lost = with(&case, stream, [&bytes[..at], &bytes[at + 1..]].concat());
                let extraction = extract(&lost);
                assert_eq!(invariants(&extraction, &captures(&lost)), [""; 0], "{} {stream} without byte {at}", case.name);
                let silent = extraction.metrics.is_empty() && extraction.diagnostics.is_empty();
                assert!(!silent, "{} {stream} without byte {at}", case.name);
            }
        }
    }
}

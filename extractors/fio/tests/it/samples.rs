use prill_core::{Extractor as _, Metric, Sniff, Text};
use prill_extract_fio::Fio;
use serde_json::Value;

use crate::support::{Sample, codes};

#[test]
fn every_expected_value_is_found() {
    for sample in Sample::all() {
        let extraction = sample.extract();
        for entry in &sample.expect {
            let found = extraction.metrics.iter().any(|metric| fits(&sample, metric, entry));
            assert!(found, "{}: nothing is {entry}", sample.name);
        }
        assert!(!sample.expect.is_empty() || extraction.metrics.is_empty(), "{} has no metric", sample.name);
    }
}

fn fits(sample: &Sample, metric: Metric<'_>, entry: &Value) -> bool {
    let text = |key: &str| entry[key].as_str();
    let raw = sample.stream(metric.stream());
    let token = metric.span().of(raw);
    if Some(metric.stream().to_string().as_str()) != text("stream") || text("num").is_some_and(|num| num.as_bytes() != token) {
        return false;
    }
    let around = text("raw").unwrap().as_bytes();
    let first = metric.span().end.saturating_sub(around.len());
    let inside = (first..=metric.span().start).any(|at| raw.get(at..at + around.len()) == Some(around));
    let value = entry["value"].as_f64().unwrap();
    let near = (metric.value() - value).abs() <= value.abs() * 1e-12;
    let unit = metric.unit().map_or("", |unit| unit.code());
    let unit = match text("unit").unwrap() {
        "s" => unit == "s",
        "bytes" => unit == "By",
        "bytes/s" => unit == "By/s",
        "ops/s" => unit.starts_with('{') && unit.ends_with("}/s"),
        "count" => unit.starts_with('{') && unit.ends_with('}'),
        "ratio" | "1" => unit == "1",
        other => panic!("{other}"),
    };
    let better = text("better").unwrap();
    inside && near && unit && (better == "unknown" || better == metric.polarity().word())
}

#[test]
fn every_number_is_a_metric_or_passed_over_for_a_reason() {
    // What was put in by hand to break a reader is not fio's.
    let foreign = ["deep-nesting-10000", "fio-json-huge-numbers", "fio-json-nan-inf", "fio-json-truncated-mid"];
    for sample in Sample::all().iter().filter(|sample| !foreign.contains(&sample.name.as_str())) {
        let extraction = sample.extract();
        let mut explained = vec![false; sample.stdout.len()];
        let metrics = extraction.metrics.iter().map(|m| (m.stream().to_string(), m.span()));
        let ignored = extraction.ignored.iter().map(|i| (i.stream.to_string(), i.span));
        for (_, span) in metrics.chain(ignored).filter(|(stream, _)| stream == "stdout") {
            explained[span.start..span.end].fill(true);
        }
        for at in numbers(&sample.stdout) {
            let near = String::from_utf8_lossy(&sample.stdout[at.saturating_sub(30)..(at + 10).min(sample.stdout.len())]);
            assert!(explained[at], "{}: the number in {near:?}", sample.name);
        }
    }
}

/// Where numbers start that are no part of a word.
fn numbers(text: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let in_word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.');
    (0..text.len()).filter(move |at| text[*at].is_ascii_digit() && !at.checked_sub(1).is_some_and(|before| in_word(text[before])))
}

#[test]
fn identities_are_unique_without_help() {
    for sample in Sample::all() {
        let extraction = sample.extract();
        assert!(!codes(&extraction).contains(&"repeated-identity"), "{}", sample.name);
        assert!(extraction.metrics.iter().all(|m| prill_core::metric::is_name(m.name())), "{}", sample.name);
    }
}

#[test]
fn each_report_is_recognised() {
    for sample in Sample::all() {
        let sniff = Fio.sniff(&Text::new(&sample.stdout));
        // Without the name of its version a line of version 2 only looks like fio's.
        let least = if sample.name == "terse-v2-desc" { Sniff::Likely } else { Sniff::Certain };
        assert!(sniff >= least || sample.expect.is_empty(), "{}: {sniff:?}", sample.name);
    }
}

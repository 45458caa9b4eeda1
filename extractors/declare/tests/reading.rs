//! What a described format makes of a text.

use std::sync::LazyLock;

use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};
use prill_declare::Declared;
use proptest::prelude::*;

const HEAD: &str = "name = \"x\"\nsummary = \"s\"\n";

fn extract(keys: &str, text: &str) -> Extraction {
    let format = Declared::from_toml(&format!("{HEAD}{keys}"), "x.toml").unwrap_or_else(|e| panic!("{e}"));
    extract::run(&format, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn shown(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m:?}")).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const TABLE: &str = r#"
[[section]]
name = "job"
start = '^job (?<job>\w+):$'
end = '^$'
[[line]]
section = "job"
regex = '^(?<op>\w+) p(?<pct>\S+)=(?<n>\S+?)(?<unit>[a-z]+)$'
labels = { job = "{job}" }
metrics.n = { name = "{op}.latency.p{pct}", unit_from = "unit", polarity = "lower" }
[units]
u = "us"
"#;

#[test]
fn a_header_switches_the_section_and_gives_labels() {
    let found = extract(TABLE, "read p50=1u\njob a:\nRead p99.90=5u\n\nread p50=1u\njob b:\nread p50=7ms\n");
    assert_eq!(
        shown(&found),
        [
            "read.latency.p99_9{job=a} = 0.000005 s (lower, stdout 31..32)",
            "read.latency.p50{job=b} = 0.007 s (lower, stdout 63..64)",
        ]
    );
}

#[test]
fn what_is_no_percentile_makes_no_name() {
    let found = extract(TABLE, "job a:\nread p9099=1u\nread p99.9=2u\nread p100.5=3u\nread ping=4u\n");
    assert_eq!(found.metrics.iter().map(|m| m.name()).collect::<Vec<_>>(), ["read.latency.p99_9", "read.latency.ping"]);
    assert_eq!(codes(&found), ["malformed", "malformed"]);
}

#[test]
fn an_unknown_printed_unit_is_no_unit() {
    let found = extract(TABLE, "job a:\nread p50=1furlong\n");
    assert_eq!(found.metrics.iter().next().unwrap().unit(), None);
    assert_eq!(codes(&found), ["unknown-unit"]);
}

fn rate(keys: &str) -> String {
    format!(
        "[[line]]\nregex = '^rate (?<n>\\S+)( of (?<c>[0-9]+))?$'\nmetrics.n = {{ name = \"rate\", unit = \"Hz\", samples = \"c\" }}\n{keys}"
    )
}

#[test]
fn rows_that_repeat_are_numbered_or_the_last_counts() {
    let text = "rate 1\nrate 2\n";
    let labels = |keys: &str| extract(&rate(keys), text).metrics.iter().map(|m| m.to_string()).collect::<Vec<_>>();
    assert_eq!(labels("repeat = \"repetition\""), ["rate{repetition=1}", "rate{repetition=2}"]);
    assert_eq!(labels("repeat = \"interval\""), ["rate{interval=1}", "rate{interval=2}"]);
    let last = extract(&rate("repeat = \"last\""), text);
    assert_eq!(shown(&last), ["rate = 2 Hz (unknown, stdout 12..13)"]);
    assert_eq!(last.ignored.len(), 1, "the earlier value is not dropped in silence");
    assert_eq!(codes(&last), [""; 0]);
    assert_eq!(codes(&extract(&rate(""), text)), ["repeated-identity"]);
}

#[test]
fn what_stands_on_no_sample_is_no_metric() {
    let found = extract(&rate("no_samples = { n = '^-1$' }"), "rate 5 of 0\nrate -1\nrate 7 of 3\n");
    assert_eq!(found.metrics.iter().map(|m| (m.value(), m.samples())).collect::<Vec<_>>(), [(7.0, Some(3))]);
    assert_eq!(codes(&found), ["no-samples", "no-samples"]);
}

#[test]
fn a_cut_text_gives_no_half_number() {
    let found = extract(&rate(""), "rate 1\nrate 23");
    assert_eq!((found.metrics.len(), codes(&found)), (1, vec!["truncated"]));
    assert_eq!(codes(&extract(&rate(""), "nothing\n")), ["not-found", "no-metrics"]);
}

#[test]
fn a_failure_is_said_once_and_a_long_line_is_not_read() {
    let keys = rate("[[message]]\nregex = '^worker (?<n>[0-9]+) died$'\ncode = \"tool-failed\"\ntext = \"worker {n} is gone\"\n");
    let found = extract(&keys, "rate 1\nworker 4 died\nworker 5 died\n");
    let said: Vec<_> = found.diagnostics.iter().map(|d| (d.code, d.message.as_str())).collect();
    assert_eq!(said, [("tool-failed", "worker 4 is gone")]);
    let long = format!("rate 1\nrate {}\n", "9".repeat(1 << 20));
    assert_eq!(codes(&extract(&rate(""), &long)), ["malformed"]);
}

#[test]
fn a_regex_that_backtracks_elsewhere_takes_linear_time() {
    let keys = "[[line]]\nregex = '^(a|aa|a*)*(?<n>[0-9]+)$'\nmetrics.n = { name = \"n\" }\n";
    let text = format!("{}\n", "a".repeat(16_000)).repeat(4);
    assert_eq!(codes(&extract(keys, &text)), ["not-found", "no-metrics"]);
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,30}",
        r"\[\[(line|section|ignore|message)\]\]",
        r"(regex|start|name|unit|metrics\.n) = '[ -~&&[^']]{0,20}'"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_file_breaks_it(lines in prop::collection::vec(word(), 0..12), any in any::<String>()) {
        let _ = Declared::from_toml(&any, "x.toml");
        let _ = Declared::from_toml(&lines.join("\n"), "x.toml");
        let _ = Declared::from_toml(&format!("{HEAD}{}", lines.join("\n")), "x.toml");
    }

    #[test]
    fn no_text_breaks_it(bytes in prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        "(job \\w{1,2}:\n|\\w p[0-9.]{1,3}=[0-9.]{1,3}[a-z]{1,2}\n|\n){0,20}.?".prop_map(String::into_bytes),
    ]) {
        static FORMAT: LazyLock<Declared> = LazyLock::new(|| Declared::from_toml(&format!("{HEAD}{TABLE}"), "x.toml").unwrap());
        let found = extract::run(&*FORMAT, &Captures::new().with(Stream::Stdout, bytes.as_slice()), &[]);
        for metric in found.metrics.iter() {
            prop_assert!(prill_core::metric::is_name(metric.name()), "{metric:?}");
            prop_assert!(bytes[metric.span().start..metric.span().end].iter().any(u8::is_ascii_digit), "{metric:?}");
        }
    }
}

#[test]
fn the_example_of_the_reference_is_a_format() {
    let page = include_str!("../../../docs/declare.md");
    let block = |start: &str| page.split_once(start).and_then(|(_, rest)| rest.split_once("```")).expect(start).0;
    let (toml, output) = (block("```toml,example\n"), block("```text,output\n"));
    let format = Declared::from_toml(toml, "docs/declare.md").unwrap_or_else(|e| panic!("failed to {e}"));
    let found = extract::run(&format, &Captures::new().with(Stream::Stdout, output.as_bytes()), &[]);
    let shown: Vec<String> = found.metrics.iter().map(|m| format!("{m} = {}", m.value())).collect();
    assert_eq!(shown.join("\n"), block("```text,metrics\n").trim());
    assert_eq!(codes(&found), ["no-samples"]);
}

use prill_core::diagnostic::code;
use prill_core::extract::{Captures, Extraction, run};
use prill_core::{Polarity, Stream};
use prill_testkit::{Case, cases, invariants};
use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn samples() -> Vec<Case> {
    cases(concat!(env!("CARGO_MANIFEST_DIR"), "/samples").as_ref()).unwrap()
}

fn sample(name: &str) -> Extraction {
    samples().iter().find(|case| case.name == name).unwrap().extract(&Json)
}

fn extract(stdout: &str) -> Extraction {
    run(&Json, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

/// `name=value` of each metric, in document order.
fn metrics(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{}={}", m.name(), m.value())).collect()
}

fn value(extraction: &Extraction, name: &str) -> f64 {
    extraction.metrics.get(name).unwrap_or_else(|| panic!("no {name}")).value()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn fio() {
    let found = sample("fio-randread");
    assert_eq!(found.metrics.len(), 205);
    assert_eq!(value(&found, "jobs.0.read.iops"), 5863.636364);
    assert_eq!(value(&found, "jobs.0.read.clat_ns.percentile.\"99.000000\""), 3_358_720.0);
    assert_eq!(value(&found, "timestamp_ms"), 1_795_362_800_367.0);
    assert_eq!(value(&found, "jobs.0.latency_ms.>=2000"), 0.0);
    assert_eq!(value(&found, "disk_util.0.util"), 32.498819);
    let iops = found.metrics.get("jobs.0.read.iops").unwrap();
    assert_eq!((iops.unit(), iops.polarity(), iops.labels().len()), (None, Polarity::Unknown, 0));
    assert_eq!(codes(&found), [""; 0]);
}

#[test]
fn hyperfine() {
    let found = sample("hyperfine");
    assert_eq!(found.metrics.len(), 23);
    assert_eq!(value(&found, "results.0.mean"), 0.021249175015000007);
    assert_eq!(value(&found, "results.0.times.7"), 0.014979064640000001);
    assert_eq!(metrics(&sample("ansi-coloured")), metrics(&found));
    assert_eq!(metrics(&sample("json-after-braced-log")), metrics(&found));
}

#[test]
fn google_benchmark() {
    let found = sample("google-benchmark");
    assert_eq!(value(&found, "context.load_avg.0"), 11.5322);
    assert_eq!(value(&found, "context.caches.3.size"), 33_554_432.0);
    assert_eq!(value(&found, "benchmarks.2.items_per_second"), 2.6454569062338424e8);
}

#[test]
fn iperf3_and_schbench() {
    assert_eq!(value(&sample("iperf3-udp"), "start.target_bitrate"), 50_000_000.0);
    assert_eq!(value(&sample("schbench"), "int.\"wakeup_latency_pct99.0\""), 16544.0);
}

#[test]
fn hostile_fio() {
    let clean = metrics(&sample("fio-randread"));
    assert_eq!(metrics(&sample("fio-json-bom")), clean);
    assert_eq!(metrics(&sample("fio-json-crlf")), clean);

    let twice = sample("fio-json-duplicate-keys");
    assert_eq!(value(&twice, "jobs.0.read.iops"), 5863.636364);
    assert_eq!(twice.metrics.len(), clean.len());
    assert_eq!(codes(&twice), [code::DUPLICATE_KEY]);

    let nan = sample("fio-json-nan-inf");
    assert!(nan.metrics.get("jobs.0.usr_cpu").is_none() && nan.metrics.get("jobs.0.read.iops_mean").is_none());
    assert_eq!(value(&nan, "jobs.0.read.iops"), 5863.636364);
    assert_eq!(codes(&nan), [code::NOT_FINITE; 2]);

    let huge = sample("fio-json-huge-numbers");
    assert!(huge.metrics.get("jobs.0.read.iops").is_none());
    let bytes = huge.metrics.get("jobs.0.read.io_bytes").unwrap();
    assert_eq!((bytes.value(), bytes.exact()), (18446744073709551616.0, Some("18446744073709551616")));
    assert_eq!(codes(&huge), [code::NOT_FINITE]);

    let cut = sample("fio-json-truncated-mid");
    assert_eq!(metrics(&cut), clean[..cut.metrics.len()]);
    assert_eq!(cut.metrics.len(), 94);
    assert_eq!(codes(&cut), [code::TRUNCATED]);

    assert_eq!(codes(&sample("deep-nesting-10000")), [code::NAME_TOO_LONG, code::NO_METRICS]);
}

#[test]
fn made_cases() {
    let found = sample("made-duplicate-keys");
    assert_eq!(metrics(&found), ["run.mean=5.5", "n=6"]);
    assert_eq!(codes(&found), [code::DUPLICATE_KEY; 3]);

    let found = sample("made-trailing-comma");
    assert_eq!(metrics(&found), ["times.0=1.5", "times.1=2.5", "count=2"]);
    assert_eq!(codes(&found), [code::LENIENT_JSON; 2]);

    let found = sample("made-bracket-noise");
    assert_eq!((metrics(&found), codes(&found)), (vec!["latency.mean=431.25".to_owned()], vec![]));

    let found = sample("made-several-documents");
    assert_eq!(metrics(&found), ["round=3", "iops=300"]);
    assert_eq!(codes(&found), [code::TRUNCATED, code::SEVERAL_DOCUMENTS]);
    assert!(found.diagnostics[1].message.contains("bytes 0, 26"), "{}", found.diagnostics[1].message);

    let expected = [
        "percentile.\"99.000000\"=1",
        "percentile.\"\"=2",
        "percentile.\"say \\\"hi\\\"\"=3",
        "percentile.ab=4",
        "percentile.>=2000=5",
        "percentile.job options=6",
        "percentile.\"c:\\\\x\"=7",
        "list.0=8",
        "list.1.x=9",
        "list.2.0=10",
    ];
    assert_eq!(metrics(&sample("made-odd-keys")), expected);

    assert_eq!(metrics(&sample("made-array")), ["0.ns=12.5", "1.ns=13.5"]);
    let found = sample("made-stderr");
    assert_eq!(metrics(&found), ["mean=0.25"]);
    assert_eq!(found.metrics.only_stream(), Some(&Stream::Stderr));
    assert_eq!(codes(&sample("made-no-document")), [code::NOT_FOUND, code::NO_METRICS]);

    let found = sample("made-decimal-comma");
    assert_eq!(metrics(&found), ["count=12"]);
    assert_eq!(codes(&found), [code::MALFORMED]);
}

#[test]
fn a_document_is_recognised_but_never_more_than_possible() {
    let sniff = |text: &str| Json.sniff(&Text::new(text.as_bytes()));
    for text in ["{\"a\": 1}", "log {x}\n{\"a\": [", "[1.5, 2]", "{\"not\": closed\n{\"a\": 1}", "{}"] {
        assert_eq!(sniff(text), Sniff::Possible, "{text}");
    }
    for text in ["", "text", "[12] foo", "{not json}", "{\"not\": closed\nagain"] {
        assert_eq!(sniff(text), Sniff::No, "{text}");
    }
}

#[test]
fn places_count_from_the_start_of_the_stream() {
    let found = extract("\u{1b}[1mx\u{1b}[0m {\"a\": nan, \"b\": 12}");
    assert_eq!(found.metrics.get("b").unwrap().span(), prill_core::Span::new(26, 28));
    assert_eq!(found.diagnostics[0].span, Some(prill_core::Span::new(16, 19)));
}

#[test]
fn a_document_and_a_file_may_say_the_same() {
    let captures =
        Captures::new().with(Stream::File(None), &b"{\"a\": 1, \"b\": 2}"[..]).with(Stream::Stdout, &b"{\"b\": 3, \"c\": 4}"[..]);
    let found = run(&Json, &captures, &[]);
    let identities: Vec<String> = found.metrics.iter().map(|m| format!("{m}={}", m.value())).collect();
    assert_eq!(identities, ["a=1", "b=2", "b{repetition=2}=3", "c=4"]);
}

/// What serde_json and a walk make of a document.
fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
    let mut inside = |segment: &str, value: &Value| {
        let path = if path.is_empty() { segment.to_owned() } else { format!("{path}.{segment}") };
        walk(value, &path, found);
    };
    match value {
        Value::Number(number) => found.push(format!("{path}={}", number.as_f64().unwrap())),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| inside(&index.to_string(), item)),
        Value::Object(members) => {
            for (key, member) in members {
                let quoted = format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""));
                let plain = !key.is_empty() && !key.contains(['.', '"', '\\']);
                inside(if plain { key } else { &quoted }, member);
            }
        }
        _ => {}
    }
}

fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        (-1000i32..1000).prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        "[a-z\"\\\\]{0,5}".prop_map(Value::from),
        Just(Value::Null),
    ];
    let key = "[a-z.\"\\\\ é]{0,12}";
    let nested = leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    });
    proptest::collection::vec((key, nested), 1..5).prop_map(|members| members.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn it_finds_what_a_walk_over_a_tree_finds(value in document()) {
        let mut expected = Vec::new();
        walk(&value, "", &mut expected);
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            prop_assert_eq!(&metrics(&extract(&text)), &expected);
        }
    }

    #[test]
    fn nothing_breaks_it(text in "([{}\\[\\]\",:\\\\ \n0-9a-c.-]|nan|\"a\":|\\{\"b\":1,){0,60}") {
        let captures = Captures::new().with(Stream::Stdout, text.as_bytes());
        let found = run(&Json, &captures, &[]);
        prop_assert_eq!(invariants(&found, &captures), [""; 0]);
        prop_assert!(found.metrics.is_empty() <= !found.diagnostics.is_empty() || text.is_empty());
    }
}

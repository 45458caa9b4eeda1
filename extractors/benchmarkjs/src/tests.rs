use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

use super::DECLARED;

fn extract(text: &str) -> Extraction {
    extract::run(&DECLARED, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

#[test]
fn a_name_may_hold_what_separates_it_from_the_rate() {
    let found = extract("benchmark with x 2 many things x 1,050 ops/sec ±0.10% (96 runs sampled)\n");
    let shown: Vec<String> = found.metrics.iter().map(|m| format!("{m} {}", m.value())).collect();
    assert_eq!(
        shown,
        [
            "operation.rate{benchmark=\"benchmark with x 2 many things\"} 1050",
            "operation.rate.relative_margin{benchmark=\"benchmark with x 2 many things\"} 0.001",
            "sample.count{benchmark=\"benchmark with x 2 many things\"} 96",
        ]
    );
}

#[test]
fn a_benchmark_that_never_ran_has_no_rate() {
    let found = extract("empty x NaN ops/sec ±NaN% (0 runs sampled)\n");
    assert_eq!(found.metrics.iter().map(|m| m.to_string()).collect::<Vec<_>>(), ["sample.count{benchmark=empty}"]);
    assert!(found.diagnostics.iter().any(|d| d.code == "no-samples"));
}

#[test]
fn the_harness_of_luau_names_itself() {
    let found = extract("base64 x 15,041 ops/sec \u{b1}3.84% (20 runs sampled)(luau)\n");
    assert_eq!(
        found.metrics.iter().next().map(|m| m.to_string()).as_deref(),
        Some("operation.rate{benchmark=base64, runtime=luau}")
    );
}

use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn run(text: &str, argv: &[&str]) -> Extraction {
    let argv: Vec<String> = argv.iter().map(|arg| (*arg).to_owned()).collect();
    extract::run(&LibtestBench, &Captures::new().with(Stream::Stdout, text.as_bytes()).with_argv(argv), &[])
}

fn read(text: &str) -> Extraction {
    run(text, &["cargo", "bench"])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn a_row_is_a_median_a_range_and_a_throughput() {
    let text = "running 2 tests\ntest fib_20  ... bench:      46,091 ns/iter (+/- 21,072)\n\
                test m::copy ... bench:          58.29 ns/iter (+/- 256.49) = 70620 MB/s\n";
    assert_eq!(
        found(&read(text)),
        [
            "time.p50{benchmark=fib_20}=0.000046091 s",
            "time.range{benchmark=fib_20}=0.000021072 s",
            "time.p50{benchmark=m::copy}=0.00000005829 s",
            "time.range{benchmark=m::copy}=0.00000025649 s",
            "throughput{benchmark=m::copy}=70620000000 By/s",
        ]
    );
}

#[test]
fn the_spread_of_criterion_is_another_one() {
    let row = "test fib 10 ... bench:         440 ns/iter (+/- 121)\n";
    assert_eq!(found(&read(row))[1], "time.stddev{benchmark=\"fib 10\"}=0.000000121 s");
    let asked = run(&format!("running 0 tests\n\n{row}"), &["cargo", "bench", "--", "--output-format", "bencher"]);
    assert_eq!(found(&asked)[1], "time.stddev{benchmark=\"fib 10\"}=0.000000121 s");
}

#[test]
fn json_counts_the_same_megabytes_under_another_name() {
    let text = "{ \"type\": \"suite\", \"event\": \"started\", \"test_count\": 7 }\n\
                { \"type\": \"bench\", \"name\": \"m::copy\", \"median\": 54.5, \"deviation\": 715.1, \"mib_per_second\": 75851 }\n";
    assert_eq!(
        found(&read(text)),
        [
            "time.p50{benchmark=m::copy}=0.0000000545 s",
            "time.range{benchmark=m::copy}=0.0000007151 s",
            "throughput{benchmark=m::copy}=75851000000 By/s",
        ]
    );
    assert_eq!(codes(&read(&text[..100])), [code::TRUNCATED, code::NO_METRICS]);
}

#[test]
fn what_a_benchmark_prints_may_stand_within_its_row() {
    let found = found(&read("running 1 test\ntest loud ... hello 5\nbench:       5 ns/iter (+/- 1)\n"));
    assert_eq!(found[0], "time.p50{benchmark=loud}=0.000000005 s");
}

#[test]
fn a_failure_is_told_once() {
    let text = "running 1 test\ntest bad ... FAILED\n\ntest result: FAILED. 0 passed; 1 failed; 0 ignored; 1 measured\n";
    assert_eq!(codes(&read(text)), [code::TOOL_FAILED, code::NO_METRICS]);
    let json = "{ \"type\": \"test\", \"name\": \"bad\", \"event\": \"failed\", \"stdout\": \"want 5\" }\n{ \"type\": \"suite\", \"event\": \"failed\" }\n";
    assert_eq!(codes(&read(json)), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_row_that_is_cut_keeps_what_is_whole() {
    let cut = read("running 1 test\ntest x ... bench:  46,091 ns/iter (+/- 21,0");
    assert_eq!((cut.metrics.len(), codes(&cut)), (1, vec![code::TRUNCATED]));
    assert_eq!(codes(&read("test x ... bench:  46,09")), [code::TRUNCATED, code::NO_METRICS]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("BenchmarkX  100  5 ns/op\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&GoBench, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn a_row_has_standard_units_and_those_a_benchmark_made_up() {
    let row =
        "pkg: a.b/c\nBenchmarkX-2 \t 1000\t 5.850 ns/op\t 10.5 MB/s\t 12.50 p99-ns\t 0.2500 hit-ratio\t 64 B/op\t 9 allocs/op\n";
    assert_eq!(
        found(&read(row)),
        [
            "iteration.count{benchmark=BenchmarkX-2, package=a.b/c}=1000 {iteration}",
            "time.mean{benchmark=BenchmarkX-2, package=a.b/c}=0.00000000585 s",
            "throughput{benchmark=BenchmarkX-2, package=a.b/c}=10500000 By/s",
            "counter{benchmark=BenchmarkX-2, counter=p99-ns, package=a.b/c}=0.0000000125 s",
            "counter{benchmark=BenchmarkX-2, counter=hit-ratio, package=a.b/c}=0.25 ?",
            "allocation.bytes{benchmark=BenchmarkX-2, package=a.b/c}=64 By",
            "allocation.count{benchmark=BenchmarkX-2, package=a.b/c}=9 {allocation}",
        ]
    );
}

#[test]
fn repetitions_are_counted_for_each_package() {
    let row = "BenchmarkX \t 100\t 5 ns/op\n";
    let times = found(&read(&format!("pkg: a\n{row}{row}pkg: b\n{row}")));
    let times: Vec<&String> = times.iter().filter(|m| m.starts_with("time")).collect();
    assert_eq!(
        times,
        [
            "time.mean{benchmark=BenchmarkX, package=a, repetition=1}=0.000000005 s",
            "time.mean{benchmark=BenchmarkX, package=a, repetition=2}=0.000000005 s",
            "time.mean{benchmark=BenchmarkX, package=b}=0.000000005 s",
        ]
    );
}

#[test]
fn what_a_benchmark_prints_may_stand_within_its_row() {
    let found = found(&read("BenchmarkPrint-2   \thello 42\n     100\t         8.540 ns/op\n"));
    assert_eq!(found[1], "time.mean{benchmark=BenchmarkPrint-2}=0.00000000854 s");
    assert!(read("     100\t         8.540 ns/op\n").metrics.is_empty(), "of which benchmark?");
}

#[test]
fn json_events_are_lines_in_pieces() {
    let event = |output: &str| {
        format!("{{\"Time\":\"2026-11-22T21:02:30Z\",\"Action\":\"output\",\"Package\":\"p\",\"Output\":\"{output}\"}}\n")
    };
    let text = event("BenchmarkX-2    \\t") + &event("     100\\t        88.67 ns/op\\t       3 B/op\\n");
    let found = read(&text);
    assert_eq!(
        self::found(&found)[1..],
        [
            "time.mean{benchmark=BenchmarkX-2, package=p}=0.00000008867 s",
            "allocation.bytes{benchmark=BenchmarkX-2, package=p}=3 By",
        ]
    );
    assert_eq!(GoBench.sniff(&Text::new(text.as_bytes())), Sniff::Certain);
}

#[test]
fn a_unit_line_says_which_direction_is_better() {
    let found = read("Unit hit-ratio better=higher\nBenchmarkX \t 100\t 0.5 hit-ratio\n");
    assert_eq!(found.metrics.named("counter").next().unwrap().polarity(), prill_core::Polarity::Higher);
}

#[test]
fn a_failure_is_told_once() {
    for text in [
        "--- FAIL: BenchmarkBad\n    b_test.go:8: want 5, got 6\nFAIL\nexit status 1\nFAIL\texample.com/gob\t0.040s\n",
        "BenchmarkPanic-2   \tpanic: boom 7\n\ngoroutine 20 [running]:\nexit status 2\nFAIL\texample.com/gob\t0.023s\n",
        "FAIL\texample.com/gob [build failed]\nFAIL\n",
    ] {
        assert_eq!(codes(&read(text)), [code::TOOL_FAILED, code::NO_METRICS], "{text}");
    }
    assert_eq!(codes(&read("--- SKIP: BenchmarkSkip\n    b_test.go:7: not here\n")), [code::NO_SAMPLES, code::NO_METRICS]);
}

#[test]
fn what_is_no_number_is_said() {
    let found = read("BenchmarkX \t 100\t 5 ns/op\t NaN loss\n");
    assert_eq!((found.metrics.len(), codes(&found)), (2, vec![code::NOT_FINITE]));
}

#[test]
fn a_row_that_is_cut_keeps_whole_pairs() {
    let cut = read("BenchmarkX \t 100\t 5 ns/op\t 64 B/o");
    assert_eq!((cut.metrics.len(), codes(&cut)), (2, vec![code::TRUNCATED]));
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("Benchmark 1: sleep 5\n  Time (mean): 5.0 ms\n")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(codes(&read("test x ... bench: 38 ns/iter (+/- 268)\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

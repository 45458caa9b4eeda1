use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&PytestBenchmark, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn each_table_has_its_own_units_and_columns() {
    let text = "--- benchmark: 1 tests ---\nName (time in ms)        Min    Mean       OPS\n------\n\
                test_sleep            5.1250  6.3908  156.4748\n------\n\n\
                --- benchmark 'fib': 1 tests ---\nName (time in us)   Min   OPS (Kops/s)   Outliers  Rounds\n\
                test_fib[a 1 (2.0)]   1,215.5000 (31.34)   43.0448 (>1000.0)   46;517   12\n";
    assert_eq!(
        found(&read(text)),
        [
            "time.min{benchmark=test_sleep}=0.005125",
            "time.mean{benchmark=test_sleep}=0.0063908",
            "operation.rate{benchmark=test_sleep}=156.4748",
            "time.min{benchmark=\"test_fib[a 1 (2.0)]\", group=fib}=0.0012155",
            "operation.rate{benchmark=\"test_fib[a 1 (2.0)]\", group=fib}=43044.8",
            "outlier.count{benchmark=\"test_fib[a 1 (2.0)]\", group=fib, method=stddev}=46",
            "outlier.count{benchmark=\"test_fib[a 1 (2.0)]\", group=fib, method=iqr}=517",
            "round.count{benchmark=\"test_fib[a 1 (2.0)]\", group=fib}=12",
        ]
    );
}

#[test]
fn an_earlier_run_is_told_from_this_one() {
    let text =
        "Name (time in s)   Min\ntest_a (NOW)   1.0000 (1.0)\ntest_a (0001_one)   2.0000 (2.00)\ntest_a (x)  3.0000 (3.00)\n";
    assert_eq!(
        found(&read(text)),
        ["time.min{benchmark=test_a}=1", "time.min{benchmark=test_a, run=0001_one}=2", "time.min{benchmark=\"test_a (x)\"}=3"]
    );
}

#[test]
fn a_single_round_has_no_spread() {
    let found = read("Name (time in s)   Min   StdDev   Rounds\ntest_a   1.0000   0.0000   1\n");
    assert_eq!((found.metrics.len(), codes(&found)), (2, vec![code::NO_SAMPLES]));
}

#[test]
fn the_report_has_more_digits_than_the_table() {
    let text = "...  [100%]{\"machine_info\": {\"cpus\": 2}, \"benchmarks\": [{\"group\": null, \"name\": \"test_a\", \"params\": {\"n\": 8},\n\
                \"stats\": {\"min\": 0.00512345678, \"q1\": 0.0052, \"rounds\": 7, \"data\": [0.1, 0.2]}}], \"version\": \"5.3.1\"}\n\n\
                Name (time in ms)        Min\ntest_a     5.1235\n";
    assert_eq!(
        found(&read(text)),
        [
            "time.min{benchmark=test_a}=0.00512345678",
            "time.p25{benchmark=test_a}=0.0052",
            "round.count{benchmark=test_a}=7",
            "time.min{benchmark=test_a, source=table}=0.0051235",
        ]
    );
}

#[test]
fn tests_of_one_name_are_told_apart_by_their_file() {
    let one = |file: &str| format!("{{\"name\": \"test_a\", \"fullname\": \"{file}::test_a\", \"stats\": {{\"min\": 1.5}}}}");
    let text = format!("{{\"machine_info\": {{}}, \"benchmarks\": [{}, {}]}}", one("x.py"), one("y.py"));
    assert_eq!(found(&read(&text)), ["time.min{benchmark=x.py::test_a}=1.5", "time.min{benchmark=y.py::test_a}=1.5"]);
}

#[test]
fn a_test_that_failed_fails_the_run() {
    assert_eq!(
        codes(&read("Name (time in s)   Min\ntest_a   1.0000\n\n== 1 failed, 1 passed in 0.09s ==\n")),
        [code::TOOL_FAILED]
    );
    let regressed = "Performance has regressed:\n\ttest_a (0001) - Field 'min' has failed\n";
    let captures = Captures::new().with(Stream::Stderr, regressed.as_bytes());
    assert_eq!(codes(&extract::run(&PytestBenchmark, &captures, &[]))[0], code::TOOL_FAILED);
}

#[test]
fn a_row_that_is_cut_gives_nothing() {
    assert_eq!(codes(&read("Name (time in s)   Min\ntest_a   1.00")), [code::TRUNCATED, code::NO_METRICS]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("Benchmark 1: sleep 5\n  Time (mean): 5.0 ms\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

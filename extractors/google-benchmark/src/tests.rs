use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

const HEADER: &str = "Benchmark     Time             CPU   Iterations UserCounters...\n";

fn read(text: &str) -> Extraction {
    extract::run(&GoogleBenchmark, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn a_row_has_times_iterations_and_counters() {
    let row = "BM_Copy/64   4.28 ns         1.64 ns     81585538 bytes_per_second=36.25G/s depth=3.5 rate=2k/s\n";
    assert_eq!(
        found(&read(&format!("{HEADER}{row}"))),
        [
            "time.mean{benchmark=BM_Copy/64}=0.00000000428",
            "cpu_time.mean{benchmark=BM_Copy/64}=0.00000000164",
            "iteration.count{benchmark=BM_Copy/64}=81585538",
            "throughput{benchmark=BM_Copy/64}=38923141120",
            "counter{benchmark=BM_Copy/64, counter=depth}=3.5",
            "counter{benchmark=BM_Copy/64, counter=rate}=2000",
        ]
    );
}

#[test]
fn a_label_that_looks_like_a_counter_is_none() {
    let found = found(&read(&format!("{HEADER}BM_X   4.28 ns  1.64 ns  815 b=1 a=2 of 3\n")));
    assert_eq!(found[3..], ["counter{benchmark=BM_X, counter=b}=1"]);
}

#[test]
fn aggregates_are_told_from_names_that_look_like_them() {
    let row = |name: &str| format!("{name}  5 ns  4 ns  3\n");
    let text: String =
        ["BM_mean", "BM_A", "BM_A", "BM_A_mean", "BM_A_median", "BM_A_best", "BM_B_mean", "BM_B_median"].map(row).concat();
    let means: Vec<String> = found(&read(&format!("{HEADER}{text}"))).into_iter().filter(|m| m.starts_with("time")).collect();
    assert_eq!(
        means,
        [
            "time.mean{benchmark=BM_mean}=0.000000005",
            "time.mean{benchmark=BM_A, repetition=1}=0.000000005",
            "time.mean{benchmark=BM_A, repetition=2}=0.000000005",
            "time.mean{benchmark=BM_A}=0.000000005",
            "time.p50{benchmark=BM_A}=0.000000005",
            "time{aggregate=best, benchmark=BM_A}=0.000000005",
            "time.mean{benchmark=BM_B}=0.000000005",
            "time.p50{benchmark=BM_B}=0.000000005",
        ]
    );
}

#[test]
fn a_fit_is_in_nanoseconds_and_its_error_a_ratio() {
    let rows = "BM_S_BigO   2.05 NlgN       1.52 NlgN \nBM_S_RMS       2 %             4 %    \n";
    assert_eq!(
        found(&read(&format!("{HEADER}{rows}"))),
        [
            "time.coefficient{benchmark=BM_S, complexity=NlgN}=0.00000000205",
            "cpu_time.coefficient{benchmark=BM_S, complexity=NlgN}=0.00000000152",
            "time.fit_error{benchmark=BM_S}=0.02",
            "cpu_time.fit_error{benchmark=BM_S}=0.04",
        ]
    );
}

#[test]
fn a_ratio_that_csv_scaled_like_a_time_is_left_out() {
    let header =
        "name,iterations,real_time,cpu_time,time_unit,bytes_per_second,items_per_second,label,error_occurred,error_message\n";
    let old = read(&format!("{header}\"BM_X_cv\",2,3.13067e+07,7.1e+06,ns,0.0626,,,,\n"));
    assert_eq!(found(&old), ["throughput.cv{benchmark=BM_X}=0.0626"]);
    assert_eq!(old.metrics.iter().next().unwrap().unit().unwrap().code(), "1");
    let new = read(&format!("{header}\"BM_X_cv\",2,0.0265,0.178,,,,\"a, \"\"b\"\" 5\",,\n"));
    assert_eq!(found(&new), ["time.cv{benchmark=BM_X}=0.0265", "cpu_time.cv{benchmark=BM_X}=0.178"]);
}

#[test]
fn a_benchmark_that_failed_fails_the_run() {
    for text in [
        "BM_X   ERROR OCCURRED: 'no disk'\n",
        "name,iterations,real_time,cpu_time,time_unit,bytes_per_second,items_per_second,label,error_occurred,error_message\n\
         \"BM_X\",,,,,,,,true,\"no disk\"\n",
        r#"{"context": {"num_cpus": 2}, "benchmarks": [{"name": "BM_X", "error_occurred": true, "error_message": "no disk",
            "iterations": 0, "real_time": 0.0, "cpu_time": 0.0, "time_unit": "ns"}]}"#,
    ] {
        let found = read(text);
        assert_eq!(codes(&found), [code::TOOL_FAILED, code::NO_METRICS]);
        assert_eq!(found.diagnostics[0].message, "BM_X: ERROR OCCURRED: 'no disk'");
    }
    assert_eq!(codes(&read("BM_X   SKIPPED: 'too old'\n")), [code::NO_SAMPLES, code::NO_METRICS]);
}

#[test]
fn nothing_to_run_is_a_failure_though_the_program_ends_well() {
    let captures = Captures::new().with(Stream::Stderr, b"Failed to match any benchmarks against regex: xyz\n".as_slice());
    assert_eq!(codes(&extract::run(&GoogleBenchmark, &captures, &[])), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn beside_a_report_in_a_file_the_console_stands_back() {
    let file = r#"{"context": {"num_cpus": 2}, "benchmarks": [
        {"name": "BM_X", "run_name": "BM_X", "iterations": 9, "real_time": 5.25, "cpu_time": 4.5, "time_unit": "us"}]}"#;
    let console = format!("{HEADER}BM_X   5.25 us  4.50 us   9\n");
    let captures = Captures::new().with(Stream::File(None), file.as_bytes()).with(Stream::Stdout, console.as_bytes());
    let metrics = found(&extract::run(&GoogleBenchmark, &captures, &[]));
    assert_eq!(metrics[0], "time.mean{benchmark=BM_X}=0.00000525");
    assert_eq!(metrics[3], "time.mean{benchmark=BM_X, source=console}=0.00000525");
}

#[test]
fn what_is_no_finite_number_is_said() {
    let found = read(&format!("{HEADER}BM_X   4.28 ns  nan ns  815 a=inf/s b=-nan c=2\n"));
    assert_eq!((found.metrics.len(), codes(&found)), (3, vec![code::NOT_FINITE; 3]));
}

#[test]
fn a_row_that_is_cut_keeps_what_is_whole() {
    let cut = read(&format!("{HEADER}BM_X   4.28 ns  1.64 ns  815"));
    assert_eq!(found(&cut), ["time.mean{benchmark=BM_X}=0.00000000428", "cpu_time.mean{benchmark=BM_X}=0.00000000164"]);
    assert_eq!(codes(&cut), [code::TRUNCATED]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("Benchmark 1: sleep 5\n  Time (mean): 5.0 ms\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

use super::*;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str, stderr: &str) -> Extraction {
    let captures = Captures::new().with(Stream::Stdout, stdout.as_bytes()).with(Stream::Stderr, stderr.as_bytes());
    extract::run(&Hackbench, &captures, &[])
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn the_time_is_in_seconds_and_less_is_better() {
    let found = read("Time: 12.345\n", "");
    let metrics: Vec<String> = found.metrics.iter().map(|m| format!("{m:?}")).collect();
    assert_eq!(metrics, ["elapsed = 12.345 s (lower, stdout 6..12)"]);
    assert_eq!(codes(&found), [""; 0]);
}

#[test]
fn a_time_that_was_cut_is_none() {
    assert_eq!(codes(&read("Time: 12.34", "")), [code::TRUNCATED, code::NO_METRICS]);
    assert_eq!(read("Time: 12.345", "").metrics.len(), 1, "three decimals are all there are");
}

#[test]
fn an_interrupted_run_failed_whatever_time_it_prints() {
    let found = read("signaling 80 worker threads to terminate\nTime: 0.412\n", "Signal 2 caught, longjmp'ing out!\n");
    assert_eq!(found.metrics.len(), 1);
    assert_eq!(codes(&found), [code::TOOL_FAILED, code::TOOL_FAILED]);
    assert_eq!(codes(&read("", "socket (error: Too many open files)\n")), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("Total time: 12.345\n", "")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(Hackbench.sniff(&Text::new(b"Time: 12.345\n")), Sniff::No);
    assert_eq!(Hackbench.sniff(&Text::new(b"Running with 10*40 (== 400) tasks.\nTime: 12.345\n")), Sniff::Certain);
    assert_eq!(Hackbench.sniff(&Text::new(b"Running in process mode with 4 groups using 40 file\n")), Sniff::Certain);
}

#[test]
fn of_several_runs_the_last_has_the_plain_name() {
    let found = read("Iteration 1\nTime: 1.000\nIteration 2\nTime: 2.000\nTime: 3.000\n", "");
    let metrics: Vec<String> = found.metrics.iter().map(|m| format!("{m}={}", m.value())).collect();
    assert_eq!(metrics, ["elapsed{repetition=1}=1", "elapsed{repetition=2}=2", "elapsed=3"]);
    assert_eq!(codes(&found), [code::SEVERAL_DOCUMENTS]);
}

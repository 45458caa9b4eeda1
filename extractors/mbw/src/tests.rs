use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

use super::DECLARED;

fn extract(text: &str) -> Extraction {
    extract::run(&DECLARED, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn shown(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m:?}")).collect()
}

#[test]
fn a_run_and_the_mean_of_the_runs_are_told_apart() {
    let text = "0\tMethod: MEMCPY\tElapsed: 0.00155\tMiB: 16.00000\tCopy: 10289.389 MiB/s\n\
                AVG\tMethod: MEMCPY\tElapsed: 0.00164\tMiB: 16.00000\tCopy: 9736.308 MiB/s\n";
    assert_eq!(
        shown(&extract(text)),
        [
            "elapsed{function=MEMCPY, repetition=1} = 0.00155 s (lower, stdout 26..33)",
            "throughput{function=MEMCPY, repetition=1} = 10789206360.064 By/s (higher, stdout 54..63)",
            "elapsed.mean{function=MEMCPY} = 0.00164 s (lower, stdout 98..105)",
            "throughput{function=MEMCPY} = 10209258897.408 By/s (higher, stdout 126..134)",
        ]
    );
}

#[test]
fn a_copy_too_short_for_the_clock_has_no_rate() {
    let found = extract("0\tMethod: DUMB\tElapsed: 0.00000\tMiB: 1.00000\tCopy: inf MiB/s\n");
    assert_eq!(shown(&found), ["elapsed{function=DUMB, repetition=1} = 0 s (lower, stdout 24..31)"]);
    let codes: Vec<_> = found.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["below-resolution", "not-finite"]);
}

#[test]
fn an_error_fails_the_run() {
    let found = extract("Error: array size wrong!\nUsage: mbw [options] array_size_in_MiB\n\t-t0: memcpy test\n");
    assert_eq!(found.diagnostics[0].to_string(), "error[tool-failed]: mbw says: Error: array size wrong! (stdout 0..24)");
    assert!(found.metrics.is_empty());
}

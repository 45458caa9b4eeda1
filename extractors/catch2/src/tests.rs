use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

use super::*;

fn read(text: &str) -> Extraction {
    extract::run(&Catch2, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

const RULE: &str = "----------------------------------------";

#[test]
fn a_group_is_the_test_case_and_its_sections() {
    let text = format!(
        "{RULE}\nA case whose name\nis long\n  deep\n  deeper\n{RULE}\nx.cpp:6\n........................\n\n\
         benchmark name    samples    iterations    mean\n{RULE}\nfib\n10    20    91    1.5 m\n"
    );
    assert_eq!(
        found(&read(&text)),
        [
            "sample.count{benchmark=\"fib 10\", group=\"A case whose name is long > deep > deeper\"}=20",
            "iteration.count{benchmark=\"fib 10\", group=\"A case whose name is long > deep > deeper\"}=91",
            "time.mean{benchmark=\"fib 10\", group=\"A case whose name is long > deep > deeper\"}=90",
        ]
    );
}

#[test]
fn a_case_that_was_expected_to_fail_is_no_failure() {
    let codes = |total: &str| {
        let text = format!("x is a Catch v2.13.10 host application.\n{total}\n");
        read(&text).diagnostics.iter().filter(|d| d.code == "tool-failed").count()
    };
    assert_eq!(codes("test cases: 3 | 2 passed | 1 failed"), 1);
    assert_eq!(codes("test cases: 3 | 2 passed | 1 failed as expected"), 0);
}

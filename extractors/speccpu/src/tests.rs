use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

use super::Speccpu;

fn read(text: &str) -> Extraction {
    extract::run(&Speccpu, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn shown(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m} = {}", m.value())).collect()
}

const RULE: &str = "==============================================================================\n";

#[test]
fn base_that_was_not_run_leaves_peak() {
    let found = read(&format!("{RULE}503.bwaves_r                                NR    8        500      20.5  *\n"));
    assert_eq!(
        shown(&found),
        ["elapsed{benchmark=503.bwaves_r, tuning=peak} = 500", "index{benchmark=503.bwaves_r, tuning=peak} = 20.5"]
    );
}

#[test]
fn runs_above_the_rule_are_repetitions() {
    let row = "500.perlbench_r       1        521       3.05  S                                  NR\n";
    let found = shown(&read(&format!("{row}{row}{RULE}{row} SPECrate2017_int_base             3.05\n")));
    assert_eq!(found[1], "index{benchmark=500.perlbench_r, repetition=1, tuning=base} = 3.05");
    assert_eq!(found[3], "index{benchmark=500.perlbench_r, repetition=2, tuning=base} = 3.05");
    assert_eq!(found[5..], ["index{benchmark=500.perlbench_r, tuning=base} = 3.05", "index{suite=SPECrate2017_int_base} = 3.05"]);
}

#[test]
fn a_benchmark_that_failed_fails_the_run() {
    let found = read(&format!("{RULE}500.perlbench_r       1         --  CE\n"));
    assert_eq!(found.diagnostics[0].code, code::TOOL_FAILED);
}

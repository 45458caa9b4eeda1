//! `prill doctor` on the machine that runs the tests, whatever it offers.

use prill_cli::Look;

use crate::{prill, prill_with};

#[test]
fn this_machine_can_run_payloads() {
    let ran = prill(&["doctor", "--json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let report = ran.json();
    assert_eq!(report["can_run"], true);
    let findings = report["findings"].as_array().unwrap();
    for fact in ["spawn path", "cgroups", "pipes", "perf counters", "governor", "SMT", "clocksource", "load", "KVM"] {
        let found = findings.iter().find(|finding| finding["fact"] == fact).unwrap_or_else(|| panic!("{fact}"));
        assert!(["ok", "note", "problem"].iter().any(|state| found["state"] == *state), "{found}");
        assert!(!found["value"].as_str().unwrap().is_empty() && !found["means"].as_str().unwrap().is_empty(), "{found}");
    }
    let payloads = report["payloads"].as_array().unwrap();
    let echo = payloads.iter().find(|payload| payload["payload"] == "tiny-echo").unwrap();
    assert!(echo["program"] == "echo" && echo["path"].as_str().unwrap().ends_with("/echo"), "{echo}");
    assert!(payloads.iter().all(|payload| payload["payload"] != "pingpong"), "it needs no program");
}

#[test]
fn people_get_a_table() {
    let ran = prill(&["doctor"]);
    assert!(ran.status == 0 && ran.err.is_empty());
    assert!(ran.out.contains("\npayloads can run: ") && !ran.out.contains('\u{1b}'), "{}", ran.out);
    let colours = prill_with(&["--color", "always", "doctor"], "", Look::default());
    assert!(colours.out.contains('\u{1b}'), "{}", colours.out);
}

use super::*;
use crate::testing::{codes, found, read};
use prill_core::diagnostic::code;

const ROW: &str = "T: 0 (27864) P: 0 C:   2033 Min:     28 Act:   48 Avg:  297 Max:    8622\n";

#[test]
fn a_row_is_microseconds() {
    assert_eq!(
        found(&read(&Signaltest, ROW, "signaltest -q")),
        [
            "handoff.count{pair=0}=2033",
            "handoff.latency.min{pair=0}=0.000028",
            "handoff.latency.mean{pair=0}=0.000297",
            "handoff.latency.max{pair=0}=0.008622",
            "handoff.latency.last{pair=0}=0.000048",
        ]
    );
}

#[test]
fn a_placeholder_is_no_metric_and_the_last_row_counts() {
    let first = "T: 0 (20221) P: 0 C:      0 Min:1000000 Act:    0 Avg:    0 Max:-1000000\n";
    let nothing = read(&Signaltest, first, "signaltest");
    assert_eq!((found(&nothing), codes(&nothing)), (vec!["handoff.count{pair=0}=0".to_owned()], vec![code::NO_SAMPLES]));
    let first = first.replace("20221", "27864");
    let live = format!("8.48 5.80 4.51 6/144 20222          \n\n{first}\x1b[3A8.48 5.80 4.51 6/144 20222          \n\n{ROW}");
    assert_eq!(found(&read(&Signaltest, &live, "signaltest")).len(), 5);
}

#[test]
fn a_row_of_another_process_is_of_another_run() {
    let first = ROW.to_owned() + &ROW.replace("T: 0 (27864)", "T: 1 (27865)");
    let two = read(&Signaltest, &(first + &ROW.replace("27864", "28001")), "signaltest -q");
    assert_eq!((two.metrics.len(), codes(&two)), (15, vec![code::SEVERAL_DOCUMENTS]));
    let live = ROW.replace("27864", "    0") + ROW;
    assert_eq!(codes(&read(&Signaltest, &live, "signaltest")), [""; 0], "a thread that has not started has no number");
}

#[test]
fn rows_of_other_programs_are_not_mine() {
    let cyclictest = ROW.replace(" C:", " I:1000 C:");
    assert_eq!(codes(&read(&Signaltest, &cyclictest, "cyclictest")), [code::NOT_FOUND, code::NO_METRICS]);
    let report = format!("{{\"cmdline:\": \"cyclictest -q\"}}\n{ROW}");
    assert_eq!(codes(&read(&Signaltest, &report, "cyclictest")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(Signaltest.sniff(&Text::new(ROW.as_bytes())), Sniff::Certain);
    assert_eq!(Signaltest.sniff(&Text::new(cyclictest.as_bytes())), Sniff::No);
}

#[test]
fn a_failure_is_said_whatever_the_exit_status() {
    for text in
        ["signaltest: unrecognized option '--bogus'\n", "FATAL: failed to create thread 1: no\n", "/usr/bin/signaltest: no\n"]
    {
        assert_eq!(codes(&read(&Signaltest, text, "signaltest")), [code::TOOL_FAILED, code::NO_METRICS], "{text}");
    }
}

use super::*;
use crate::testing::{self, codes, found};
use prill_core::Extraction;
use prill_core::extract::{self, Captures};

fn read(stdout: &str, argv: &str) -> Extraction {
    testing::read(&Cyclictest, stdout, argv)
}

const ROW: &str = "T: 0 (27278) P: 0 I:2000 C:    989 Min:     53 Act:   99 Avg:  138 Max:    6714\n";
const NS_ROW: &str = "T: 0 (14148) P: 0 I:1000 C:    986 Min:  30219 Act:   76620 Avg:  118762 Max: 3884437\n";

#[test]
fn a_row_is_in_the_unit_that_its_columns_show() {
    assert_eq!(
        found(&read(ROW, "cyclictest -N")),
        [
            "wakeup.count{thread=0}=989",
            "wakeup.latency.min{thread=0}=0.000053",
            "wakeup.latency.mean{thread=0}=0.000138",
            "wakeup.latency.max{thread=0}=0.006714",
            "wakeup.latency.last{thread=0}=0.000099",
        ]
    );
    let ns = read(NS_ROW, "cyclictest");
    assert_eq!(ns.metrics.named("wakeup.latency.max").next().unwrap().value(), 0.003_884_437);
    assert_eq!(ns.metrics.named("wakeup.latency.max").next().unwrap().samples(), Some(986));
}

#[test]
fn a_summary_is_in_the_unit_that_was_asked_for() {
    let text = "# Histogram\n000000 000000\n# Total: 000000000\n# Min Latencies: 22236\n# Avg Latencies: 175079\n# Max Latencies: 374155\n";
    let max = |argv| read(text, argv).metrics.named("wakeup.latency.max").next().unwrap().value();
    assert_eq!(max("cyclictest -q -N -h 20"), 0.000_374_155);
    assert_eq!(max("cyclictest -q -h 20"), 0.374_155);
}

#[test]
fn the_last_column_of_a_summary_may_be_that_of_all_threads() {
    let text =
        "# Total: 01 02 03\n# Min Latencies: 1 2\n# Avg Latencies: 3 4\n# Max Latencies: 5 6 6\n# Histogram Overflows: 7 8 15\n";
    let found = found(&read(text, "cyclictest -H 30"));
    assert!(found.contains(&"wakeup.latency.max{thread=all}=0.000006".to_owned()), "{found:?}");
    assert!(found.contains(&"histogram.overflow.count{thread=all}=15".to_owned()), "{found:?}");
}

#[test]
fn the_last_row_of_a_thread_counts_and_a_placeholder_never() {
    let first = "T: 0 (    0) P: 0 I:5000 C:      0 Min:1000000 Act:    0 Avg:    0 Max:       0\n";
    let nothing = read(first, "cyclictest");
    assert_eq!(found(&nothing), ["wakeup.count{thread=0}=0"]);
    assert_eq!(codes(&nothing), [code::NO_SAMPLES]);
    assert!(nothing.diagnostics[0].message.contains("wakeup.latency "), "{:?}", nothing.diagnostics);
    let live = read(&format!("{first}\x1b[3Apolicy: other/other: loadavg: 1.72 1.79 1.30 4/142 146\n\n{ROW}"), "cyclictest");
    assert_eq!(live.metrics.len(), 5);
    assert_eq!(codes(&live), [""; 0]);
}

#[test]
fn a_cut_row_does_not_replace_a_whole_one() {
    let cut = read(&format!("{ROW}T: 0 (27278) P: 0 I:2000 C:    990 Min:     53 Act:   9"), "cyclictest");
    assert_eq!(cut.metrics.named("wakeup.count").next().unwrap().value(), 989.0);
    assert_eq!(codes(&cut), [code::TRUNCATED]);
}

#[test]
fn of_two_runs_the_last_counts() {
    let banner = "# /dev/cpu_dma_latency set to 0us\n";
    let two = read(&format!("{banner}{ROW}{}{banner}{ROW}", ROW.replace("T: 0", "T: 1")), "cyclictest");
    assert_eq!((two.metrics.len(), codes(&two)), (15, vec![code::SEVERAL_DOCUMENTS]));
    let most: Vec<String> = two.metrics.named("wakeup.latency.max").map(|m| m.to_string()).collect();
    let [first, second] =
        ["{repetition=1, thread=0}", "{repetition=1, thread=1}"].map(|labels| format!("wakeup.latency.max{labels}"));
    assert_eq!(most, [first, second, "wakeup.latency.max{thread=0}".to_owned()]);
    // With --default-system nothing stands before the rows.
    let bare = read(&(ROW.to_owned() + &ROW.replace("27278", "27300")), "cyclictest -q --default-system");
    assert_eq!((bare.metrics.len(), codes(&bare)), (10, vec![code::SEVERAL_DOCUMENTS]));
}

#[test]
fn a_priority_that_was_not_got_is_said() {
    assert_eq!(codes(&read(ROW, "cyclictest -q -p 80")), [code::DEGRADED]);
    assert_eq!(codes(&read(ROW, "cyclictest -q -D 80")), [""; 0]);
}

#[test]
fn a_failure_is_said_whatever_the_exit_status() {
    let captures = Captures::new().with(Stream::Stderr, &b"FATAL: SMI counter is not supported on this processor\n"[..]);
    assert_eq!(codes(&extract::run(&Cyclictest, &captures, &[])), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_state_on_stderr_does_not_stand_beside_the_result() {
    let stderr = format!("#---------------------------\n# cyclictest current status:\n{ROW}#---------------------------\n");
    let both = Captures::new().with(Stream::Stdout, ROW.as_bytes()).with(Stream::Stderr, stderr.as_bytes());
    assert_eq!(extract::run(&Cyclictest, &both, &[]).metrics.len(), 5);
    let alone = Captures::new().with(Stream::Stderr, stderr.as_bytes());
    assert_eq!(extract::run(&Cyclictest, &alone, &[]).metrics.len(), 5, "without a result it is all there is");
}

#[test]
fn rows_of_other_programs_are_not_mine() {
    let signaltest = "T: 0 (27278) P: 0 C:    989 Min:     53 Act:   99 Avg:  138 Max:    6714\n";
    assert_eq!(Cyclictest.sniff(&Text::new(signaltest.as_bytes())), Sniff::No);
    assert_eq!(Cyclictest.sniff(&Text::new(ROW.as_bytes())), Sniff::Certain);
}

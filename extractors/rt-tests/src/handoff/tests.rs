use super::*;
use crate::testing::{codes, found, read};
use prill_core::diagnostic::code;

const HEAD: &str = "#0: ID28002, P0, CPU1, I1000; #1: ID28003, P0, CPU1, Cycles 1597\n";
const PAIR: &str = "#1 -> #0, Min    3, Cur    7, Avg    6, Max  149\n";

fn text() -> String {
    format!("{HEAD}{PAIR}")
}

#[test]
fn a_pair_is_called_after_its_place() {
    let second = text().replace("#0", "#2").replace("#1", "#3");
    assert_eq!(
        found(&read(&Handoff::<2>, &second, "sigwaittest -q")),
        [
            "handoff.count{pair=1}=1597",
            "handoff.latency.min{pair=1}=0.000003",
            "handoff.latency.mean{pair=1}=0.000006",
            "handoff.latency.max{pair=1}=0.000149",
            "handoff.latency.last{pair=1}=0.000007",
        ]
    );
}

#[test]
fn a_pair_of_other_threads_is_of_another_run() {
    let live = text() + &text().replace("1597", "1600").replace("CPU1", "CPU0");
    assert_eq!(codes(&read(&Handoff::<2>, &live, "sigwaittest")), [""; 0]);
    let two = text() + &text().replace("#0", "#2").replace("#1", "#3") + &text().replace("ID280", "ID281");
    let two = read(&Handoff::<2>, &two, "sigwaittest -q");
    assert_eq!((two.metrics.len(), codes(&two)), (15, vec![code::SEVERAL_DOCUMENTS]));
    let counts: Vec<String> = two.metrics.named("handoff.count").map(|m| m.to_string()).collect();
    assert_eq!(counts, ["handoff.count{pair=0, repetition=1}", "handoff.count{pair=1, repetition=1}", "handoff.count{pair=0}"]);
}

#[test]
fn timeouts_are_counted_and_tell_pmqtest_from_the_others() {
    let text = text().replace("Cycles", "TO 2, Cycles");
    let pmqtest = found(&read(&Handoff::<0>, &text, "pmqtest"));
    assert_eq!(pmqtest[..2], ["handoff.count{pair=0}=1597", "handoff.timeout.count{pair=0}=2"]);
    assert_eq!(codes(&read(&Handoff::<1>, &text, "ptsematest")), [code::NOT_FOUND, code::NO_METRICS]);
    let sniffs = |text: &str| {
        let text = Text::new(text.as_bytes());
        [Handoff::<0>.sniff(&text), Handoff::<1>.sniff(&text), Handoff::<2>.sniff(&text), Handoff::<3>.sniff(&text)]
    };
    assert_eq!(sniffs(&text), [Sniff::Certain, Sniff::No, Sniff::No, Sniff::No]);
    assert_eq!(sniffs(&self::text()), [Sniff::No, Sniff::Likely, Sniff::Likely, Sniff::Likely]);
    let with_report = format!("{{\n  \"cmdline:\": \"/usr/bin/svsematest -q\"\n}}\n{}", self::text());
    assert_eq!(sniffs(&with_report), [Sniff::No, Sniff::No, Sniff::No, Sniff::Certain]);
}

#[test]
fn a_pair_without_a_sample_has_no_latency() {
    let first = HEAD.replace("1597", "0");
    for nothing in ["#1 -> #0, Min   -1, Cur    0, Avg -2147483648, Max    0\n", "#1 -> #0 (not yet ready)\n"] {
        let nothing = read(&Handoff::<3>, &format!("{first}{nothing}"), "svsematest");
        assert_eq!((found(&nothing), codes(&nothing)), (vec!["handoff.count{pair=0}=0".to_owned()], vec![code::NO_SAMPLES]));
    }
    let live = read(&Handoff::<3>, &format!("{first}#1 -> #0 (not yet ready)\n\x1b[2A{}", text()), "svsematest");
    assert_eq!((live.metrics.len(), codes(&live)), (5, vec![]));
}

#[test]
fn a_report_has_the_plain_names_and_the_pairs_a_source() {
    let report = r#"{"cmdline:": "ptsematest -q", "thread": {"0": {"sender": {"samples": 1712}, "receiver": {"min": 3, "avg": 20.29, "max": 4447}}}}"#;
    let both = found(&read(&Handoff::<1>, &format!("{report}\n{}", text()), "ptsematest"));
    assert!(both.contains(&"handoff.latency.mean{pair=0}=0.00002029".to_owned()), "{both:?}");
    assert!(both.contains(&"handoff.latency.mean{pair=0, source=table}=0.000006".to_owned()), "{both:?}");
    let empty = report.replace("1712", "0").replace("20.29", "-nan").replace("\"min\": 3", "\"min\": -1");
    assert_eq!(codes(&read(&Handoff::<1>, &empty, "ptsematest")), [code::NOT_FINITE, code::NO_SAMPLES]);
}

#[test]
fn a_number_that_may_be_cut_is_left_out() {
    let text = text();
    let cut = read(&Handoff::<1>, &text[..text.len() - 2], "ptsematest");
    assert_eq!((cut.metrics.named("handoff.latency.max").count(), codes(&cut)), (0, vec![code::TRUNCATED]));
    assert_eq!(cut.metrics.named("handoff.latency.mean").count(), 1);
}

#[test]
fn a_failure_is_said() {
    let text = "FATAL: Could not access tracing_on\n";
    assert_eq!(codes(&read(&Handoff::<0>, text, "pmqtest -b 20")), [code::TOOL_FAILED, code::NO_METRICS]);
}

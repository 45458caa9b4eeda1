use super::fixture::{Row, sampled, table};
use super::*;
use crate::check::Actual;
use crate::metric::Stream;
use Verdict::{Failed, Inconclusive, Passed};
use prill_scan::{Quantity, Span};
use proptest::prelude::*;

const EMPTY: [Diagnostic; 0] = [];

fn subject<'a>(metrics: &'a MetricTable, diagnostics: &'a [Diagnostic]) -> Subject<'a> {
    Subject { metrics, usage: &[], diagnostics, exit: ExitState::Exited(0), stderr: b"", allow_partial: false }
}

fn checks(texts: &[&str]) -> Vec<MetricCheck> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn ask(check: MetricCheck, metrics: &MetricTable) -> Outcome {
    judge(&[check], &subject(metrics, &EMPTY)).outcomes()[0].clone()
}

/// The verdict on `text` over `rows`, and the reason.
fn asked(text: &str, rows: &[Row<'_>]) -> (Verdict, String) {
    let outcome = ask(text.parse().unwrap(), &table(rows));
    assert_eq!(outcome.check, text.parse::<MetricCheck>().unwrap().to_string());
    (outcome.verdict, outcome.reason)
}

const CLAT: &[Row<'_>] = &[
    ("clat.p99", &[("job", "a"), ("op", "read")], 0.002, "s"),
    ("clat.p99", &[("job", "a"), ("op", "write")], 0.004, "s"),
    ("clat.p99", &[("op", "read")], 0.003, "s"),
    ("iops", &[("op", "read")], 50_000.0, "{request}/s"),
    ("opaque", &[], 7.0, ""),
];

#[test]
fn a_selector_picks_exactly_one_metric() {
    assert_eq!(asked("clat.p99{op=read} == 3ms", CLAT).0, Passed, "an equal identity wins over one that contains it");
    assert_eq!(asked("clat.p99{op=write} == 4ms", CLAT).0, Passed, "the only one that contains the labels");
    assert_eq!(asked("clat.p99{job=a, op=read} == 2ms", CLAT).0, Passed);
    let (verdict, reason) = asked("clat.p99 < 1s", CLAT);
    assert_eq!(verdict, Failed);
    assert!(reason.contains("picks 3 metrics: clat.p99{job=a, op=read}, ") && reason.contains("each"), "{reason}");
    assert!(asked("clat.p99{job=a} < 1s", CLAT).1.contains("picks 2 metrics"));
}

#[test]
fn second_prints_and_intervals_stand_aside() {
    let rows: &[Row<'_>] = &[
        ("rate", &[("job", "a"), ("op", "read")], 9.0, "By/s"),
        ("rate", &[("job", "a"), ("op", "read"), ("source", "bw")], 8.0, "By/s"),
        ("rate", &[("interval", "1"), ("job", "a"), ("op", "read")], 7.0, "By/s"),
        ("part", &[("interval", "1")], 1.0, "s"),
    ];
    assert_eq!(asked("rate{op=read} == 9", rows).0, Passed);
    assert_eq!(asked("each rate == 9", rows).0, Passed);
    assert_eq!(asked("rate{source=bw} == 8", rows).0, Passed, "one that is spoken of is picked");
    assert_eq!(asked("max(rate{interval=*}) == 7", rows).0, Passed);
    assert_eq!(asked("part == 1", rows).0, Passed, "there is nothing else");
}

#[test]
fn a_selector_that_picks_nothing_says_what_there_is() {
    let (verdict, reason) = asked("clat.p90{op=read} < 1s", CLAT);
    assert_eq!((verdict, reason.as_str()), (Failed, "no metric is called `clat.p90`; there are clat.p99, iops, opaque"));
    assert!(asked("p99 < 1s", CLAT).1.ends_with("there are clat.p99, iops, opaque"), "no suffix match, but a hint");
    let (_, reason) = asked("iops{op=trim} < 1", CLAT);
    assert_eq!(reason, "no `iops` has the labels of `iops{op=trim}`; there are iops{op=read}");
    assert_eq!(asked("each clat.p1 < 1s", CLAT).0, Failed, "each of none is no pass");
    assert_eq!(asked("max(nothing) < 1s", &[]), (Failed, "there is no `nothing`: the run has no metrics".to_owned()));
}

#[test]
fn long_lists_are_cut_and_counted() {
    let names: Vec<String> = (0..20).map(|i| format!("m{i:02}")).collect();
    let rows: Vec<Row<'_>> = names.iter().map(|name| (name.as_str(), &[][..], 1.0, "")).collect();
    assert!(asked("absent < 1", &rows).1.ends_with("m07 and 12 more"));
}

#[test]
fn an_empty_run_gives_the_reason_it_is_empty() {
    let none = [Diagnostic::note("note", "no"), Diagnostic::error(code::NO_OUTPUT, "no metric: stdout is empty")];
    let metrics = MetricTable::default();
    let result = judge(&checks(&["x < 1"]), &subject(&metrics, &none));
    assert_eq!(result.outcomes()[0].reason, "there is no `x`: no metric: stdout is empty");
}

#[test]
fn only_the_signs_are_strict() {
    for (text, verdict) in [
        ("opaque < 7", Failed),
        ("opaque <= 7", Passed),
        ("opaque > 7", Failed),
        ("opaque >= 7", Passed),
        ("opaque == 7", Passed),
        ("opaque != 7", Failed),
        ("opaque in 7..8", Passed),
        ("opaque in 6..7", Passed),
        ("opaque in 7.1..8", Failed),
        ("iops >= 50k", Passed),
        ("clat.p99{op=write} in 0..4ms", Passed),
    ] {
        assert_eq!(asked(text, CLAT).0, verdict, "{text}");
    }
    let metrics = table(CLAT);
    let seven = Quantity::bare(7.0);
    for check in
        [MetricCheck::min("opaque", seven), MetricCheck::max("opaque", seven), MetricCheck::range("opaque", seven, seven)]
    {
        assert_eq!(ask(check, &metrics).verdict, Passed, "{check}");
    }
}

#[test]
fn printed_decimals_are_compared_exactly() {
    assert_eq!(asked("x == 431us", &[("x", &[], 0.000_431, "s")]).0, Passed);
    assert_eq!(asked("x <= 0.1ms", &[("x", &[], 0.0001, "s")]).0, Passed);
    assert_eq!(asked("x == 9.4Gbit/s", &[("x", &[], 1.175e9, "By/s")]).0, Passed);
}

#[test]
fn units_are_never_guessed() {
    let (verdict, reason) = asked("clat.p99{op=write} < 4KiB", CLAT);
    assert_eq!(
        (verdict, reason.as_str()),
        (Failed, "clat.p99{job=a, op=write} is 4 ms (0.004 s), which is in s, and 4KiB is in By")
    );
    let (verdict, reason) = asked("opaque < 8s", CLAT);
    assert!(verdict == Failed && reason.contains("bare number") && reason.contains("MetricHint"), "{reason}");
    assert_eq!(asked("clat.p99{op=write} < 0.005", CLAT).0, Passed, "a bare number is in the unit of the metric");
}

#[test]
fn a_count_a_second_is_held_against_whatever_is_counted() {
    assert_eq!(asked("iops > 100/s", CLAT).0, Passed);
    assert_eq!(asked("iops > 100 {request}/s", CLAT).0, Passed);
    assert_eq!(asked("iops > 100 {event}/s", CLAT).0, Failed, "something else is counted");
    assert_eq!(asked("x >= 10/s", &[("x", &[], 10.0, "Hz")]).0, Passed);
    assert_eq!(asked("x > 1/s", &[("x", &[], 10.0, "By/s")]).0, Failed, "bytes are a size, not a count");
}

#[test]
fn bounds_that_mean_nothing_fail() {
    let metrics = table(CLAT);
    let bare = Quantity::bare;
    for check in [
        MetricCheck::max("opaque", bare(f64::NAN)),
        MetricCheck::min("opaque", bare(f64::NAN)),
        MetricCheck::range("opaque", bare(0.0), bare(f64::NAN)),
        MetricCheck::max("opaque", bare(f64::INFINITY)),
        MetricCheck::range("opaque", bare(8.0), bare(6.0)),
        MetricCheck::range("clat.p99{op=read}", bare(1.0), Quantity::ms(5.0)),
        MetricCheck::range("clat.p99{op=read}", Quantity::bytes(1.0), Quantity::ms(5.0)),
        MetricCheck::max("opaque{", bare(9.0)),
        MetricCheck::max("exit", bare(9.0)),
        MetricCheck::exists("each opaque"),
    ] {
        let outcome = ask(check, &metrics);
        assert_eq!((outcome.verdict, outcome.evidence), (Failed, Evidence::None), "{check}");
    }
}

#[test]
fn quantifiers_ask_about_all_that_is_picked() {
    for (text, verdict) in [
        ("each clat.p99 <= 4ms", Passed),
        ("each clat.p99 < 4ms", Failed),
        ("each clat.p99{job=a} <= 4ms", Passed),
        ("any clat.p99 <= 2ms", Passed),
        ("any clat.p99 < 2ms", Failed),
        ("max(clat.p99) == 4ms", Passed),
        ("min(clat.p99) == 2ms", Passed),
        ("sum(clat.p99{job=*}) == 6ms", Passed),
        ("mean(clat.p99{job=a}) == 3ms", Passed),
        ("exists clat.p99", Passed),
        ("exists clat.p99{op=trim}", Failed),
    ] {
        assert_eq!(asked(text, CLAT).0, verdict, "{text}");
    }
    let (_, reason) = asked("each clat.p99 < 3ms", CLAT);
    assert!(reason.starts_with("2 of 3 failed: clat.p99{job=a, op=write} is 4 ms (0.004 s), "), "{reason}");
    assert_eq!(asked("max(clat.p99) < 1ms", CLAT).1, "4 ms (0.004 s), of 3");
}

#[test]
fn totals_and_parts_are_not_added_up() {
    let (verdict, reason) = asked("sum(clat.p99) < 1s", CLAT);
    assert!(verdict == Failed && reason.ends_with("narrow it with {job=*} or {!job}"), "{reason}");
    assert_eq!(asked("mean(clat.p99{!job}) == 3ms", CLAT).0, Passed);
    let mixed: &[Row<'_>] = &[("x", &[("a", "1")], 1.0, "s"), ("x", &[("a", "2")], 1.0, "By")];
    assert_eq!(asked("max(x) < 5", mixed), (Failed, "`max(x)` mixes units: s and By".to_owned()));
    let huge: &[Row<'_>] = &[("x", &[("a", "1")], 1e308, ""), ("x", &[("a", "2")], 1e308, "")];
    assert_eq!(asked("sum(x) > 5", huge).0, Failed, "a sum beyond f64 is no number");
}

#[test]
fn few_samples_are_inconclusive_and_none_is_a_placeholder() {
    let rows: &[Row<'_>] = &[("x.p99", &[("t", "1")], 1.0, "s"), ("x.p99_9", &[], 1.0, "s"), ("x.mean", &[], 1.0, "s")];
    let verdict = |text: &str, samples| ask(text.parse().unwrap(), &sampled(rows, samples)).verdict;
    assert_eq!(verdict("x.p99 < 2s", Some(99)), Inconclusive);
    assert_eq!(verdict("x.p99 < 1s", Some(99)), Inconclusive, "whether it would hold or not");
    assert_eq!(verdict("x.p99 < 2s", Some(100)), Passed);
    assert_eq!(verdict("x.p99_9 < 2s", Some(999)), Inconclusive);
    assert_eq!(verdict("x.p99_9 < 2s", Some(1000)), Passed);
    assert_eq!(verdict("x.p99 < 2s", None), Passed, "a tool that does not say is believed");
    assert_eq!(verdict("x.mean < 2s", Some(1)), Passed);
    assert_eq!(verdict("each x.p99 < 2s", Some(99)), Inconclusive);
    assert_eq!(verdict("any x.p99 < 2s", Some(99)), Inconclusive);
    assert_eq!(verdict("mean(x.p99) < 2s", Some(99)), Inconclusive);
    assert_eq!(verdict("exists x.p99", Some(99)), Passed);
    assert_eq!(verdict("x.p99 < 2By", Some(99)), Failed, "a wrong question is wrong with few samples as well");
    assert_eq!(verdict("x.mean < 2s", Some(0)), Failed);
    assert_eq!(verdict("max(x.mean) < 2s", Some(0)), Failed);
}

#[test]
fn one_that_fails_outweighs_one_that_cannot_say() {
    let few = sampled(&[("x.p99", &[("t", "1")], 1.0, "s"), ("x.p99", &[("t", "2")], 1.0, "By")], Some(99));
    assert_eq!(ask(checks(&["each x.p99 < 2s"])[0], &few).verdict, Failed);
    assert_eq!(ask(checks(&["any x.p99 < 2s"])[0], &few).verdict, Inconclusive);
}

#[test]
fn a_metric_without_samples_fails_with_that_reason() {
    let said = [Diagnostic::warning(code::NO_SAMPLES, "wakeup.latency{thread=3} stands on no sample. So it is no metric.")];
    let metrics = table(&[("wakeup.latencies", &[], 1.0, "s")]);
    let reason = |text: &str| judge(&checks(&[text]), &subject(&metrics, &said)).outcomes()[0].reason.clone();
    assert!(reason("wakeup.latency.p99 < 1s").contains("stands on no sample"));
    assert!(reason("each wakeup.latency < 1s").contains("stands on no sample"));
    assert!(reason("wakeup.latencies.p99 < 1s").starts_with("no metric is called"));
    assert!(reason("wakeup.latency_total.p99 < 1s").starts_with("no metric is called"));
    assert!(reason("wakeup < 1s").starts_with("no metric is called"));
}

#[test]
fn the_exit_code_is_judged_first_and_a_mismatch_carries_stderr() {
    let metrics = table(CLAT);
    let stderr: Vec<u8> = (1..=30).flat_map(|n| format!("line {n}\n").into_bytes()).chain(*b"\xff\x1b[1mlast\n").collect();
    let run = Subject { exit: ExitState::Exited(3), stderr: &stderr, ..subject(&metrics, &EMPTY) };
    let result = judge(&checks(&["opaque == 7", "exit == 0"]), &run);
    let [first, second] = result.outcomes() else { panic!("{result}") };
    assert_eq!((first.check.as_str(), first.verdict, second.verdict), ("exit == 0", Failed, Passed));
    assert_eq!(first.evidence, Evidence::Exit { expected: 0, actual: ExitState::Exited(3), stderr: stderr.clone() });
    let shown = result.to_string();
    assert!(
        shown.starts_with("failed\n  failed: exit == 0: it exited with 3, and not with 0\n    stderr, after 11 lines:\n"),
        "{shown}"
    );
    assert!(shown.contains("| line 12\n") && !shown.contains("line 11\n") && shown.contains("last\n"), "{shown}");
    assert!(shown.ends_with("\n  passed: opaque == 7: 7"), "{shown}");
}

#[test]
fn an_abnormal_end_is_inconclusive_unless_an_exit_check_decides() {
    let metrics = table(CLAT);
    let verdict = |exit, allow_partial, texts: &[&str]| {
        judge(&checks(texts), &Subject { exit, allow_partial, ..subject(&metrics, &EMPTY) }).verdict()
    };
    for exit in [ExitState::Signalled(11), ExitState::TimedOut] {
        assert_eq!(verdict(exit, false, &[]), Inconclusive);
        assert_eq!(verdict(exit, false, &["opaque == 7"]), Inconclusive);
        assert_eq!(verdict(exit, false, &["opaque == 8"]), Failed);
        assert_eq!(verdict(exit, true, &["opaque == 7"]), Passed);
        assert_eq!(verdict(exit, false, &["exit == 0", "opaque == 7"]), Failed);
        assert_eq!(verdict(exit, false, &["exit == -1", "opaque == 7"]), Passed);
    }
    assert_eq!(verdict(ExitState::Killed, false, &["opaque == 7"]), Passed, "the caller wanted it so");
    assert_eq!(verdict(ExitState::Exited(1), false, &["opaque == 7"]), Passed, "nobody asked for the code");
}

#[test]
fn a_cut_capture_is_inconclusive() {
    let metrics = table(CLAT);
    let cut = [Diagnostic::warning(code::CUT, "9 bytes of stdout were cut").at(&Stream::Stdout, Span::new(1, 10))];
    let verdict =
        |allow_partial, texts: &[&str]| judge(&checks(texts), &Subject { allow_partial, ..subject(&metrics, &cut) }).verdict();
    assert_eq!(verdict(false, &["opaque == 7"]), Inconclusive);
    assert_eq!(verdict(true, &["opaque == 7"]), Passed);
    assert_eq!(verdict(false, &["exit == 0"]), Passed, "the exit code is whole");
    assert_eq!(verdict(false, &["exit == 0", "opaque == 7"]), Inconclusive, "it says nothing about the metrics");
}

#[test]
fn what_may_not_have_been_heard_is_inconclusive() {
    let metrics = table(CLAT);
    let cut = [Diagnostic::warning(code::CUT, "9 bytes of stdout were cut").at(&Stream::Stdout, Span::new(1, 10))];
    let asked = |exit, said: &[Diagnostic], allow_partial, text: &str| {
        let checks = checks(&["exit == -1", text]);
        let result = judge(&checks, &Subject { exit, allow_partial, ..subject(&metrics, said) });
        let outcome = result.outcomes().last().unwrap();
        (outcome.verdict, outcome.reason.clone())
    };
    for text in ["late < 1", "exists late", "each late < 1", "max(late) < 1", "iops{op=trim} < 1"] {
        for exit in [ExitState::Signalled(11), ExitState::TimedOut] {
            let (verdict, reason) = asked(exit, &EMPTY, false, text);
            assert_eq!(verdict, Inconclusive, "{text}: {reason}");
            assert!(reason.contains("there are ") && reason.ends_with(&format!("; it may have come later: the payload {exit}")));
            assert_eq!(asked(exit, &EMPTY, true, text).0, Failed, "what came is taken for all");
        }
        let (verdict, reason) = asked(ExitState::Exited(0), &cut, false, text);
        assert!(verdict == Inconclusive && reason.ends_with("not kept: 9 bytes of stdout were cut"), "{text}: {reason}");
        assert_eq!(asked(ExitState::Exited(0), &cut, true, text).0, Failed);
        assert_eq!(asked(ExitState::Exited(0), &EMPTY, false, text).0, Failed);
        assert_eq!(asked(ExitState::Killed, &EMPTY, false, text).0, Failed, "the caller wanted it so");
    }
    for wrong in ["usage.cgroup.cpu", "clat.p99", "opaque", "late{"] {
        let check = MetricCheck::max(wrong, Quantity::s(1.0));
        let run = Subject { exit: ExitState::TimedOut, ..subject(&metrics, &EMPTY) };
        assert_eq!(judge(&[check], &run).outcomes().last().unwrap().verdict, Failed, "{wrong}");
    }
    let none = [Diagnostic::warning(code::NO_SAMPLES, "late stands on no sample")];
    assert_eq!(asked(ExitState::TimedOut, &none, false, "late < 1").0, Failed);
}

#[test]
fn a_tool_that_says_it_failed_fails() {
    let metrics = table(CLAT);
    let said: Vec<_> = (0..3).map(|i| Diagnostic::error(code::TOOL_FAILED, format!("cannot set policy {i}"))).collect();
    let run = Subject { allow_partial: true, ..subject(&metrics, &said) };
    let result = judge(&checks(&["exit == 0", "opaque == 7"]), &run);
    assert_eq!(result.verdict(), Failed);
    assert_eq!(result.outcomes()[1].reason, "the tool says that it failed: cannot set policy 0 (and 2 more)");
}

#[test]
fn usage_is_selected_like_metrics() {
    let metrics = table(CLAT);
    let usage = [Reading { name: "usage.wall", value: 1.5, unit: Some(Unit::SECOND) }];
    let run = Subject { usage: &usage, ..subject(&metrics, &EMPTY) };
    let result = judge(&checks(&["usage.wall < 2s", "usage.wal < 2s"]), &run);
    assert_eq!(result.outcomes()[0].verdict, Passed);
    assert_eq!(
        result.outcomes()[0].evidence,
        Evidence::Values(vec![Actual { metric: "usage.wall".into(), value: 1.5, unit: Some(Unit::SECOND) }])
    );
    assert!(result.outcomes()[1].reason.starts_with("no metric is called `usage.wal`; there are usage.wall, "));
}

#[test]
fn a_result_reads_as_one_line_for_each_outcome() {
    let metrics = table(&[("time.mean", &[("benchmark", "two\nlines")], 0.015_984, "s")]);
    let result = judge(&checks(&["time.mean < 5ms", "exists other"]), &subject(&metrics, &EMPTY));
    assert_eq!(
        result.to_string(),
        "failed\n  failed: time.mean < 5ms: time.mean{benchmark=\"two\\nlines\"} is 15.98 ms (0.015984 s)\n  \
         failed: exists other: no metric is called `other`; there are time.mean"
    );
    assert_eq!(judge(&[], &subject(&metrics, &EMPTY)).to_string(), "passed: nothing was asked");
}

proptest! {
    #[test]
    fn judging_never_panics(
        term in "((each|any) )?(max\\()?[a-c.\"]{0,4}(\\{[a-c]=[a-c*]\\})?\\)?",
        rows in prop::collection::vec(("[a-c.\"]{0,3}", "[a-c]", any::<f64>(), prop::sample::select(vec!["", "s", "By"])), 0..6),
        bound in any::<f64>(),
        samples in prop::option::of(0u64..200),
        exit in -2..3i32,
    ) {
        let labels: Vec<[(&str, &str); 1]> = rows.iter().map(|(_, v, ..)| [("a", v.as_str())]).collect();
        let rows: Vec<Row<'_>> =
            rows.iter().zip(&labels).map(|((name, _, value, unit), l)| (name.as_str(), l.as_slice(), *value, *unit)).collect();
        let metrics = sampled(&rows, samples);
        let term = prill_scan::unit::intern(&term);
        let checks = [MetricCheck::max(term, Quantity::bare(bound)), MetricCheck::exists(term), MetricCheck::exit_code_eq(0)];
        let result = judge(&checks, &Subject { exit: ExitState::Exited(exit), ..subject(&metrics, &EMPTY) });
        prop_assert_eq!(result.outcomes().len(), 3);
        let _ = result.to_string();
    }
}

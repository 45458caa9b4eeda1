use std::collections::BTreeSet;

use prill_core::payload::registered;
use prill_core::process::builtin::builtins;
use prill_core::{MetricCheck, Payload, PayloadKind};

use super::*;

fn payloads() -> Vec<&'static Payload> {
    registered().into_iter().map(|registered| registered.payload).collect()
}

#[test]
fn names_are_unique_and_sorted() {
    let names: Vec<_> = payloads().iter().map(|payload| payload.name).collect();
    let sorted: BTreeSet<_> = names.iter().copied().collect();
    assert_eq!(names, sorted.into_iter().collect::<Vec<_>>());
    for wanted in ["cyclictest", "fio", "hackbench", "pingpong", "replay", "schbench", "stress-ng", "sysbench"] {
        assert!(names.contains(&wanted), "{wanted} is not in {names:?}");
    }
}

#[test]
fn a_summary_is_one_line() {
    for registered in registered() {
        let summary = registered.summary;
        assert!((10..80).contains(&summary.len()) && !summary.ends_with('.'), "{}: {summary}", registered.payload.name);
        assert!(!summary.contains(['\n', '\t']), "{}: {summary}", registered.payload.name);
    }
}

#[test]
fn every_payload_runs_and_asks_for_success_alone() {
    for payload in payloads() {
        assert!(payload.is_runnable(), "{payload:?}");
        assert_eq!(payload.default_checks, [MetricCheck::exit_code_eq(0)], "{}", payload.name);
    }
}

#[test]
fn every_builtin_is_there() {
    let there: Vec<_> = builtins().iter().map(|builtin| builtin.name).collect();
    for payload in payloads() {
        if let PayloadKind::Builtin(name) = payload.kind {
            assert!(there.contains(&name), "{name} is not in {there:?}");
        }
    }
}

#[test]
fn a_replay_stands_in_for_another_payload() {
    const REPLAY_OF_FIO: Payload = replay_of(&FIO);
    assert_eq!(REPLAY_OF_FIO.kind, REPLAY.kind);
    assert_eq!((REPLAY_OF_FIO.name, REPLAY_OF_FIO.output), (FIO.name, FIO.output));
    assert!(REPLAY_OF_FIO.default_args.is_empty(), "the arguments of fio mean nothing to a replay");
}

#[test]
fn frameworks_take_any_executable() {
    let fib = framework::google_benchmark("fib", "./fib");
    assert_eq!((fib.name, fib.kind, fib.output.name()), ("fib", PayloadKind::Binary("./fib"), "google-benchmark"));
    let others: [fn(&'static str, &'static str) -> Payload; 4] =
        [framework::catch2, framework::nanobench, framework::github_action_benchmark, framework::bmf];
    let formats = others.map(|make| make("fib", "./fib").output.name());
    assert_eq!(formats, ["catch2", "nanobench", "github-action-benchmark", "bmf"]);
}

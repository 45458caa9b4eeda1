use prill_core::extract::{self, Captures};
use prill_core::{Extractor, Stream};
use prill_testkit::{Case, invariants, wording};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

use super::{all_cases, is_generic, registry};

/// What people and machines do to an output.
#[derive(Clone, Debug)]
enum Change {
    Cut(Index),
    Remove(Index, usize),
    Repeat(Index, usize),
    Put(Index, Vec<u8>),
}

/// Texts that have broken readers of numbers.
const HOSTILE: &[&str] = &[
    "",
    "\0",
    "\r",
    "\n",
    "\r\n",
    "\u{1b}[31m",
    "nan",
    "-nan",
    "inf",
    "1e400",
    "-1",
    "1,5",
    "1,234,567",
    "0",
    "99999999999999999999",
    "1e-400",
    ".",
    "-",
    "%",
    ":",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\u0000",
    "µs",
    "usec",
    "KiB/s",
    "p99",
    "50.0th:",
    "=",
    "(",
    ")",
    "\t",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        prop::collection::vec(select(HOSTILE).prop_map(str::as_bytes), 0..60).prop_map(|parts| parts.concat()),
    ]
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        any::<Index>().prop_map(Change::Cut),
        (any::<Index>(), 1..200usize).prop_map(|(at, n)| Change::Remove(at, n)),
        (any::<Index>(), 1..2000usize).prop_map(|(at, n)| Change::Repeat(at, n)),
        (any::<Index>(), bytes()).prop_map(|(at, new)| Change::Put(at, new)),
    ];
    prop::collection::vec(change, 1..5)
}

fn changed(text: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut text = text.to_vec();
    for change in changes {
        let len = text.len();
        match change {
            Change::Cut(at) => text.truncate(at.index(len + 1)),
            Change::Remove(at, n) => {
                let start = at.index(len + 1);
                text.drain(start..len.min(start + n));
            }
            Change::Repeat(at, n) => {
                let start = at.index(len + 1);
                let part = text[start..len.min(start + n)].to_vec();
                text.splice(start..start, part);
            }
            Change::Put(at, new) => {
                let start = at.index(len + 1);
                text.splice(start..start, new.iter().copied());
            }
        }
    }
    text
}

/// The guarantees of every extraction of any text. That none panics shows by itself.
fn holds(format: &dyn Extractor, stdout: &[u8], stderr: &[u8]) -> Result<(), TestCaseError> {
    let captures = Captures::new().with(Stream::Stdout, stdout).with(Stream::Stderr, stderr);
    let extraction = extract::run(format, &captures, &[]);
    let mut wrong = invariants(&extraction, &captures);
    if !is_generic(format) {
        wrong.extend(wording(&extraction));
    }
    prop_assert!(wrong.is_empty(), "{}: {}", format.name(), wrong.join("\n"));
    Ok(())
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

#[test]
fn any_bytes_are_read_without_a_panic_or_a_lie() {
    for format in registry().iter() {
        let result = runner(256).run(&(bytes(), bytes()), |(stdout, stderr)| holds(format, &stdout, &stderr));
        result.unwrap_or_else(|e| panic!("{}: {e}", format.name()));
    }
}

#[test]
fn damaged_samples_are_read_without_a_panic_or_a_lie() {
    let cases = all_cases();
    for format in registry().iter() {
        let own: Vec<&Case> = cases.iter().filter(|c| c.group == format.name()).collect();
        if own.is_empty() {
            continue;
        }
        let result = runner(192).run(&(any::<Index>(), changes(), changes()), |(which, out, err)| {
            let case = which.get(&own);
            holds(format, &changed(case.bytes(&Stream::Stdout), &out), &changed(case.bytes(&Stream::Stderr), &err))
        });
        result.unwrap_or_else(|e| panic!("{}: {e}", format.name()));
    }
}

use std::error::Error;
use std::fmt::Write as _;

use prill_core::{AssertResult, Outcome, Verdict};

use super::journal::Run;

/// Of a body that ended with an error.
pub(super) fn error(name: &str, error: &anyhow::Error, runs: &[Run]) -> String {
    format!("{name}: failed to {}{}", chain(error.as_ref()), list("the verdicts until then", runs))
}

/// Of a verdict that fails the test.
pub(super) fn verdict(name: &str, verdict: &AssertResult, runs: &[Run]) -> String {
    let others: Vec<Run> = runs.iter().filter(|run| !contains(verdict, &run.verdict)).cloned().collect();
    format!("{name}: {verdict}{}", list("the other runs", &others))
}

/// Of a body that panicked; its message is on stderr already. `None` when no payload had run.
pub(super) fn panic(name: &str, runs: &[Run]) -> Option<String> {
    (!runs.is_empty()).then(|| format!("{name}: panicked{}", list("the verdicts until then", runs)))
}

/// The one line about checks that were not judged. `None` when there is none.
pub(super) fn skipped(name: &str, verdict: &AssertResult) -> Option<String> {
    let reasons: Vec<String> = verdict.outcomes().iter().filter(|o| o.verdict == Verdict::Skipped).map(reason).collect();
    let what = if verdict.verdict() == Verdict::Skipped { "skipped" } else { "skipped in part" };
    (!reasons.is_empty()).then(|| format!("prill: {name}: {what}: {}", reasons.join("; ")))
}

fn reason(outcome: &Outcome) -> String {
    let text =
        if outcome.check == Outcome::RUN { outcome.reason.clone() } else { format!("{}: {}", outcome.check, outcome.reason) };
    text.replace(|c: char| c.is_control(), " ")
}

fn contains(all: &AssertResult, part: &AssertResult) -> bool {
    part.outcomes().iter().all(|outcome| all.outcomes().contains(outcome))
}

fn list(title: &str, runs: &[Run]) -> String {
    let mut text = String::new();
    if !runs.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{title}:");
    }
    for Run { payload, verdict } in runs {
        let verdict = verdict.to_string().replace('\n', "\n  ");
        let _ = write!(text, "\n  {payload}: {verdict}");
    }
    text
}

/// An error with its causes, but for those that it quotes itself.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let said = next.to_string();
        if !text.contains(&said) {
            let _ = write!(text, ": {said}");
        }
        cause = next.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    fn outcome(verdict: Verdict, check: &str) -> AssertResult {
        Outcome::new(verdict, check, "because").into()
    }

    fn run(payload: &str, verdict: AssertResult) -> Run {
        Run { payload: payload.to_owned(), verdict }
    }

    #[test]
    fn an_error_shows_its_causes_once_and_the_verdicts_before_it() {
        let e = std::fs::read("/nonexistent/job").context("read the job").unwrap_err();
        let runs = [run("fio", outcome(Verdict::Passed, "exit == 0"))];
        assert_eq!(
            error("t", &e, &runs),
            "t: failed to read the job: No such file or directory (os error 2)\nthe verdicts until then:\n  fio: passed\n    \
             passed: exit == 0: because"
        );
        let quoting = anyhow::Error::new(std::io::Error::other("disk on fire")).context("save: disk on fire");
        assert_eq!(error("t", &quoting, &[]), "t: failed to save: disk on fire");
    }

    #[test]
    fn a_verdict_lists_each_outcome_once() {
        let mut all = outcome(Verdict::Failed, "a < 1");
        all.merge(outcome(Verdict::Passed, "b < 1"));
        let runs = [run("one", outcome(Verdict::Failed, "a < 1")), run("two", outcome(Verdict::Inconclusive, "c < 1"))];
        assert_eq!(
            verdict("t", &all, &runs),
            "t: failed\n  failed: a < 1: because\n  passed: b < 1: because\nthe other runs:\n  two: inconclusive\n    \
             inconclusive: c < 1: because"
        );
    }

    #[test]
    fn what_was_skipped_is_one_line() {
        let mut some = AssertResult::skip("no KVM\nhere");
        assert_eq!(skipped("t", &some).as_deref(), Some("prill: t: skipped: no KVM here"));
        some.merge(outcome(Verdict::Passed, "a < 1"));
        some.merge(outcome(Verdict::Skipped, "b < 1"));
        assert_eq!(skipped("t", &some).as_deref(), Some("prill: t: skipped in part: no KVM here; b < 1: because"));
        assert_eq!(skipped("t", &outcome(Verdict::Passed, "a < 1")), None);
    }
}

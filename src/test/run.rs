use std::any::Any;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use prill_core::{AssertResult, Payload, Verdict};

use super::journal::{Journal, Run};
use super::{IntoVerdict, report};
use crate::scheduler::Scheduler;
use crate::{Ctx, Result};

/// Runs the body of the test `name`, under `scheduler` where there is one.
///
/// # Panics
/// When the body gives an error or a verdict that is failed or inconclusive, when it panics, when the context cannot be had,
/// and when the scheduler does not live as long as the body: that is how a test fails.
#[track_caller]
pub fn run<R: IntoVerdict>(name: &str, scheduler: Option<&Payload>, body: impl FnOnce(&Ctx) -> R) {
    let failure = match played(name, scheduler, body) {
        Ok(Played { end: Err(panic), runs, died }) => {
            // The test fails, so its harness shows this beside the message of the panic.
            died.into_iter().chain(report::panic(name, &runs)).for_each(|text| eprintln!("{text}"));
            resume_unwind(panic)
        }
        Ok(Played { end: Ok(result), runs, died }) => {
            // A dead scheduler comes first: the rest may follow from it.
            let all: Vec<String> = died.into_iter().chain(judged(name, &result, &runs)).collect();
            all.join("\n")
        }
        Err(prevented) => prevented,
    };
    assert!(failure.is_empty(), "{failure}");
}

/// What became of a body that was called.
struct Played {
    end: Result<Result<AssertResult>, Box<dyn Any + Send>>,
    runs: Vec<Run>,
    died: Option<String>,
}

/// Calls the body; the error is why it could not be called.
fn played<R: IntoVerdict>(name: &str, scheduler: Option<&Payload>, body: impl FnOnce(&Ctx) -> R) -> Result<Played, String> {
    let journal = Arc::new(Journal::default());
    let ctx = Ctx::recorded(Arc::<Journal>::clone(&journal)).map_err(|e| format!("{name}: failed to {e}"))?;
    let scheduler = scheduler.map(Scheduler::start).transpose().map_err(|e| format!("{name}: failed to {e}"))?;
    let end = catch_unwind(AssertUnwindSafe(|| body(&ctx).into_verdict()));
    let died = scheduler.map(Scheduler::stop).transpose().err().map(|e| format!("{name}: failed to {e}"));
    Ok(Played { end, runs: journal.runs(), died })
}

/// Why the result of a body fails the test, if it does.
fn judged(name: &str, result: &Result<AssertResult>, runs: &[Run]) -> Option<String> {
    let verdict = match result {
        Ok(verdict) => verdict,
        Err(e) => return Some(report::error(name, e, runs)),
    };
    if let Some(line) = report::skipped(name, verdict) {
        // Past the harness, which keeps what a test that passes prints with `eprintln!`. Where stderr is closed nobody listens.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
    match verdict.verdict() {
        Verdict::Passed | Verdict::Skipped => None,
        Verdict::Failed | Verdict::Inconclusive => Some(report::verdict(name, verdict, runs)),
    }
}

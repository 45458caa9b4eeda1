use std::any::Any;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use prill_core::{AssertResult, Payload, Verdict};
use prill_records::RecordError;

use super::journal::Run;
use super::keep::Keeper;
use super::{IntoVerdict, report};
use crate::scheduler::Scheduler;
use crate::{Ctx, Result};

/// Runs the body of the test `name`, under `scheduler` where there is one.
///
/// # Panics
/// When the body gives an error or a verdict that is failed or inconclusive, when it panics, when the context cannot be had,
/// and when the scheduler does not live as long as the body: that is how a test fails.
#[track_caller]
pub fn run<R: IntoVerdict>(package: Option<&str>, name: &str, scheduler: Option<&Payload>, body: impl FnOnce(&Ctx) -> R) {
    let (keeper, unrecorded) = Keeper::begin(package, name);
    let keeper = Arc::new(keeper);
    let played = played(name, &keeper, scheduler, body);
    let unrecorded = unrecorded.or_else(|| close(&keeper, &played).err());
    let unrecorded = unrecorded.map(|error| format!("{name}: failed to {error}"));
    let failure = match played {
        Ok(Played { end: Err(panic), runs, died }) => {
            // The test fails, so its harness shows this beside the message of the panic.
            died.into_iter().chain(report::panic(name, &runs)).chain(unrecorded).for_each(|text| eprintln!("{text}"));
            resume_unwind(panic)
        }
        Ok(Played { end: Ok(result), runs, died }) => {
            // A dead scheduler comes first: the rest may follow from it.
            let all: Vec<String> = died.into_iter().chain(judged(name, &result, &runs)).chain(unrecorded).collect();
            all.join("\n")
        }
        Err(prevented) => [prevented].into_iter().chain(unrecorded).collect::<Vec<_>>().join("\n"),
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
fn played<R: IntoVerdict>(
    name: &str,
    keeper: &Arc<Keeper>,
    scheduler: Option<&Payload>,
    body: impl FnOnce(&Ctx) -> R,
) -> Result<Played, String> {
    let ctx = Ctx::kept(keeper).map_err(|e| format!("{name}: failed to {e}"))?;
    let scheduler = scheduler.map(Scheduler::start).transpose().map_err(|e| format!("{name}: failed to {e}"))?;
    let end = catch_unwind(AssertUnwindSafe(|| body(&ctx).into_verdict()));
    let died = scheduler.map(Scheduler::stop).transpose().err().map(|e| format!("{name}: failed to {e}"));
    Ok(Played { end, runs: keeper.journal.runs(), died })
}

/// Writes the record of a body that was called, or that could not be.
fn close(keeper: &Keeper, played: &Result<Played, String>) -> Result<(), RecordError> {
    match played {
        Err(prevented) => keeper.close(None, Some(prevented.clone())),
        Ok(Played { end: Err(panic), died, .. }) => {
            let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
            let said = format!("panicked: {}", said.unwrap_or("(the panic has no message)"));
            keeper.close(None, Some(died.iter().cloned().chain([said]).collect::<Vec<_>>().join("\n")))
        }
        Ok(Played { end: Ok(Err(error)), .. }) => keeper.close(None, Some(format!("failed to {error:#}"))),
        Ok(Played { end: Ok(Ok(verdict)), died, .. }) => keeper.close(Some(verdict), died.clone()),
    }
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

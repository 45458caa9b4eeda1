use std::time::Duration;

use prill_core::check::{Evidence, ExitState};
use prill_core::process::cgroup::CgroupError;
use prill_core::process::{End, WaitError};
use prill_core::registry::UnknownFormat;
use prill_core::run::NotRunnable;
use prill_core::{AssertResult, Outcome, PayloadMetrics, Verdict};

use crate::extract;
use crate::status::{Failure, Status};

/// A run that has ended, and what is thought of it.
pub(super) struct Ran {
    pub(super) verdict: AssertResult,
    pub(super) metrics: PayloadMetrics,
    /// A signal asked prill to end.
    pub(super) interrupted: bool,
    /// How long it was allowed to run; what the engine gives is measured, and off by microseconds.
    pub(super) timeout: Option<Duration>,
}

impl Ran {
    /// On the command line a payload that fails has failed, even where no check asked for its exit code.
    pub(super) fn new(mut verdict: AssertResult, metrics: PayloadMetrics, interrupted: bool, timeout: Option<Duration>) -> Self {
        let asked = verdict.outcomes().iter().any(|outcome| outcome.check.starts_with("exit == "));
        if let End::Exited(code) = metrics.end()
            && code != 0
            && !asked
        {
            let stderr = metrics.stderr();
            let stderr = if stderr.is_cut() { stderr.tail() } else { stderr.head() };
            let evidence = Evidence::Exit { expected: 0, actual: ExitState::Exited(code), stderr: stderr.to_vec() };
            let reason = format!("it exited with {code}, and no check asks for that");
            verdict.push(Outcome { evidence, ..Outcome::new(Verdict::Failed, Outcome::RUN, reason) });
        }
        Self { verdict, metrics, interrupted, timeout }
    }

    /// The exit status. That the payload failed says more than that it left no metrics, and this says more than that checks
    /// found none.
    pub(super) fn status(&self) -> Status {
        let bad = |outcome: &&Outcome| matches!(outcome.verdict, Verdict::Failed | Verdict::Inconclusive);
        let of_run = |outcome: &Outcome| outcome.check == Outcome::RUN || matches!(outcome.evidence, Evidence::Exit { .. });
        let mut wrong = self.verdict.outcomes().iter().filter(bad);
        if self.interrupted {
            Status::Interrupted
        } else if wrong.clone().any(of_run) {
            Status::Failed
        } else if extract::status(self.metrics.extraction()) == Status::NoMetrics {
            Status::NoMetrics
        } else if wrong.next().is_some() {
            Status::Failed
        } else {
            Status::Fine
        }
    }
}

/// The exit status of a run that gave no result.
pub(super) fn failure(error: anyhow::Error) -> Failure {
    let asked = error.is::<NotRunnable>() || error.is::<UnknownFormat>();
    let status = if asked || matches!(error.downcast_ref(), Some(CgroupError::BadName { .. })) {
        Status::Usage
    } else if error.is::<WaitError>() {
        Status::Failed
    } else {
        Status::NotStarted
    };
    Failure { status, error }
}

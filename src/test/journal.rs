use std::sync::{Mutex, MutexGuard, PoisonError};

use prill_core::AssertResult;

/// Remembers the verdict of every run of a body, for the case that the body ends without giving one back.
#[derive(Debug, Default)]
pub(super) struct Journal {
    runs: Mutex<Vec<Run>>,
}

/// A run and its verdict.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) payload: String,
    pub(super) verdict: AssertResult,
}

impl Journal {
    /// The runs so far, in the order in which they ended.
    pub(super) fn runs(&self) -> Vec<Run> {
        self.lock().clone()
    }

    pub(super) fn add(&self, payload: &str, verdict: &AssertResult) {
        self.lock().push(Run { payload: payload.to_owned(), verdict: verdict.clone() });
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Run>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

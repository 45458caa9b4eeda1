use std::sync::{Mutex, MutexGuard, PoisonError};

use prill_core::{AssertResult, PayloadMetrics, Recorder};

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

    fn lock(&self) -> MutexGuard<'_, Vec<Run>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recorder for Journal {
    fn measured(&self, _: &PayloadMetrics) -> anyhow::Result<()> {
        Ok(())
    }

    fn judged(&self, verdict: &AssertResult, metrics: &PayloadMetrics) -> anyhow::Result<()> {
        self.lock().push(Run { payload: metrics.payload_name().to_owned(), verdict: verdict.clone() });
        Ok(())
    }
}

use std::time::Instant;

use anyhow::Result;

use super::PayloadMetrics;
use super::finish::Finish;
use crate::check::AssertResult;
use crate::process::{Ended, Remote, Running, WaitError};

/// A payload that runs in the background.
///
/// Its output is drained all the time, so that it never blocks, whatever the caller does. Dropping the handle without
/// waiting warns on stderr, kills the whole group and reaps it.
#[must_use = "dropping it kills the payload"]
#[derive(Debug)]
pub struct PayloadHandle<'a> {
    running: Running,
    finish: Option<Finish<'a>>,
}

type Outcome = Result<(AssertResult, PayloadMetrics)>;

impl<'a> PayloadHandle<'a> {
    pub(super) fn new(running: Running, finish: Finish<'a>) -> Self {
        Self { running, finish: Some(finish) }
    }

    /// The payload's name.
    #[must_use]
    pub fn payload_name(&self) -> &str {
        self.finish.as_ref().map_or("", |f| f.payload.name)
    }

    /// The process id, which is its group's too.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.running.pid()
    }

    /// Signals or kills the payload from another thread while one waits for it.
    #[must_use]
    pub fn remote(&self) -> Remote {
        self.running.remote()
    }

    /// Waits for the end and judges the metrics.
    ///
    /// # Errors
    /// When the end cannot be had, or the recorder cannot keep the result.
    pub fn wait(self) -> Outcome {
        let Self { running, finish } = self;
        end(finish, || running.wait(None))
    }

    /// As [`PayloadHandle::wait`], until `deadline` at most: then the payload is killed, which is no error.
    ///
    /// # Errors
    /// As [`PayloadHandle::wait`].
    pub fn wait_until(self, deadline: Instant) -> Outcome {
        let Self { running, finish } = self;
        end(finish, || running.wait(Some(deadline)))
    }

    /// Kills the whole group, after the grace that was set, and judges what it left. A kill by the caller makes no verdict
    /// inconclusive.
    ///
    /// # Errors
    /// As [`PayloadHandle::wait`].
    pub fn kill(self) -> Outcome {
        let Self { running, finish } = self;
        end(finish, || running.kill())
    }

    /// The result, if the payload has ended; never waits. Once it was given, later calls give `None`.
    ///
    /// # Errors
    /// As [`PayloadHandle::wait`].
    pub fn try_wait(&mut self) -> Result<Option<(AssertResult, PayloadMetrics)>> {
        match self.running.try_wait() {
            Ok(None) => Ok(None),
            Ok(Some(ended)) => end(self.finish.take(), || Ok(ended)).map(Some),
            Err(e) => end(self.finish.take(), || Err(e)).map(Some),
        }
    }
}

fn end(finish: Option<Finish<'_>>, wait: impl FnOnce() -> Result<Ended, WaitError>) -> Outcome {
    let finish = finish.ok_or_else(|| anyhow::anyhow!("wait for a payload whose result was taken by try_wait before"))?;
    match wait() {
        Ok(ended) => finish.ended(ended),
        Err(e) => Err(finish.lost(e)),
    }
}

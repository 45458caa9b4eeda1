use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use prill_core::process::machine::Machine;
use prill_core::{AssertResult, PayloadMetrics, Recorder};

use super::assemble::{Ending, Pieces};
use super::chain::Chain;
use super::entry::{self, Begun, Kind};
use super::{LIMIT, RecordError, raw};
use crate::folder::{Claim, RunFolder, file_name};
use crate::model::{Before, Identity, State};
use crate::ring;
use crate::whole_file;

/// What may be said of a record before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How much is kept of each raw stream, before compression.
    pub raw_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { raw_limit: LIMIT }
    }
}

/// A record that is being made.
///
/// Each result is in shared memory when [`Recorder::measured`] returns: if the process dies then, [`recover`](super::recover())
/// makes the record of it. [`Recording::close`] makes it otherwise.
#[derive(Debug)]
pub struct Recording {
    claim: Claim,
    chain: Chain,
    before: Before,
    options: Options,
    results: Mutex<Results>,
}

#[derive(Debug, Default)]
struct Results {
    count: u32,
    /// The last result of each thread: its verdict comes from the same one.
    last: HashMap<ThreadId, u32>,
    /// The first result that could not be kept as a whole.
    failed: Option<RecordError>,
    /// What is closed takes no more.
    closed: bool,
}

impl Recording {
    /// Begins a record called `name` in `run`, whose name is put into `identity`.
    ///
    /// # Errors
    /// When there is no room for it, or the folder cannot be written.
    pub fn begin(run: &RunFolder, mut identity: Identity, name: &str, options: Options) -> Result<Self, RecordError> {
        let failed = |why| RecordError::Folder { path: run.path().to_owned(), why };
        let facts = run.facts().map_err(failed)?;
        identity.run = run.name();
        let retry = if identity.attempt > 1 { format!(".attempt-{}", identity.attempt) } else { String::new() };
        let claim = Claim::take(&run.path().join(file_name(&identity.binary)), &format!("{name}{retry}")).map_err(failed)?;
        let before = Before::of(&Machine::here());
        let begun = Begun {
            folder: claim.folder().to_owned(),
            name: claim.name().to_owned(),
            part: 0,
            identity,
            source: facts.source,
            host: facts.host,
            noise: before.noise(),
            started: entry::now(),
        };
        let chain = Chain::begin(&run.live(), begun).inspect_err(|_| _ = fs::remove_dir(claim.raw()))?;
        Ok(Self { claim, chain, before, options, results: Mutex::default() })
    }

    /// What is varied from one record of the test to the next.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn parameter(&self, key: &str, value: &str) -> Result<(), RecordError> {
        self.chain.emit(Kind::Parameter, &entry::parameter(key, value))
    }

    /// Replaces the verdict on the last result of this thread: the caller of a run may know more than its checks.
    /// When there is no room for it, [`Recording::close`] fails.
    pub fn revise(&self, verdict: &AssertResult, interrupted: bool) {
        let number = self.lock().last.get(&thread::current().id()).copied();
        if let Some(number) = number {
            self.remember(self.chain.emit(Kind::Judged, &entry::judged(number, verdict, interrupted)));
        }
    }

    /// Where the record will be.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.claim.record()
    }

    /// Makes the record: `verdict` is that of the whole, and an `error` makes it `failed`.
    ///
    /// # Errors
    /// When something of it could not be kept, now or before. The rings stay where the record could not be written.
    pub fn close(&self, verdict: Option<&AssertResult>, error: Option<String>) -> Result<PathBuf, RecordError> {
        self.lock().closed = true;
        let path = self.claim.record();
        let files = self.chain.files();
        let mut pieces = Pieces::default();
        for file in &files {
            pieces.add(ring::recover(file)?);
        }
        let noise = self.before.noise_until_now(&Machine::here());
        let ending = Ending { state: State::Complete, noise, ended: Some(entry::now()), verdict, error };
        let kept = files.first().cloned().unwrap_or_default();
        let failed = |why| RecordError::Write { path: path.clone(), why, ring: kept };
        let record = pieces.record(&ending).ok_or_else(|| std::io::Error::other("its ring has no beginning"));
        record.and_then(|bytes| whole_file::create(&path, &bytes)).map_err(failed)?;
        for file in files {
            // The record is there; a ring that stays is recovered into the same record, and then removed.
            let _ = fs::remove_file(file);
        }
        // It is not empty where there was output.
        let _ = fs::remove_dir(self.claim.raw());
        self.lock().failed.take().map_or(Ok(path), Err)
    }

    fn measure(&self, metrics: &PayloadMetrics) -> Result<(), RecordError> {
        let number = {
            let mut results = self.lock();
            if results.closed {
                return Err(RecordError::Closed { path: self.path() });
            }
            let number = results.count;
            results.count += 1;
            results.last.insert(thread::current().id(), number);
            number
        };
        let raw = raw::keep(&self.claim.raw(), &self.claim.raw_name(), number, metrics, self.options.raw_limit);
        let (raw, failed) = match raw {
            Ok(raw) => (raw, Ok(())),
            // The numbers matter more than what they were read from.
            Err(error) => (Vec::new(), Err(error)),
        };
        self.chain.emit(Kind::Measured, &entry::measured(number, metrics, &raw))?;
        failed
    }

    /// A result that cannot be kept does not take the verdict from the test: [`Recording::close`] fails instead.
    fn remember(&self, done: Result<(), RecordError>) {
        if let Err(error) = done {
            self.lock().failed.get_or_insert(error);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Results> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recorder for Recording {
    fn measured(&self, metrics: &PayloadMetrics) -> anyhow::Result<()> {
        match self.measure(metrics) {
            Err(error @ RecordError::Closed { .. }) => Err(error.into()),
            done => {
                self.remember(done);
                Ok(())
            }
        }
    }

    fn judged(&self, verdict: &AssertResult, _: &PayloadMetrics) -> anyhow::Result<()> {
        self.revise(verdict, false);
        Ok(())
    }
}

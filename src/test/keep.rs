//! The record of a test.

use std::sync::{Arc, Once};

use prill_core::{AssertResult, PayloadMetrics, Recorder};
use prill_records::{Identity, Options, RecordError, Recording, RunFolder, recover};

use super::journal::Journal;

/// With this variable set to anything, tests keep no record.
const OFF: &str = "PRILL_NO_RECORD";

/// The record of a test while it runs, and what its runs came to.
pub(crate) struct Keeper {
    pub(super) journal: Journal,
    pub(crate) recording: Option<Arc<Recording>>,
}

impl Keeper {
    /// A test whose record cannot be begun runs all the same, and fails for it in the end: its own verdict is still wanted.
    pub(super) fn begin(package: Option<&str>, name: &str) -> (Self, Option<RecordError>) {
        let (recording, error) = match record(package, name) {
            Ok(recording) => (recording.map(Arc::new), None),
            Err(error) => (None, Some(error)),
        };
        (Self { journal: Journal::default(), recording }, error)
    }

    /// Writes the record.
    pub(super) fn close(&self, verdict: Option<&AssertResult>, error: Option<String>) -> Result<(), RecordError> {
        self.recording.as_ref().map_or(Ok(()), |recording| recording.close(verdict, error).map(drop))
    }
}

fn record(package: Option<&str>, name: &str) -> Result<Option<Recording>, RecordError> {
    if std::env::var_os(OFF).is_some_and(|value| !value.is_empty()) {
        return Ok(None);
    }
    let run = RunFolder::current().map_err(|why| RecordError::Folder { path: RunFolder::wanted(), why })?;
    recover_once(&run);
    let identity = Identity::of_test(package, name);
    let test = identity.test.clone().unwrap_or_default();
    Recording::begin(&run, identity, &test, Options::default()).map(Some)
}

/// Makes the records of tests that died before this process was started.
fn recover_once(run: &RunFolder) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let recovery = recover(&run.live());
        recovery.records.iter().for_each(|path| eprintln!("prill: a test died; its record is {}", path.display()));
        recovery.failed.iter().for_each(|error| eprintln!("prill: failed to {error}"));
    });
}

impl Recorder for Keeper {
    fn measured(&self, metrics: &PayloadMetrics) -> anyhow::Result<()> {
        self.recording.as_ref().map_or(Ok(()), |recording| recording.measured(metrics))
    }

    fn judged(&self, verdict: &AssertResult, metrics: &PayloadMetrics) -> anyhow::Result<()> {
        self.journal.add(metrics.payload_name(), verdict);
        self.recording.as_ref().map_or(Ok(()), |recording| recording.judged(verdict, metrics))
    }
}

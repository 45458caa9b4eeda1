use std::sync::Arc;

use prill_core::{AssertResult, Recorder};
use prill_records::{Identity, Options, RecordError, Recording, RunFolder, recover};

use super::outcome::Ran;
use super::spread::Spread;
use crate::args::Run;
use crate::status::Failure;

/// The record of a `prill run`; none where none is wanted.
pub(super) struct Record(Option<Arc<Recording>>);

impl Record {
    /// One that cannot be kept is said before anything is started.
    pub(super) fn begin(args: &Run, payload: &str) -> Result<Self, Failure> {
        if args.no_record {
            return Ok(Self(None));
        }
        let begin = || -> Result<Recording, RecordError> {
            let run = RunFolder::current().map_err(|why| RecordError::Folder { path: RunFolder::wanted(), why })?;
            // What cannot be recovered now is said by `prill runs`: here it would stand between a user and a run.
            let _ = recover(&run.live());
            let options = Options { raw_limit: args.record_limit };
            let recording = Recording::begin(&run, Identity::of_command(), payload, options)?;
            args.parameter.iter().try_for_each(|(key, value)| recording.parameter(key, value))?;
            Ok(recording)
        };
        begin().map(|recording| Self(Some(Arc::new(recording)))).map_err(Failure::not_started)
    }

    pub(super) fn recorder(&self) -> Option<Arc<dyn Recorder>> {
        self.0.clone().map(|recording| recording as Arc<dyn Recorder>)
    }

    /// On the command line more is judged than the checks: what the payload exited with, and whether it was interrupted.
    pub(super) fn judged(&self, ran: &Ran) {
        if let Some(recording) = &self.0 {
            recording.revise(&ran.verdict, ran.interrupted);
        }
    }

    /// Writes it.
    pub(super) fn close(&self, spread: &Spread, error: Option<String>) -> Result<(), Failure> {
        let Some(recording) = &self.0 else { return Ok(()) };
        let all: AssertResult = spread.results().cloned().collect();
        recording.close(Some(&all), error).map(drop).map_err(Failure::not_started)
    }
}

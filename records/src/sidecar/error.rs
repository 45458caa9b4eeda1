use std::io;
use std::path::PathBuf;

use crate::ring::{EmitError, OpenError};

/// Why something could not be recorded. Each text has the whole reason: nothing is in a source behind it.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The run folder cannot be used.
    #[error("record into {}: {why}; set PRILL_RUN_DIR to a folder that can be written, or do without a record", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// A file of the record cannot be written.
    #[error("write {}: {why}; what was measured is still in {}", path.display(), ring.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
        /// Where the results are until then.
        ring: PathBuf,
    },
    /// Raw output cannot be kept.
    #[error("keep the raw output in {}: {why}", path.display())]
    Raw {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// The test is over.
    #[error("add a result to {}: its test has ended; wait for all payloads before", path.display())]
    Closed {
        /// The record.
        path: PathBuf,
    },
    /// There is no room for the results.
    #[error("keep the results: {why}")]
    Ring {
        /// What is wrong.
        why: OpenError,
    },
    /// A result cannot be put where it would survive.
    #[error("keep a result of {bytes} bytes: {why}")]
    Emit {
        /// Its length.
        bytes: usize,
        /// What is wrong.
        why: EmitError,
    },
}

impl From<OpenError> for RecordError {
    fn from(why: OpenError) -> Self {
        Self::Ring { why }
    }
}

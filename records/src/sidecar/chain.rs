//! Rings that follow one another: nobody consumes a test's ring while the test runs, so a full one is followed by a larger one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use super::RecordError;
use super::entry::{Begun, Kind};
use crate::ring::{self, EmitError, Writer};

/// Room for a dozen results of a hundred metrics each; the disk gives it at once.
const FIRST: u64 = 256 << 10;
/// A ring is at least so many times the result that did not fit into the one before.
const ROOM: u64 = 4;

/// The rings of one record.
pub(super) struct Chain {
    folder: PathBuf,
    begun: Begun,
    rings: Mutex<Vec<(PathBuf, Writer)>>,
}

impl Chain {
    /// Makes the first ring, which says what the record is of.
    pub(super) fn begin(folder: &Path, begun: Begun) -> Result<Self, RecordError> {
        fs::create_dir_all(folder).map_err(|why| RecordError::Folder { path: folder.to_owned(), why })?;
        let chain = Self { folder: folder.to_owned(), begun, rings: Mutex::default() };
        let first = chain.ring(0, FIRST)?;
        chain.lock().push(first);
        Ok(chain)
    }

    /// Puts a frame in; once this returns, it survives the process.
    pub(super) fn emit(&self, kind: Kind, bytes: &[u8]) -> Result<(), RecordError> {
        let mut rings = self.lock();
        let put = |rings: &[(PathBuf, Writer)]| {
            let last = rings.last().map(|(_, writer)| writer.emit(kind as u32, bytes, Duration::ZERO));
            last.unwrap_or(Err(EmitError::Full { bytes: bytes.len() }))
        };
        let failed = |why| RecordError::Emit { bytes: bytes.len(), why };
        match put(&rings) {
            Err(EmitError::Full { .. } | EmitError::TooLarge { .. }) => {
                let part = u32::try_from(rings.len()).unwrap_or(u32::MAX);
                let room = (FIRST << part.min(8)).max(bytes.len() as u64 * ROOM);
                rings.push(self.ring(part, room)?);
                put(&rings).map_err(failed)
            }
            done => done.map_err(failed),
        }
    }

    /// The files, in order.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        self.lock().iter().map(|(path, _)| path.clone()).collect()
    }

    fn ring(&self, part: u32, room: u64) -> Result<(PathBuf, Writer), RecordError> {
        let begun = serde_json::to_vec(&Begun { part, ..self.begun.clone() }).unwrap_or_default();
        let room = room + begun.len() as u64;
        let mut number = 0;
        loop {
            let path = self.folder.join(format!("{}-{number}.ring", std::process::id()));
            number += 1;
            // Other records of this process, and of processes in other process-id namespaces, have names like this one.
            if path.exists() {
                continue;
            }
            match ring::create(&path, room) {
                Ok(writer) => {
                    let emitted = writer.emit(Kind::Begun as u32, &begun, Duration::ZERO);
                    emitted.map_err(|why| RecordError::Emit { bytes: begun.len(), why })?;
                    return Ok((path, writer));
                }
                Err(error) if is_taken(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(PathBuf, Writer)>> {
        self.rings.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn is_taken(error: &ring::OpenError) -> bool {
    matches!(&error.why, ring::Fault::Io(e) if e.kind() == std::io::ErrorKind::AlreadyExists)
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chain").field("folder", &self.folder).field("begun", &self.begun).finish_non_exhaustive()
    }
}

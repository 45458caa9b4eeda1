//! Records of processes that died before they closed them.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::RecordError;
use super::assemble::{Ending, Pieces};
use crate::folder::Claim;
use crate::model::State;
use crate::ring::{self, Fault, Recovered};
use crate::whole_file;

/// A ring without a beginning may be one that is just being made; later nobody will finish it.
const UNFINISHED: Duration = Duration::from_secs(60);

/// What came of recovering.
#[derive(Debug, Default)]
pub struct Recovery {
    /// The records that were made.
    pub records: Vec<PathBuf>,
    /// What could not be recovered; it stays where it is.
    pub failed: Vec<RecordError>,
}

/// Makes the records of all processes that died, out of the rings in `live`; those of live ones are left alone.
///
/// Several processes may do this at a time: the first one to write a record has made it.
#[must_use]
pub fn recover(live: &Path) -> Recovery {
    let mut recovery = Recovery::default();
    // The rings of a record, by the file that it is to be.
    let mut dead: BTreeMap<PathBuf, Vec<(u32, PathBuf, Recovered)>> = BTreeMap::new();
    for path in rings(live) {
        // A live one is not even read: there may be as many as there are tests that run.
        if ring::is_live(&path).unwrap_or(false) {
            continue;
        }
        match ring::recover(&path) {
            Ok(ring) if ring.live => {}
            Ok(ring) => match beginning(&ring) {
                Some((record, part)) => dead.entry(record).or_default().push((part, path, ring)),
                // Nothing was put in.
                None if ring.frames.is_empty() && ring.damage.is_none() => _ = fs::remove_file(path),
                None => {
                    let why = std::io::Error::other("its first frame does not say what it is of");
                    recovery.failed.push(RecordError::Write { path: path.clone(), why, ring: path });
                }
            },
            Err(error) => match error.why {
                Fault::Io(e) if e.kind() == ErrorKind::NotFound => {}
                Fault::Unfinished if is_old(&path) => _ = fs::remove_file(path),
                Fault::Unfinished => {}
                _ => recovery.failed.push(error.into()),
            },
        }
    }
    for (record, mut rings) in dead {
        rings.sort_by_key(|(part, ..)| *part);
        match make(&record, rings) {
            Ok(true) => recovery.records.push(record),
            Ok(false) => {}
            Err(error) => recovery.failed.push(error),
        }
    }
    recovery
}

/// Makes one record; false where it was there.
fn make(record: &Path, rings: Vec<(u32, PathBuf, Recovered)>) -> Result<bool, RecordError> {
    let files: Vec<PathBuf> = rings.iter().map(|(_, path, _)| path.clone()).collect();
    let mut pieces = Pieces::default();
    rings.into_iter().for_each(|(.., ring)| pieces.add(ring));
    let begun = pieces.begun.clone();
    let ending = Ending {
        state: State::Crashed,
        noise: begun.map(|begun| begun.noise).unwrap_or_default(),
        ended: None,
        verdict: None,
        error: Some("the process died before it closed this record".to_owned()),
    };
    let failed = |why| RecordError::Write { path: record.to_owned(), why, ring: files.first().cloned().unwrap_or_default() };
    let bytes = pieces.record(&ending).ok_or_else(|| failed(std::io::Error::other("its ring has no beginning")))?;
    let made = match record.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| whole_file::create(record, &bytes)) {
        Ok(()) => true,
        // Another process was first, or the process died between the record and the removal of its ring.
        Err(e) if e.kind() == ErrorKind::AlreadyExists => false,
        Err(e) => return Err(failed(e)),
    };
    for file in &files {
        let _ = fs::remove_file(file);
    }
    Ok(made)
}

/// The file that the record is to be, and which of its rings this is.
fn beginning(ring: &Recovered) -> Option<(PathBuf, u32)> {
    let mut pieces = Pieces::default();
    let first = ring.frames.first()?;
    pieces.add(Recovered { frames: vec![first.clone()], damage: None, ..*ring });
    let begun = pieces.begun?;
    Some((Claim::of(begun.folder, begun.name).record(), begun.part))
}

fn rings(live: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(live).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "ring")).collect();
    paths.sort();
    paths
}

fn is_old(path: &Path) -> bool {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    modified.is_ok_and(|time| SystemTime::now().duration_since(time).is_ok_and(|age| age > UNFINISHED))
}

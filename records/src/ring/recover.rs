//! What a process left.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::error::{Damage, Fault, OpenError, Role};
use super::frame::Frame;
use super::layout::{Counters, HEADER, Ring};
use super::mapping;
use super::memory::Heap;
use super::owner::Owner;
use super::reader::Reader;

/// All that can be had from a ring whose writer is gone.
#[derive(Debug)]
pub struct Recovered {
    /// What was put in and not consumed, in order.
    pub frames: Vec<Frame>,
    /// Why there are no more, if there should be.
    pub damage: Option<Damage>,
    /// What was refused.
    pub counters: Counters,
    /// The last writer; `None` when it said that it was done.
    pub owner: Option<Owner>,
    /// Whether a process on this machine has the file open for writing into the ring, so that more may come.
    pub live: bool,
}

/// Reads the ring in a file and changes nothing. The file is read and not mapped, so one that is cut short is a
/// [`Damage`], and a read-only one will do.
///
/// While somebody consumes the ring, frames may be overwritten before they are read; that shows as damage.
pub fn recover(path: impl AsRef<Path>) -> Result<Recovered, OpenError> {
    let path = path.as_ref();
    File::open(path)
        .map_err(Fault::Io)
        .and_then(|mut file| recover_file(&mut file))
        .map_err(|why| OpenError { path: path.to_owned(), why })
}

/// Whether a process on this machine has the ring in a file open for writing, so that more may come.
pub fn is_live(path: impl AsRef<Path>) -> io::Result<bool> {
    mapping::is_taken(&File::open(path)?, Role::Writer)
}

/// The same of a ring's bytes.
pub fn recover_bytes(bytes: &[u8]) -> Result<Recovered, Fault> {
    Ok(recover_ring(open(bytes)?))
}

fn recover_file(file: &mut File) -> Result<Recovered, Fault> {
    // Asked first, so that who is not called live has put in all that it ever will.
    let live = mapping::is_taken(file, Role::Writer)?;
    // The header first, since frames before its head stay until they are consumed.
    let mut bytes = read(file, 0, HEADER as u64)?;
    let ring = open(&bytes)?;
    bytes.extend(read(file, HEADER as u64, ring.head().min(ring.capacity))?);
    Ok(Recovered { live, ..recover_bytes(&bytes)? })
}

fn open(bytes: &[u8]) -> Result<Ring<Heap>, Fault> {
    match bytes.len() {
        1..8 => Err(Fault::NotARing),
        _ => Ring::open_part(Heap::from_bytes(bytes)),
    }
}

/// Words `from..from + length` of a file, or as many as there are.
fn read(file: &mut File, from: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from * 8))?;
    file.take(length * 8).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn recover_ring(ring: Ring<Heap>) -> Recovered {
    let (counters, owner) = (ring.counters(), ring.owner());
    let mut reader = Reader::of(ring);
    let mut frames = Vec::new();
    let damage = loop {
        match reader.next() {
            Ok(Some(frame)) => frames.push(frame),
            Ok(None) => break None,
            Err(damage) => break Some(damage),
        }
    };
    Recovered { frames, damage, counters, owner, live: false }
}

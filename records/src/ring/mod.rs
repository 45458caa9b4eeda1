//! A byte ring over shared memory: what was put in is there when the process that put it in is not.
//!
//! One process writes, with any number of threads; one consumer, in that process or another, reads. The memory is a file
//! that both map, and a process that is killed, aborts or overflows its stack leaves it behind: [`recover`] has every frame
//! whose [`emit`](Writer::emit) returned. `docs/ring.md` says what is guaranteed, and by which test.
//!
//! ```
//! use std::time::Duration;
//! use prill_records::ring;
//!
//! # let dir = tempfile::tempdir()?;
//! let path = dir.path().join("results.ring");
//! let writer = ring::create(&path, 1 << 20)?;
//! writer.emit(1, b"a result", Duration::ZERO)?;
//!
//! let recovered = ring::recover(&path)?;
//! assert_eq!(recovered.frames[0].bytes, b"a result");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - [`create`], [`attach`]: the [`Writer`]; [`consume`]: the [`Reader`]; [`recover`]: what is there, and nothing changed
//! - [`Memory`]: what a ring lies in; a file is a [`Mapping`]
//! - [`OpenError`], [`EmitError`], [`Damage`]: what can be wrong

mod error;
mod fork;
mod frame;
mod layout;
mod mapping;
mod memory;
mod owner;
mod producer;
mod reader;
mod recover;
mod sys;
mod writer;

#[cfg(test)]
mod tests;

use std::path::Path;

pub use error::{Damage, EmitError, Fault, Flaw, OpenError, Role};
pub use frame::Frame;
pub use layout::Counters;
use layout::Ring;
pub use mapping::Mapping;
pub use memory::{Heap, Memory, Word};
pub use owner::Owner;
pub use reader::Reader;
pub use recover::{Recovered, is_live, recover, recover_bytes};
pub use writer::Writer;

/// Makes a ring with room for so many bytes of frames in a new file, and writes it. A frame takes 24 bytes beside its
/// payload.
pub fn create(path: impl AsRef<Path>, bytes: u64) -> Result<Writer, OpenError> {
    let mapping = Mapping::create(&path, bytes)?;
    let made = mapping.take(Role::Writer).and_then(|()| Writer::format(mapping));
    made.map_err(|why| OpenError { path: path.as_ref().to_owned(), why })
}

/// Goes on writing the ring in a file whose last writer is gone.
pub fn attach(path: impl AsRef<Path>) -> Result<Writer, OpenError> {
    take(path.as_ref(), Role::Writer, Writer::new)
}

/// Consumes the ring in a file, while its writer lives or afterwards.
pub fn consume(path: impl AsRef<Path>) -> Result<Reader, OpenError> {
    take(path.as_ref(), Role::Consumer, Reader::new)
}

fn take<T>(path: &Path, role: Role, make: impl FnOnce(Mapping) -> Result<T, Fault>) -> Result<T, OpenError> {
    let mapping = Mapping::open(path)?;
    // What is no ring yet is not taken: it would be from under the hands of who makes it.
    let taken = Ring::open(&mapping).and_then(|_| mapping.take(role));
    taken.and_then(|()| make(mapping)).map_err(|why| OpenError { path: path.to_owned(), why })
}

//! A file as shared memory.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::atomic::AtomicU64;

use rustix::fs::FallocateFlags;
use rustix::io::Errno;

use super::error::{Fault, OpenError, Role};
use super::layout::{HEADER, MOST, Ring};
use super::memory::Memory;
use super::sys::{self, Pages};

const PAGE: u64 = 4096;

/// A file that is mapped into memory and shared with all who do the same.
///
/// A file that somebody cuts short while it is mapped takes the process with it: touching what is gone is `SIGBUS`.
#[derive(Debug)]
pub struct Mapping {
    pages: Pages,
    /// Holds the locks.
    file: File,
}

impl Mapping {
    /// Makes a file with room for so many bytes of frames, which must not be there yet. The disk has the room for certain:
    /// a write into the mapping cannot fail for want of it.
    pub fn create(path: impl AsRef<Path>, bytes: u64) -> Result<Self, OpenError> {
        let path = path.as_ref();
        let options = || OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path);
        let made = options().map_err(Fault::Io).and_then(|file| {
            let made = Self::fill(file, bytes);
            if made.is_err() {
                // It is ours, and of no use to anybody.
                let _ = fs::remove_file(path);
            }
            made
        });
        made.map_err(|why| OpenError { path: path.to_owned(), why })
    }

    fn fill(mut file: File, bytes: u64) -> Result<Self, Fault> {
        if bytes > MOST * 8 - PAGE {
            return Err(Fault::Capacity { words: bytes / 8 });
        }
        let needs = (HEADER as u64 * 8 + bytes).next_multiple_of(PAGE);
        allocate(&mut file, needs).map_err(|error| refused(error, needs))?;
        Self::map(file, needs)
    }

    /// Maps a file that is there, whatever is in it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let path = path.as_ref();
        let opened = OpenOptions::new().read(true).write(true).open(path).map_err(Fault::Io).and_then(|file| {
            match file.metadata()?.len() {
                0 => Err(Fault::Unfinished),
                1..8 => Err(Fault::NotARing),
                length => Self::map(file, length),
            }
        });
        opened.map_err(|why| OpenError { path: path.to_owned(), why })
    }

    fn map(file: File, bytes: u64) -> Result<Self, Fault> {
        let words = usize::try_from(bytes / 8).map_err(|_| Fault::Capacity { words: bytes / 8 })?;
        Ok(Self { pages: Pages::of_file(&file, words)?, file })
    }

    /// Takes one end of the ring, for as long as this is there.
    pub(super) fn take(&self, role: Role) -> Result<(), Fault> {
        if sys::try_lock(&self.file, byte(role))? {
            return Ok(());
        }
        let owner = Ring::open(self).ok().and_then(|ring| ring.owner()).filter(|_| role == Role::Writer);
        Err(Fault::Busy { role, owner })
    }
}

impl Memory for Mapping {
    type Word = AtomicU64;

    fn words(&self) -> &[AtomicU64] {
        self.pages.words()
    }
}

/// Whether a process has that end of the ring in a file.
pub(super) fn is_taken(file: &File, role: Role) -> io::Result<bool> {
    sys::is_locked(file, byte(role))
}

/// Which byte of the file is locked.
fn byte(role: Role) -> i64 {
    match role {
        Role::Writer => 0,
        Role::Consumer => 1,
    }
}

fn refused(error: io::Error, needs: u64) -> Fault {
    match Errno::from_io_error(&error) {
        Some(Errno::NOSPC | Errno::DQUOT) => Fault::NoSpace { needs },
        _ => Fault::Io(error),
    }
}

/// Makes an empty file so long that all of it is on the disk.
fn allocate(file: &mut File, bytes: u64) -> io::Result<()> {
    loop {
        match rustix::fs::fallocate(&*file, FallocateFlags::empty(), 0, bytes) {
            Err(Errno::INTR) => {}
            Err(Errno::OPNOTSUPP) => return zeros(file, bytes),
            done => return Ok(done?),
        }
    }
}

/// The same by hand, for file systems that cannot do it.
fn zeros(file: &mut File, bytes: u64) -> io::Result<()> {
    io::copy(&mut io::Read::take(io::repeat(0), bytes), file)?;
    file.flush()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;

    use super::*;

    #[test]
    fn a_full_disk_is_told() {
        let text = |errno: Errno| refused(errno.into(), 8192).to_string();
        assert_eq!(text(Errno::NOSPC), "there is no room for its 8192 bytes; free some, or ask for a smaller ring");
        assert_eq!(text(Errno::DQUOT), text(Errno::NOSPC));
        assert!(text(Errno::ROFS).contains("Read-only file system"));
    }

    #[test]
    fn room_is_made_by_hand_where_it_has_to_be() {
        let mut file = tempfile::tempfile().unwrap();
        zeros(&mut file, 3 * PAGE).unwrap();
        file.sync_all().unwrap();
        let metadata = file.metadata().unwrap();
        assert_eq!(metadata.len(), 3 * PAGE);
        assert!(metadata.blocks() * 512 >= 3 * PAGE);
    }
}

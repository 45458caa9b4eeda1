//! Files that are there as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// Writes `path`; who reads it meanwhile sees the old file or the new one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    staged(path, bytes, |temporary| fs::rename(temporary, path))
}

/// Writes `path`, which must not be there.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] when it is; it stays as it was.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    staged(path, bytes, |temporary| match renameat_with(CWD, temporary, CWD, path, RenameFlags::NOREPLACE) {
        // Some file systems cannot rename so (renameat2(2)); those can link.
        Err(Errno::INVAL | Errno::NOSYS) => {
            fs::hard_link(temporary, path)?;
            fs::remove_file(temporary)
        }
        done => Ok(done?),
    })
}

/// The bytes are on the disk before the name is: a power failure leaves no empty file.
fn staged(path: &Path, bytes: &[u8], place: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{:.200}.{}-{number}", name, std::process::id()));
    let write = || {
        let mut file = File::create_new(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    let done = write().and_then(|()| place(&temporary));
    if done.is_err() {
        // What it was is said; a file that could not even be made is not there.
        let _ = fs::remove_file(&temporary);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_kept_or_replaced_as_asked() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        create(&path, b"one").unwrap();
        assert_eq!(create(&path, b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        replace(&path, b"three").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}

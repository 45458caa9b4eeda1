//! Files that a payload writes beside its streams.

use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// What tells whether a file was written since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: SystemTime,
    len: u64,
    inode: u64,
}

impl Stamp {
    /// The file's stamp now; `None` when there is no such file.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let meta = fs::metadata(path).ok()?;
        Some(Self { modified: meta.modified().ok()?, len: meta.len(), inode: meta.ino() })
    }
}

/// What became of a file that a payload was to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// The run wrote it; its bytes.
    Fresh(Vec<u8>),
    /// It stands there as it did before the run.
    Old,
}

/// The bytes of `path`, unless it still is what `before` says it was.
///
/// # Errors
/// When it cannot be read, such as when nobody wrote it.
pub fn read_if_written(path: &Path, before: Option<Stamp>) -> io::Result<Read> {
    if before.is_some() && Stamp::of(path) == before {
        return Ok(Read::Old);
    }
    fs::read(path).map(Read::Fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_from_before_is_not_the_runs() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.json");
        assert!(read_if_written(&path, Stamp::of(&path)).is_err());
        fs::write(&path, "1").unwrap();
        let before = Stamp::of(&path);
        assert_eq!(read_if_written(&path, before).unwrap(), Read::Old);
        fs::write(&path, "23").unwrap();
        assert_eq!(read_if_written(&path, before).unwrap(), Read::Fresh(b"23".to_vec()));
    }
}

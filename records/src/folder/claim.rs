use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{RECORD, file_name};

/// A name for a record that nobody else has: the folder for its raw output is made, and was not there before.
///
/// Tests of one name in one folder (a second `cargo test` with the same `PRILL_RUN_DIR`, a retry) get names with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    folder: PathBuf,
    name: String,
}

impl Claim {
    /// Takes the first name that is free: `name`, `name.2`, and so on.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn take(folder: &Path, name: &str) -> io::Result<Self> {
        let name = file_name(name);
        fs::create_dir_all(folder)?;
        let mut number = 1;
        loop {
            let name = if number == 1 { name.clone() } else { format!("{name}.{number}") };
            let claim = Self { folder: folder.to_owned(), name };
            match fs::create_dir(claim.raw()) {
                // A record without raw output has given its folder back: it stays until the record is there.
                Ok(()) if claim.record().exists() => fs::remove_dir(claim.raw())?,
                Ok(()) => return Ok(claim),
                Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
                Err(e) => return Err(e),
            }
            number += 1;
        }
    }

    /// The one that a process which has died had taken.
    pub(crate) fn of(folder: PathBuf, name: String) -> Self {
        Self { folder, name }
    }

    /// The folder of the test binary.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name without what follows it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file of the record.
    #[must_use]
    pub fn record(&self) -> PathBuf {
        self.folder.join(format!("{}{RECORD}", self.name))
    }

    /// The folder of its raw output.
    #[must_use]
    pub fn raw(&self) -> PathBuf {
        self.folder.join(self.raw_name())
    }

    /// The name of that folder beside the record.
    pub(crate) fn raw_name(&self) -> String {
        format!("{}.raw", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_the_name_of_another() {
        let dir = tempfile::tempdir().unwrap();
        let take = || Claim::take(dir.path(), "a::b").unwrap();
        let names: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| take().name().to_owned())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let mut sorted = names.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), 8, "{names:?}");
        assert!(names.contains(&"a.b".to_owned()) && names.contains(&"a.b.8".to_owned()), "{names:?}");
    }

    #[test]
    fn a_record_without_raw_output_keeps_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let first = Claim::take(dir.path(), "t").unwrap();
        fs::write(first.record(), "{}").unwrap();
        fs::remove_dir(first.raw()).unwrap();
        assert_eq!(Claim::take(dir.path(), "t").unwrap().name(), "t.2");
        assert!(!first.raw().exists());
    }
}

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::unpack;

/// A file that is to be extracted.
pub(super) enum Item {
    /// One in a folder, which whoever extracts it reads.
    Path(PathBuf),
    /// One that stood in an archive: its name there, and its bytes or why there are none.
    Member(String, io::Result<Vec<u8>>),
}

impl Item {
    /// What it is called.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Member(name, _) => name.clone(),
        }
    }

    /// Has the system begin to read it, so that the disk works while other files are extracted. What is no plain file is left alone:
    /// a pipe that is opened and closed is broken for whoever writes to it.
    pub(super) fn announce(&self) {
        if let Self::Path(path) = self
            && path.is_file()
            && let Ok(file) = File::open(path)
        {
            // What cannot be read is said when it is read.
            let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::WillNeed);
        }
    }

    /// Its bytes, unpacked.
    pub(super) fn bytes(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Path(path) => unpack::file(&path),
            Self::Member(_, bytes) => bytes.and_then(unpack::bytes),
        }
    }
}

/// Files, one after the other.
pub(super) enum Source {
    /// Those of a folder, sorted.
    Folder(VecDeque<PathBuf>),
    /// Those of an archive, in its order.
    Tar(Box<tar::Archive<Box<dyn Read + Send>>>, PathBuf),
}

impl Source {
    /// The files of a folder and of all folders below it, but for hidden ones; or those of an archive; or one file.
    pub(super) fn open(path: &Path) -> Result<Self> {
        if path.is_dir() {
            let mut files = Vec::new();
            collect(path, &mut files)?;
            files.sort();
            return Ok(Self::Folder(files.into()));
        }
        if !unpack::is_tar(path) {
            return Ok(Self::Folder(VecDeque::from([path.to_owned()])));
        }
        let file = File::open(path).with_context(|| format!("read {}", path.display()))?;
        let reader = unpack::reader(file).with_context(|| format!("read {}", path.display()))?;
        Ok(Self::Tar(Box::new(tar::Archive::new(reader)), path.to_owned()))
    }

    /// How many there are, where that is known.
    pub(super) fn count(&self) -> Option<usize> {
        match self {
            Self::Folder(files) => Some(files.len()),
            Self::Tar(..) => None,
        }
    }

    /// Gives each file to `take` until it has enough. An archive that breaks off is an item that cannot be read, and the last.
    pub(super) fn each(&mut self, mut take: impl FnMut(Item) -> bool) {
        match self {
            Self::Folder(files) => while files.pop_front().is_some_and(|path| take(Item::Path(path))) {},
            Self::Tar(archive, path) => {
                let broken = |error| Item::Member(path.display().to_string(), Err(error));
                let entries = match archive.entries() {
                    Ok(entries) => entries,
                    Err(error) => {
                        take(broken(error));
                        return;
                    }
                };
                for entry in entries {
                    let mut entry = match entry {
                        Ok(entry) => entry,
                        Err(error) => {
                            take(broken(error));
                            return;
                        }
                    };
                    if !entry.header().entry_type().is_file() {
                        continue;
                    }
                    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                    let bytes = unpack::all(&mut entry);
                    if !take(Item::Member(name, bytes)) {
                        return;
                    }
                }
            }
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let failed = || format!("list {}", folder.display());
    for entry in fs::read_dir(folder).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        let kind = entry.file_type().with_context(failed)?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if kind.is_dir() {
            collect(&entry.path(), files)?;
        } else if kind.is_file() || entry.path().is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_pipe_is_not_opened_before_it_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pipe");
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        let (done, ended) = channel();
        // To open it waits for a writer, and there is none.
        thread::spawn(move || {
            Item::Path(path).announce();
            done.send(())
        });
        assert!(ended.recv_timeout(Duration::from_secs(10)).is_ok());
    }
}

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use prill_core::process::lifetime::start_time;
use prill_core::process::machine::Machine;
use serde::{Deserialize, Serialize};

use super::{AGREED, FACTS, LIVE, root};
use crate::model::{Host, Source};
use crate::whole_file;

/// The folder of one invocation of a suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFolder {
    path: PathBuf,
    /// Where rings and agreements are: beside the run folders, or in this one where it was named by hand.
    home: PathBuf,
}

/// What all records of a run folder have in common. Asking git and the kernel once is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// When the first record was begun, as RFC 3339 has it.
    pub started: String,
    /// The host.
    pub host: Host,
    /// The source.
    pub source: Source,
}

impl RunFolder {
    /// That of this process: `PRILL_RUN_DIR`; else one for all processes that cargo or nextest starts for one command; else one
    /// of its own.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn current() -> io::Result<Self> {
        match env::var_os("PRILL_RUN_DIR").filter(|dir| !dir.is_empty()) {
            Some(dir) => Self::at(Path::new(&dir)),
            None => Self::agreed(&root(), &invocation()),
        }
    }

    /// The folder that [`RunFolder::current`] makes, or makes another one in, to say where it failed.
    #[must_use]
    pub fn wanted() -> PathBuf {
        env::var_os("PRILL_RUN_DIR").filter(|dir| !dir.is_empty()).map_or_else(root, PathBuf::from)
    }

    /// This folder, which is made where it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn at(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let path = fs::canonicalize(path)?;
        Ok(Self { home: path.clone(), path })
    }

    /// The folder below `root` that all who say the same `key` get.
    ///
    /// The first one chooses its name, and a symbolic link tells the others: making one either succeeds or says that it is there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn agreed(root: &Path, key: &str) -> io::Result<Self> {
        let links = root.join(AGREED);
        fs::create_dir_all(&links)?;
        let root = fs::canonicalize(root)?;
        let link = links.join(super::file_name(key));
        let tail: String =
            key.chars().rev().take_while(char::is_ascii_alphanumeric).collect::<Vec<_>>().into_iter().rev().collect();
        let name = format!("{}-{tail}", stamp(SystemTime::now()));
        let name = match symlink(&name, &link) {
            Ok(()) => PathBuf::from(name),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => fs::read_link(&link)?,
            Err(e) => return Err(e),
        };
        let path = root.join(name);
        fs::create_dir_all(&path)?;
        Ok(Self { path, home: root })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its name, which is that of the run.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The folder of the rings.
    #[must_use]
    pub fn live(&self) -> PathBuf {
        self.home.join(LIVE)
    }

    /// What all records here have in common; the first to ask finds it out.
    ///
    /// # Errors
    /// When they can be neither read nor written.
    pub fn facts(&self) -> io::Result<Facts> {
        let path = self.path.join(FACTS);
        // One that is damaged is no reason to lose a record.
        if let Some(facts) = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            return Ok(facts);
        }
        let facts = Facts {
            started: humantime::format_rfc3339_millis(SystemTime::now()).to_string(),
            host: Host::of(&Machine::here()),
            source: Source::around(&env::current_dir()?),
        };
        whole_file::replace(&path, &serde_json::to_vec(&facts)?)?;
        Ok(facts)
    }
}

/// Sorts by time in any listing, and has nothing that a shell or another system would mind.
fn stamp(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time).to_string().replace(':', "-")
}

/// Who started this process and others of the same run.
fn invocation() -> String {
    if let Some(id) = env::var("NEXTEST_RUN_ID").ok().filter(|id| !id.is_empty()) {
        return format!("nextest-{}", id.split('-').next().unwrap_or(&id));
    }
    let parent = rustix::process::getppid().map_or(0, rustix::process::Pid::as_raw_pid);
    let is_cargo = fs::read_to_string(format!("/proc/{parent}/comm")).is_ok_and(|name| name.trim_end() == "cargo");
    let (who, pid) = if is_cargo { ("cargo", parent.unsigned_abs()) } else { ("process", std::process::id()) };
    let boot = Machine::here().kernel().boot_id.unwrap_or_default();
    format!("{who}-{}-{}-{pid}", boot.split('-').next().unwrap_or_default(), start_time(pid).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_the_same_gets_the_same_folder() {
        let dir = tempfile::tempdir().unwrap();
        let of = |key: &str| RunFolder::agreed(dir.path(), key).unwrap().path().to_owned();
        let all: Vec<PathBuf> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| of("cargo-77-4242"))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(all.iter().all(|path| *path == all[0]), "{all:?}");
        assert!(all[0].to_string_lossy().ends_with("Z-4242"), "{all:?}");
        assert_ne!(of("cargo-78-4243"), all[0]);
    }

    #[test]
    fn facts_are_found_out_once() {
        let dir = tempfile::tempdir().unwrap();
        let run = RunFolder::at(dir.path()).unwrap();
        let first = run.facts().unwrap();
        assert_eq!(run.facts().unwrap(), first);
        assert!(first.host.kernel.boot_id.is_some() && first.host.cpu.online > 0, "{first:?}");
        fs::write(dir.path().join("run.json"), "{").unwrap();
        assert_eq!(run.facts().unwrap().host, first.host);
    }
}

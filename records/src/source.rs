//! What git knows of a source tree.

use std::path::Path;
use std::time::Duration;

use prill_core::process::{Command, End};

use crate::model::Source;

/// A large tree on a cold disk takes long to compare; a record does not wait for that.
const PATIENCE: Duration = Duration::from_secs(5);

impl Source {
    /// Of the repository around `folder`; nothing where there is no git, or no repository.
    pub(crate) fn around(folder: &Path) -> Self {
        let commit = git(folder, &["rev-parse", "--verify", "HEAD"]).filter(|commit| !commit.is_empty());
        let dirty = commit.as_ref().and_then(|_| git(folder, &["status", "--porcelain", "--untracked-files=no"]));
        Self { commit, dirty: dirty.map(|changes| !changes.is_empty()) }
    }
}

fn git(folder: &Path, words: &[&str]) -> Option<String> {
    // Without locks, so that it is in nobody's way.
    let command = Command::new("git").arg("--no-optional-locks").args(words.iter().copied()).current_dir(folder);
    let ended = command.run(Some(PATIENCE)).ok()?;
    let text = String::from_utf8_lossy(ended.stdout.head()).trim().to_owned();
    (ended.end == End::Exited(0)).then_some(text)
}

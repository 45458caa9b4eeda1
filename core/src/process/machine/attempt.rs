//! Whether a cgroup for payloads can be made, tried.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::cgroup::{CgroupError, Cgroups, Moving};
use super::{SpawnPath, spawn};

/// The controllers that limits and statistics of payloads need.
pub const CONTROLLERS: [&str; 5] = ["cpu", "cpuset", "memory", "io", "pids"];

/// What came of making a cgroup, which is gone again.
#[derive(Debug)]
pub struct Attempt {
    /// Where it was.
    pub path: PathBuf,
    /// For each of [`CONTROLLERS`] whether it could be had there, or why not and what to do.
    pub controllers: Vec<(&'static str, Result<(), String>)>,
    /// How a process gets into it.
    pub spawn: SpawnPath,
    /// What was left behind: the directory that could not be removed.
    pub left: Option<PathBuf>,
}

/// Makes a cgroup, as a run would, tries to get each of [`CONTROLLERS`] and to start a process in it, and removes it.
///
/// # Errors
/// What [`Cgroups::create`] gives.
pub fn try_cgroup() -> Result<Attempt, CgroupError> {
    let cgroups = Cgroups::new();
    let parent = cgroups.parent_path()?;
    let base = parent.parent().unwrap_or(&parent);
    let before = enabled(base);
    let cgroup = cgroups.create("probe")?;
    let way = match cgroup.files() {
        Ok(files) => spawn::into(Some(files)),
        Err(error) => SpawnPath::None { why: io::Error::other(error) },
    };
    let controllers = CONTROLLERS.map(|controller| (controller, cgroup.enable(controller, Moving::Refused))).into();
    let path = cgroup.path().to_owned();
    drop(cgroups);
    let ours = |name: &String| CONTROLLERS.contains(&name.as_str()) && !before.contains(name);
    for controller in enabled(base).into_iter().filter(ours) {
        // Another context may have come to need it meanwhile, and then the kernel refuses.
        let _ = fs::write(base.join("cgroup.subtree_control"), format!("-{controller}"));
    }
    Ok(Attempt { path, controllers, spawn: way, left: parent.exists().then_some(parent) })
}

fn enabled(base: &Path) -> Vec<String> {
    let text = fs::read_to_string(base.join("cgroup.subtree_control")).unwrap_or_default();
    text.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cgroup_is_made_and_gone_again() {
        let Ok(attempt) = try_cgroup() else {
            assert!(Cgroups::new().parent_path().is_err(), "a context can make one");
            return;
        };
        assert!(!attempt.path.exists() && attempt.left.is_none(), "{attempt:?}");
        assert!(!matches!(attempt.spawn, SpawnPath::None { .. }), "{attempt:?}");
        assert_eq!(attempt.controllers.len(), CONTROLLERS.len());
        let base = attempt.path.ancestors().nth(2).unwrap();
        let offered = fs::read_to_string(base.join("cgroup.controllers")).unwrap();
        for (controller, got) in attempt.controllers {
            assert!(got.is_err() || offered.split_whitespace().any(|name| name == controller), "{controller}");
        }
    }
}

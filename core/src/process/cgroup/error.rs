//! What can go wrong with cgroups.

use std::io;
use std::path::PathBuf;

use rustix::io::Errno;

/// A cgroup could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CgroupError {
    /// No cgroup version 2 hierarchy is mounted where this process is.
    #[error("find a cgroup v2 hierarchy: {why}; mount one with `mount -t cgroup2 none /sys/fs/cgroup/unified`")]
    NoHierarchy {
        /// What was looked at.
        why: String,
    },
    /// The name breaks the rules.
    #[error("resolve cgroup name {name:?}: {rule}")]
    BadName {
        /// The name.
        name: String,
        /// The rule it breaks.
        rule: &'static str,
    },
    /// There is no such cgroup.
    #[error("open cgroup {name:?}: there is no {}; make it with `ctx.cgroups.create({name:?})`, or with `mkdir {}`", .path.display(), .path.display())]
    Missing {
        /// The name asked for.
        name: String,
        /// Where it would be.
        path: PathBuf,
    },
    /// The context has made one of this name already.
    #[error("make cgroup {name:?}: this context has made it already; open it, or take another name")]
    Exists {
        /// The name.
        name: String,
    },
    /// The cgroup could be made, and was removed again: no process may enter it.
    #[error("make cgroup {}: no process could enter it, because the cgroup above hands down controllers that work on threads although it has processes of its own; {DELEGATE}", .path.display())]
    Threaded {
        /// The cgroup.
        path: PathBuf,
    },
    /// The controller that a limit needs is not there.
    #[error("set {file} of cgroup {}: the {controller} controller is not available here: {why}", .path.display())]
    NoController {
        /// The cgroup.
        path: PathBuf,
        /// The controller.
        controller: String,
        /// The file that it would provide.
        file: String,
        /// Why not, and what to do.
        why: String,
    },
    /// A file operation failed.
    #[error("{what} {}: {source}{}", .path.display(), hint(.source))]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which file or directory.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

impl CgroupError {
    pub(in crate::process) fn io(what: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { what, path, source }
    }
}

/// What gives a process a subtree of its own.
pub(super) const DELEGATE: &str =
    "run in a cgroup of your own: `systemd-run --scope -p Delegate=yes -- ...`, with --user where you are not root";

fn hint(source: &io::Error) -> &'static str {
    match source.kind() {
        _ if Errno::from_io_error(source) == Some(Errno::OPNOTSUPP) => {
            "; the cgroup above hands down controllers that work on threads although it has processes of its own: move those away"
        }
        io::ErrorKind::PermissionDenied => {
            "; run as root, or in a delegated cgroup (`systemd-run --user --scope -p Delegate=yes`)"
        }
        io::ErrorKind::ResourceBusy => {
            "; a cgroup whose controllers are enabled for its children takes no processes: use one of the children"
        }
        _ => "",
    }
}

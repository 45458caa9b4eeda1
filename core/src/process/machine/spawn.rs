//! How processes are started here, tried.

use std::io;

use super::super::cgroup::Files;
use super::super::spawn::{Way, reaches_execution};

/// The way in which processes are started.
#[derive(Debug)]
pub enum SpawnPath {
    /// `clone3`, which puts a process into its cgroup from its first instruction.
    Clone3,
    /// `clone`, after which the process enters its cgroup itself, before it executes its program.
    Clone {
        /// What `clone3` said.
        why: io::Error,
    },
    /// None: no payload can run.
    None {
        /// What `clone` said.
        why: io::Error,
    },
}

/// Starts a process outside any cgroup of its own that does what the process of a payload does before it executes its program,
/// and ends. [`super::try_cgroup`] does the same in a cgroup.
#[must_use]
pub fn spawn_path() -> SpawnPath {
    into(None)
}

pub(super) fn into(cgroup: Option<&Files>) -> SpawnPath {
    match reaches_execution(Way::Clone3, cgroup) {
        Ok(()) => SpawnPath::Clone3,
        Err(why) => match reaches_execution(Way::Clone, cgroup) {
            Ok(()) => SpawnPath::Clone { why },
            Err(why) => SpawnPath::None { why },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_are_open_where_tests_run() {
        assert!(!matches!(spawn_path(), SpawnPath::None { .. }));
        assert!(reaches_execution(Way::Clone, None).is_ok());
    }
}

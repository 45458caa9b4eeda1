//! Which cgroup hierarchies are mounted, and what the own cgroup has.

use std::path::PathBuf;

use super::super::cgroup::{CgroupError, locate, version1_name};
use super::Machine;

/// Which versions of cgroups are mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CgroupMode {
    /// Version 2 alone, with all controllers.
    Unified,
    /// Version 2 beside version 1, which keeps some controllers for itself.
    Hybrid,
    /// Version 1 alone.
    Version1,
    /// None at all.
    None,
}

/// The mounted hierarchies, and the place of this process in version 2.
#[derive(Debug)]
pub struct Hierarchies {
    /// Which versions are mounted.
    pub mode: CgroupMode,
    /// The directory of the own cgroup in version 2, as it is on the machine itself.
    pub own: Result<PathBuf, CgroupError>,
    /// The controllers that the own cgroup has in version 2 (`cgroup.controllers`).
    pub offered: Vec<String>,
    /// The controllers that version 1 holds, by its names; what it holds, version 2 cannot have.
    pub version1: Vec<String>,
}

impl Hierarchies {
    /// Whether version 1 holds this controller of version 2.
    #[must_use]
    pub fn held_by_version1(&self, controller: &str) -> bool {
        self.version1.iter().any(|name| name == version1_name(controller))
    }
}

impl Machine {
    /// From `/proc/self/mountinfo` and `/proc/self/cgroup` (cgroups(7)).
    #[must_use]
    pub fn cgroups(&self) -> Hierarchies {
        let mounts = self.text("proc/self/mountinfo").unwrap_or_default();
        let membership = self.text("proc/self/cgroup").unwrap_or_default();
        let has = |kind: &str| {
            mounts.lines().filter_map(|line| line.split_once(" - ")).any(|(_, after)| after.split(' ').next() == Some(kind))
        };
        let own = locate(&mounts, &membership).map(|own| own.dir);
        let offered = own.as_ref().ok().and_then(|own| self.text(own.join("cgroup.controllers"))).unwrap_or_default();
        let controllers = membership.lines().filter_map(|line| line.split(':').nth(1)).flat_map(|names| names.split(','));
        Hierarchies {
            mode: match (has("cgroup2"), has("cgroup")) {
                (true, false) => CgroupMode::Unified,
                (true, true) => CgroupMode::Hybrid,
                (false, true) => CgroupMode::Version1,
                (false, false) => CgroupMode::None,
            },
            own,
            offered: offered.split_whitespace().map(str::to_owned).collect(),
            // A hierarchy without a controller, such as systemd's own, has a name instead.
            version1: controllers.filter(|name| !name.is_empty() && !name.contains('=')).map(str::to_owned).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::machine;
    use super::*;

    const V2: &str = "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
    const V1: &str = "34 32 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";

    #[test]
    fn version_2_alone_has_what_its_own_cgroup_has() {
        let (_dir, machine) = machine(&[
            ("proc/self/mountinfo", V2),
            ("proc/self/cgroup", "0::/user.slice\n"),
            ("sys/fs/cgroup/user.slice/cgroup.controllers", "cpu memory pids\n"),
        ]);
        let found = machine.cgroups();
        assert_eq!((found.mode, found.version1.len()), (CgroupMode::Unified, 0));
        assert_eq!(found.own.unwrap().to_str(), Some("/sys/fs/cgroup/user.slice"));
        assert_eq!(found.offered, ["cpu", "memory", "pids"]);
    }

    #[test]
    fn hybrid_names_what_version_1_holds() {
        let mounts = format!("{V1}33 32 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
        let membership = "3:name=systemd:/\n2:cpu,cpuacct:/\n1:memory,blkio:/box\n0::/\n";
        let (_dir, machine) = machine(&[("proc/self/mountinfo", &mounts), ("proc/self/cgroup", membership)]);
        let found = machine.cgroups();
        assert_eq!((found.mode, found.offered.len()), (CgroupMode::Hybrid, 0));
        assert_eq!(found.version1, ["cpu", "cpuacct", "memory", "blkio"]);
        assert!(found.held_by_version1("io") && !found.held_by_version1("pids"));
    }

    #[test]
    fn without_version_2_there_is_no_own_cgroup() {
        let (_dir, old) = machine(&[("proc/self/mountinfo", V1), ("proc/self/cgroup", "1:memory:/\n")]);
        assert!(old.cgroups().mode == CgroupMode::Version1 && old.cgroups().own.is_err());
        let (_dir, bare) = machine(&[]);
        assert!(bare.cgroups().mode == CgroupMode::None && bare.cgroups().own.is_err());
    }
}

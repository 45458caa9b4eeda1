//! What a cgroup may use.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::error::DELEGATE;
use super::place::{self, Room};
use super::{Cgroup, CgroupError, hierarchy};

/// How often this process has handed a controller down: since then files may be there that were not.
static HANDED_DOWN: AtomicUsize = AtomicUsize::new(0);

/// A number that differs when files may have come since.
pub(super) fn handed_down() -> usize {
    HANDED_DOWN.load(Ordering::Acquire)
}

impl Cgroup {
    /// Lets the cgroup use at most `quota` of CPU time, of all CPUs together, in every `period` (`cpu.max`).
    ///
    /// # Errors
    /// [`CgroupError::NoController`] without the cpu controller; [`CgroupError::Io`] where the kernel refuses.
    pub fn set_cpu_max(&self, quota: Duration, period: Duration) -> Result<(), CgroupError> {
        self.set("cpu.max", &format!("{} {}", quota.as_micros(), period.as_micros()))
    }

    /// Lets the cgroup run on these CPUs only (`cpuset.cpus`).
    ///
    /// # Errors
    /// [`CgroupError::NoController`] without the cpuset controller; [`CgroupError::Io`] where the kernel refuses.
    pub fn set_cpus(&self, cpus: &[usize]) -> Result<(), CgroupError> {
        let list: Vec<_> = cpus.iter().map(usize::to_string).collect();
        self.set("cpuset.cpus", &list.join(","))
    }

    /// Lets the cgroup hold at most `bytes` of memory (`memory.max`).
    ///
    /// # Errors
    /// [`CgroupError::NoController`] without the memory controller; [`CgroupError::Io`] where the kernel refuses.
    pub fn set_memory_max(&self, bytes: u64) -> Result<(), CgroupError> {
        self.set("memory.max", &bytes.to_string())
    }

    /// Writes any of a cgroup's files: `set("io.max", "8:16 rbps=2097152")`. The controller, which the file's name begins
    /// with, is enabled first, as far as this cgroup was made by [`super::Cgroups::create`].
    ///
    /// # Errors
    /// [`CgroupError::NoController`] where the file needs a controller that is not there; [`CgroupError::Io`] where the kernel
    /// refuses the value.
    pub fn set(&self, file: &str, value: &str) -> Result<(), CgroupError> {
        let path = self.path().join(file);
        if !path.exists() {
            let controller = file.split('.').next().unwrap_or_default();
            self.enable(controller, Moving::Allowed).map_err(|why| CgroupError::NoController {
                path: self.path().to_owned(),
                controller: controller.to_owned(),
                file: file.to_owned(),
                why,
            })?;
        }
        fs::write(&path, value).map_err(CgroupError::io("write", path))
    }

    /// Hands a controller down from where the context's cgroups are.
    pub(in crate::process) fn enable(&self, controller: &str, moving: Moving) -> Result<(), String> {
        let Some(parent) = self.made_under() else {
            let above = self.path().parent().unwrap_or(self.path());
            return Err(format!("enable it with `echo +{controller} > {}`", above.join("cgroup.subtree_control").display()));
        };
        let base = parent.parent().unwrap_or(parent);
        let offered = fs::read_to_string(base.join("cgroup.controllers")).unwrap_or_default();
        if !offered.split_whitespace().any(|name| name == controller) {
            return Err(not_offered(controller, base, offered.trim()));
        }
        let top = hierarchy::own_cgroup().map_err(|error| error.to_string())?.top;
        match (place::room(base, &top), moving) {
            (Room::Free, _) => {}
            (Room::Occupied, Moving::Allowed) => {
                place::clear(base).map_err(|error| format!("move the processes of {} into a leaf: {error}", base.display()))?;
            }
            // It would work then, and cannot be tried before.
            (Room::Occupied, Moving::Refused) => return Ok(()),
            (Room::Foreign, _) => return Err(foreign(base)),
        }
        let mut above: Vec<&Path> = self.path().ancestors().skip(1).take_while(|path| path.starts_with(base)).collect();
        above.reverse();
        above.into_iter().try_for_each(|path| {
            let file = path.join("cgroup.subtree_control");
            let written = fs::write(&file, format!("+{controller}")).map_err(|error| refused(&file, &error));
            HANDED_DOWN.fetch_add(1, Ordering::AcqRel);
            written
        })
    }
}

/// Whether the processes of the caller's own cgroup may be moved into a leaf below it, where a controller needs that.
#[derive(Clone, Copy, Debug)]
pub(in crate::process) enum Moving {
    Allowed,
    Refused,
}

fn not_offered(controller: &str, base: &Path, offered: &str) -> String {
    let offered = if offered.is_empty() { "none" } else { offered };
    let version1 = fs::read_to_string("/proc/self/cgroup").is_ok_and(|text| {
        let name1 = version1_name(controller);
        text.lines().filter_map(|line| line.split(':').nth(1)).any(|names| names.split(',').any(|name| name == name1))
    });
    let why = if version1 {
        "version 1 holds it: boot with `systemd.unified_cgroup_hierarchy=1` or `cgroup_no_v1=all`"
    } else {
        "enable it in the cgroups above, or have it delegated with `systemd-run --scope -p Delegate=yes -- ...`"
    };
    format!("{} offers {offered}; {why}", base.join("cgroup.controllers").display())
}

/// What version 1 calls a controller (Documentation/admin-guide/cgroup-v1/blkio-controller.rst).
pub(in crate::process) fn version1_name(controller: &str) -> &str {
    if controller == "io" { "blkio" } else { controller }
}

fn foreign(base: &Path) -> String {
    format!(
        "there are processes in {}, which was not delegated to this one, and but for the root a cgroup with processes hands no \
         controller down: {DELEGATE}",
        base.display()
    )
}

fn refused(file: &Path, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::ResourceBusy => "a cgroup with processes, other than the root, hands no controller down",
        io::ErrorKind::PermissionDenied => DELEGATE,
        _ => "see dmesg",
    };
    format!("write {}: {error}; {why}", file.display())
}

#[cfg(test)]
mod tests {
    use super::super::Cgroups;
    use super::*;

    fn offered(controller: &str) -> bool {
        let cgroups = Cgroups::new();
        let own = cgroups.parent_path().unwrap().parent().unwrap().join("cgroup.controllers");
        fs::read_to_string(own).unwrap().split_whitespace().any(|name| name == controller)
    }

    /// On each machine one of the two outcomes is the right one, and the machine says which.
    fn either(controller: &str, file: &str, outcome: Result<(), CgroupError>, cgroup: &Cgroup) {
        match outcome {
            Ok(()) => assert!(offered(controller) && cgroup.path().join(file).exists()),
            Err(CgroupError::NoController { why, .. }) => {
                assert!(!offered(controller) || why.contains("Delegate=yes"), "{why}");
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_limit_is_set_or_its_controller_is_missed() {
        let cgroups = Cgroups::new();
        let cgroup = cgroups.create("limited/deep").unwrap();
        either("memory", "memory.max", cgroup.set_memory_max(64 << 20), &cgroup);
        either("cpuset", "cpuset.cpus", cgroup.set_cpus(&[0]), &cgroup);
        let half = cgroup.set_cpu_max(Duration::from_millis(50), Duration::from_millis(100));
        either("cpu", "cpu.max", half, &cgroup);
        either("hugetlb", "hugetlb.2MB.max", cgroup.set("hugetlb.2MB.max", "0"), &cgroup);
    }

    #[test]
    fn io_has_another_name_in_version_1() {
        assert_eq!((version1_name("io"), version1_name("cpu")), ("blkio", "cpu"));
    }

    #[test]
    fn an_unknown_controller_is_named() {
        let cgroups = Cgroups::new();
        let error = cgroups.create("x").unwrap().set("nonsense.max", "1").unwrap_err().to_string();
        assert!(error.contains("the nonsense controller is not available"), "{error}");
    }
}

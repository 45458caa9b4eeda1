//! Where contexts make their cgroups, and making room there for controllers.
//!
//! But for the root, a cgroup with processes in it hands no controller down, and one that works on threads (cpu, cpuset, pids) only at the
//! price that no process may enter the cgroups below any more (Documentation/admin-guide/cgroup-v2.rst, "No Internal Process
//! Constraint" and "Threads"). The caller itself is a process in its own cgroup. So whoever was given a subtree keeps processes in its leaves
//! only ("Control Group APIs and Delegation" of systemd), and contexts stand beside the caller's leaf.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::fs::{Access, access, getxattr};
use rustix::io::Errno;
use rustix::process::geteuid;

use super::hierarchy::Own;

/// The leaf into which the processes of the caller's own cgroup are moved.
const LEAF: &str = "prill-leaf";
/// How often processes are moved at most: some fork meanwhile.
const ROUNDS: usize = 100;

/// The directory under which contexts make their cgroups: the one above the caller's own, where that was given to the caller and
/// holds no process, and otherwise the caller's own.
pub(super) fn base(own: &Own) -> &Path {
    let dir = own.dir.as_path();
    let above = dir.parent().filter(|above| above.starts_with(&own.top));
    let given = |above: &&Path| {
        let leaf = dir.file_name().is_some_and(|name| name == LEAF);
        (leaf || is_delegated(above, &own.top)) && is_writable(above) && !is_occupied(above)
    };
    above.filter(given).unwrap_or(dir)
}

/// Whether controllers can be handed down from `base`, or what keeps it from that.
pub(super) enum Room {
    /// They can.
    Free,
    /// Once [`clear`] has moved the processes in it.
    Occupied,
    /// Its processes are not the caller's to move.
    Foreign,
}

pub(super) fn room(base: &Path, top: &Path) -> Room {
    if is_root(base) || !is_occupied(base) {
        Room::Free
    } else if (is_delegated(base, top) || is_own(base)) && is_writable(base) {
        Room::Occupied
    } else {
        Room::Foreign
    }
}

/// Moves all processes in `base` into a leaf below it, the caller among them.
pub(super) fn clear(base: &Path) -> io::Result<()> {
    let leaf = base.join(LEAF);
    match fs::create_dir(&leaf) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    for _ in 0..ROUNDS {
        let processes = fs::read_to_string(base.join("cgroup.procs"))?;
        if processes.is_empty() {
            return Ok(());
        }
        for process in processes.lines() {
            match fs::write(leaf.join("cgroup.procs"), process) {
                Err(error) if Errno::from_io_error(&error) != Some(Errno::SRCH) => return Err(error),
                _ => {}
            }
        }
    }
    Err(io::Error::other("its processes fork faster than they can be moved"))
}

/// The root of the hierarchy has no `cgroup.type`, every other cgroup has.
fn is_root(dir: &Path) -> bool {
    !dir.join("cgroup.type").exists()
}

fn is_occupied(dir: &Path) -> bool {
    fs::read_to_string(dir.join("cgroup.procs")).is_ok_and(|processes| !processes.is_empty())
}

/// Whether the cgroup was given away by who manages those above: systemd marks it so (`cg_is_delegated`, src/basic/cgroup-util.c), and a container sees
/// nothing above it.
fn is_delegated(dir: &Path, top: &Path) -> bool {
    let marked = |name: &str| {
        let mut value = [0_u8; 8];
        getxattr(dir, name, &mut value).is_ok_and(|length| &value[..length] == b"1")
    };
    (dir == top && !is_root(dir)) || marked("trusted.delegate") || marked("user.delegate")
}

/// Whether the cgroup is an unprivileged caller's: a systemd that runs for a user does not mark what it gives away.
fn is_own(dir: &Path) -> bool {
    let user = geteuid();
    !user.is_root() && fs::metadata(dir).is_ok_and(|metadata| metadata.uid() == user.as_raw())
}

fn is_writable(dir: &Path) -> bool {
    access(dir, Access::WRITE_OK).is_ok()
}

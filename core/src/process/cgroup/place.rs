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

#[cfg(test)]
mod tests {
    use super::*;

    /// A hierarchy of these cgroups, each with what its `cgroup.procs` says; the first is mounted. The real root has no type.
    fn tree(cgroups: &[(&str, &str)], rooted: bool) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (place, (name, processes)) in cgroups.iter().enumerate() {
            let cgroup = dir.path().join(name);
            fs::create_dir_all(&cgroup).unwrap();
            fs::write(cgroup.join("cgroup.procs"), processes).unwrap();
            if place > 0 || !rooted {
                fs::write(cgroup.join("cgroup.type"), "domain\n").unwrap();
            }
        }
        dir
    }

    fn base_of(own: &str, cgroups: &[(&str, &str)], rooted: bool) -> String {
        let dir = tree(cgroups, rooted);
        let own = Own { dir: dir.path().join(own), top: dir.path().join("m") };
        base(&own).strip_prefix(dir.path()).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn what_was_not_given_is_left_alone() {
        assert_eq!(base_of("m", &[("m", "1\n")], true), "m", "the root itself");
        assert_eq!(base_of("m/a", &[("m", ""), ("m/a", "1\n")], true), "m/a", "the real root is another's");
        let slices = [("m", ""), ("m/user.slice", ""), ("m/user.slice/a.scope", "1\n")];
        assert_eq!(base_of("m/user.slice/a.scope", &slices, true), "m/user.slice/a.scope");
    }

    #[test]
    fn a_leaf_of_a_container_has_its_cgroups_beside_it() {
        assert_eq!(base_of("m", &[("m", "1\n")], false), "m", "nothing above it can be reached");
        assert_eq!(base_of("m/init", &[("m", ""), ("m/init", "1\n")], false), "m");
        assert_eq!(base_of("m/init", &[("m", "7\n"), ("m/init", "1\n")], false), "m/init", "others are there");
    }

    #[test]
    fn who_stepped_aside_stays_beside() {
        let cgroups = [("m", ""), ("m/mine", ""), ("m/mine/prill-leaf", "1\n")];
        assert_eq!(base_of("m/mine/prill-leaf", &cgroups, true), "m/mine");
    }

    #[test]
    fn room_is_where_no_process_is_or_where_it_may_be_moved() {
        let room_of = |name: &str, cgroups: &[(&str, &str)], rooted| {
            let dir = tree(cgroups, rooted);
            room(&dir.path().join(name), &dir.path().join("m"))
        };
        assert!(matches!(room_of("m", &[("m", "1\n")], true), Room::Free), "the root is exempt");
        assert!(matches!(room_of("m", &[("m", "")], false), Room::Free));
        assert!(matches!(room_of("m", &[("m", "1\n")], false), Room::Occupied), "a container's own");
        let foreign = room_of("m/a", &[("m", ""), ("m/a", "1\n")], true);
        assert!(if geteuid().is_root() { matches!(foreign, Room::Foreign) } else { matches!(foreign, Room::Occupied) });
    }

    #[test]
    fn processes_that_cannot_be_moved_are_told() {
        let dir = tree(&[("m", "1\n")], false);
        // In a folder that is no cgroup nothing moves.
        let error = clear(&dir.path().join("m")).unwrap_err();
        assert!(error.to_string().contains("faster than they can be moved"), "{error}");
    }
}

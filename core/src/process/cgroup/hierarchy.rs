//! Where the cgroup v2 hierarchy is, and where in it this process is.

use std::fs;
use std::path::{Path, PathBuf};

use super::CgroupError;

/// Where a process is in the hierarchy.
#[derive(Clone, Debug)]
pub(in crate::process) struct Own {
    /// The directory of its cgroup.
    pub(in crate::process) dir: PathBuf,
    /// Where the hierarchy is mounted: what is above cannot be reached.
    pub(in crate::process) top: PathBuf,
}

/// The cgroup this process is in.
pub(super) fn own_cgroup() -> Result<Own, CgroupError> {
    let read = |path: &str| fs::read_to_string(path).map_err(CgroupError::io("read", path));
    locate(&read("/proc/self/mountinfo")?, &read("/proc/self/cgroup")?)
}

/// The cgroup, from the texts of `/proc/self/mountinfo` and `/proc/self/cgroup` (proc(5), cgroups(7)).
pub(in crate::process) fn locate(mounts: &str, membership: &str) -> Result<Own, CgroupError> {
    let none = |why: String| CgroupError::NoHierarchy { why };
    let own = membership
        .lines()
        .find_map(|line| line.strip_prefix("0::"))
        .ok_or_else(|| none("/proc/self/cgroup has no line that starts with 0::".to_owned()))?;
    let mut roots = mounts.lines().filter_map(mount).peekable();
    if roots.peek().is_none() {
        return Err(none("/proc/self/mountinfo shows no mount of type cgroup2".to_owned()));
    }
    roots
        .find_map(|(root, top)| {
            let below = Path::new(own).strip_prefix(root).ok()?;
            // Joining nothing would put a slash at the end.
            let dir = if below.as_os_str().is_empty() { top.clone() } else { top.join(below) };
            Some(Own { dir, top })
        })
        .filter(|own| !own.dir.components().any(|part| part == std::path::Component::ParentDir))
        .ok_or_else(|| none(format!("this process is in {own}, which no mounted cgroup2 hierarchy shows")))
}

/// Root within the hierarchy, and mount point, of a cgroup2 line: `36 35 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw`.
fn mount(line: &str) -> Option<(PathBuf, PathBuf)> {
    let (before, after) = line.split_once(" - ")?;
    if after.split(' ').next()? != "cgroup2" {
        return None;
    }
    let mut fields = before.split(' ').skip(3);
    Some((unescape(fields.next()?), unescape(fields.next()?)))
}

/// Space, tab, newline and backslash are octal escapes in mountinfo.
fn unescape(text: &str) -> PathBuf {
    let text = text.replace(r"\040", " ").replace(r"\011", "\t").replace(r"\012", "\n").replace(r"\134", r"\");
    PathBuf::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIFIED: &str = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
    const HYBRID: &str = "32 23 0:27 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755\n\
        33 32 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n\
        34 32 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";

    #[test]
    fn v2_alone_is_found() {
        let own = locate(UNIFIED, "0::/user.slice/session-1.scope\n").unwrap();
        assert_eq!(own.dir, Path::new("/sys/fs/cgroup/user.slice/session-1.scope"));
    }

    #[test]
    fn v2_beside_v1_is_found() {
        let own = locate(HYBRID, "4:memory:/box\n0::/\n").unwrap();
        assert_eq!(own.dir.to_str(), Some("/sys/fs/cgroup/unified"));
    }

    #[test]
    fn a_mount_of_a_part_of_the_hierarchy_is_followed() {
        let mounts = r"30 23 0:26 /docker/abc /sys/fs/my\040cgroup rw - cgroup2 cgroup2 rw";
        let own = locate(mounts, "0::/docker/abc/inner\n").unwrap();
        assert_eq!((own.dir.to_str(), own.top.to_str()), (Some("/sys/fs/my cgroup/inner"), Some("/sys/fs/my cgroup")));
    }

    #[test]
    fn what_is_missing_is_said() {
        let v1_only = "34 32 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";
        for (mounts, membership) in [(v1_only, "0::/\n"), (UNIFIED, "4:memory:/box\n"), (UNIFIED, "0::/../x\n")] {
            assert!(matches!(locate(mounts, membership), Err(CgroupError::NoHierarchy { .. })), "{membership}");
        }
    }
}

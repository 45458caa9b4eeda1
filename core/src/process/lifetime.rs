//! What tells a process from any other that ever had its number.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

/// When a process was started, in clock ticks after boot: field 22 of `/proc/PID/stat` (proc_pid_stat(5)). `None` where there is no
/// such process, or no `/proc`. The number and this together are one process's for as long as the machine is up.
#[must_use]
pub fn start_time(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is in parentheses and may contain any byte, parentheses too.
    stat.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()
}

/// The inode of this process's pid namespace, in which alone numbers of processes mean something; 0 where `/proc` is not mounted.
#[must_use]
pub fn namespace() -> u64 {
    fs::metadata("/proc/self/ns/pid").map_or(0, |metadata| metadata.ino())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_told_from_another_of_its_number() {
        assert!(start_time(std::process::id()).is_some_and(|ticks| ticks > 0));
        assert_eq!(start_time(4_194_999), None, "the kernel gives no such number");
        assert!(namespace() > 0);
    }
}

//! Whose a context's cgroup is, told by its name, so that what a dead owner left can be removed.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::lifetime::{namespace, start_time};
use super::remove::kill_and_remove;

const PREFIX: &str = "prill-";

/// A name for a new context of this process: `prill-NAMESPACE-PID-STARTED-NUMBER`.
///
/// A process id means something only in its namespace, and only together with when the process started.
pub(super) fn unique_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let pid = std::process::id();
    let started = start_time(pid).unwrap_or(0);
    format!("{PREFIX}{}-{pid}-{started}-{}", namespace(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Removes the cgroups in `own` whose owners are dead.
pub(super) fn remove_stale(own: &Path) {
    let Ok(entries) = fs::read_dir(own) else { return };
    let here = namespace();
    for entry in entries.flatten() {
        if entry.file_name().to_str().is_some_and(|name| is_stale(name, here)) {
            // Another context may be at it too, and what one user left another may not remove.
            let _ = kill_and_remove(&entry.path());
        }
    }
}

fn is_stale(name: &str, here: u64) -> bool {
    let Some(numbers) = name.strip_prefix(PREFIX) else { return false };
    let numbers: Vec<u64> = numbers.split('-').map_while(|number| number.parse().ok()).collect();
    let [namespace, pid, since, _] = numbers[..] else { return false };
    namespace == here && u32::try_from(pid).is_ok_and(|pid| start_time(pid) != Some(since))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_dead_owner_of_this_namespace_is_stale() {
        let (here, pid) = (namespace(), std::process::id());
        assert!(!is_stale(&unique_name(), here));
        assert!(is_stale(&format!("prill-{here}-{pid}-1-0"), here), "the number is another process's now");
        assert!(is_stale(&format!("prill-{here}-4194999-1-0"), here), "no such process");
        assert!(!is_stale(&format!("prill-{}-4194999-1-0", here + 1), here), "of another namespace");
        assert!(!is_stale("prill-x", here) && !is_stale("system.slice", here));
    }
}

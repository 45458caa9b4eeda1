//! The mark by which processes of a run are found wherever they went.
//!
//! Each run's environment holds a cookie of its own. What the payload starts inherits it, through `setsid` and double
//! forks; only a process that clears its environment loses it. A payload that is itself a harness puts its own runs'
//! cookies behind the one it was given, so that a search for the outer run finds them too.

use std::ffi::OsString;
use std::fs;
use std::io::Read as _;
use std::os::unix::ffi::OsStringExt as _;
use std::time::Duration;

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

/// The environment variable that holds the cookies, separated by colons, the outermost run's first.
pub(super) const VARIABLE: &str = "PRILL_COOKIE";

/// The largest environment that is searched: far beyond any real one, and the cookie is among the first variables of a
/// payload's.
const ENVIRONMENT_BYTES: u64 = 4 << 20;

/// The variable's value for a run with this cookie.
pub(super) fn value(cookie: &str) -> OsString {
    let mut value = std::env::var_os(VARIABLE).unwrap_or_default().into_vec();
    if !value.is_empty() {
        value.push(b':');
    }
    value.extend_from_slice(cookie.as_bytes());
    OsString::from_vec(value)
}

/// How often the process table is searched at most: a fork bomb may be a step ahead a few times.
const ROUNDS: usize = 50;
/// Between two searches, for the killed to go.
const PAUSE: Duration = Duration::from_millis(10);

/// Kills every process that carries one of `cookies`, until there is none.
pub(super) fn hunt(cookies: &[&str]) {
    if cookies.is_empty() {
        return;
    }
    // Twice nothing: a process between fork and exec shows no environment of its own.
    let mut quiet = 0;
    for _ in 0..ROUNDS {
        quiet = if kill_carriers(cookies) == 0 { quiet + 1 } else { 0 };
        if quiet == 2 {
            break;
        }
        std::thread::sleep(PAUSE);
    }
}

/// Kills every process that carries one of `cookies`; gives how many there were.
fn kill_carriers(cookies: &[&str]) -> usize {
    let Ok(processes) = fs::read_dir("/proc") else { return 0 };
    let pids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok());
    pids.filter_map(Pid::from_raw).filter(|pid| kill_carrier(*pid, cookies)).count()
}

/// Whether the process carries cookies, `cookie` not among them: another run's process.
pub(super) fn carries_another(pid: Pid, cookie: &str) -> bool {
    let environment = environment(pid);
    let carried = carried(&environment);
    carried.is_some_and(|value| !has(value, &[cookie]))
}

fn kill_carrier(pid: Pid, cookies: &[&str]) -> bool {
    let carries = || carried(&environment(pid)).is_some_and(|value| has(value, cookies));
    if !carries() {
        return false;
    }
    // The number may have gone to another process since: the second look is at the one that the pidfd holds.
    match pidfd_open(pid, PidfdFlags::empty()) {
        Ok(pidfd) if carries() => pidfd_send_signal(pidfd, Signal::KILL).is_ok(),
        _ => false,
    }
}

fn environment(pid: Pid) -> Vec<u8> {
    let mut environment = Vec::new();
    if let Ok(file) = fs::File::open(format!("/proc/{}/environ", pid.as_raw_nonzero())) {
        // A process that ends meanwhile has nothing to be found.
        let _ = file.take(ENVIRONMENT_BYTES).read_to_end(&mut environment);
    }
    environment
}

fn carried(environment: &[u8]) -> Option<&[u8]> {
    let mut variables = environment.split(|byte| *byte == 0);
    variables.find_map(|variable| variable.strip_prefix(VARIABLE.as_bytes())?.strip_prefix(b"="))
}

fn has(value: &[u8], cookies: &[&str]) -> bool {
    value.split(|byte| *byte == b':').any(|part| cookies.iter().any(|cookie| cookie.as_bytes() == part))
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn a_cookie_is_found_among_nested_ones_and_only_whole() {
        let environment = b"A=1\0PRILL_COOKIE=1-a:2-bc\0Z=PRILL_COOKIE=9";
        let value = carried(environment).unwrap();
        assert!(has(value, &["2-bc"]) && has(value, &["1-a"]));
        assert!(!has(value, &["2-b"]) && !has(value, &["9"]));
        assert_eq!(carried(b"XPRILL_COOKIE=1"), None);
        assert!(has(super::value("5").as_bytes(), &["5"]));
    }
}

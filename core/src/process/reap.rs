//! Signalling a child's group, and reaping the child with what it used up.
#![allow(unsafe_code)]

use std::io;
use std::mem::MaybeUninit;
use std::time::Duration;

use rustix::process::Pid;

use super::{End, Signal, Usage};

/// Reaps `pid`, which must be an ended child: gives its end and its resource usage, without the wall time.
pub(super) fn reap(pid: Pid, rss_floor: u64) -> io::Result<(End, Usage)> {
    let mut status = 0;
    let mut rusage = MaybeUninit::zeroed();
    loop {
        // SAFETY: both pointers are to live locals of the types that wait4(2) writes.
        let reaped = unsafe { libc::wait4(pid.as_raw_nonzero().get(), &raw mut status, 0, rusage.as_mut_ptr()) };
        if reaped >= 0 {
            break;
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
    // SAFETY: zeroed is a valid `rusage`, which is all integers, and wait4 has filled it.
    let rusage = unsafe { rusage.assume_init() };
    Ok((end(status), usage(&rusage, rss_floor)))
}

/// Signals a whole process group, which may be empty.
pub(super) fn signal_group(group: Pid, signal: Signal) {
    // SAFETY: kill(2) takes any number; the group is named by a leader that was not reaped.
    unsafe { libc::kill(-group.as_raw_nonzero().get(), signal.0) };
}

/// The peak resident set of this process so far, in bytes.
pub(super) fn own_peak_rss() -> u64 {
    let mut rusage = MaybeUninit::zeroed();
    // SAFETY: the pointer is to a live local of the type that getrusage(2) writes; zeroed is valid for it as well.
    let rusage = unsafe {
        libc::getrusage(libc::RUSAGE_SELF, rusage.as_mut_ptr());
        rusage.assume_init()
    };
    kibibytes(&rusage)
}

fn end(status: i32) -> End {
    if libc::WIFSIGNALED(status) {
        End::Signalled { signal: Signal(libc::WTERMSIG(status)), core_dumped: libc::WCOREDUMP(status) }
    } else {
        End::Exited(libc::WEXITSTATUS(status))
    }
}

fn usage(rusage: &libc::rusage, rss_floor: u64) -> Usage {
    let max_rss = kibibytes(rusage);
    Usage {
        wall: Duration::ZERO,
        user: time(rusage.ru_utime),
        system: time(rusage.ru_stime),
        max_rss: (max_rss > rss_floor).then_some(max_rss),
        voluntary_switches: count(rusage.ru_nvcsw),
        involuntary_switches: count(rusage.ru_nivcsw),
        minor_faults: count(rusage.ru_minflt),
        major_faults: count(rusage.ru_majflt),
        cgroup: None,
    }
}

fn kibibytes(rusage: &libc::rusage) -> u64 {
    count(rusage.ru_maxrss) * 1024
}

fn time(time: libc::timeval) -> Duration {
    Duration::from_secs(count(time.tv_sec)) + Duration::from_micros(count(time.tv_usec))
}

/// The kernel's counters are signed by type only.
fn count(value: i64) -> u64 {
    value.unsigned_abs()
}

//! One run in a cgroup.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::Pid;

use super::super::{CgroupUsage, cookie};
use super::stat::Meter;
use super::{Cgroup, CgroupError};

/// How long killed processes may take to leave.
const LEAVING: Duration = Duration::from_secs(1);

/// A run's time in its cgroup, from before its start until the value is dropped.
pub(in crate::process) struct Stay {
    cgroup: Cgroup,
    meter: Meter,
    foreign: bool,
}

impl Stay {
    /// Enters, before the process is started.
    pub(in crate::process) fn enter(cgroup: &Cgroup) -> Result<Self, CgroupError> {
        let mut runs = cgroup.runs();
        if runs.count == 0 {
            runs.foreign = !processes(cgroup.path())?.is_empty();
        }
        let fresh = cgroup.made_under().is_some() && !runs.used;
        let meter = Meter::start(cgroup.path(), fresh);
        runs.count += 1;
        runs.used = true;
        let foreign = runs.foreign;
        drop(runs);
        Ok(Self { cgroup: cgroup.clone(), meter, foreign })
    }

    /// The directory, where all that is in it may be killed if the harness dies.
    pub(in crate::process) fn to_kill(&self) -> Option<&Path> {
        (!self.foreign).then(|| self.cgroup.path())
    }

    /// Kills everything in the cgroup, where the run is alone in it; false where it is not, or where the kernel has no
    /// `cgroup.kill` (before Linux 5.14).
    pub(in crate::process) fn kill(&self, own_cookie: &str) -> bool {
        // The lock keeps another run of this process from entering between the look and the kill.
        let runs = self.cgroup.runs();
        if runs.foreign || runs.count > 1 {
            return false;
        }
        let Ok(left) = processes(self.cgroup.path()) else { return false };
        if left.is_empty() {
            return true;
        }
        let others = left.iter().any(|pid| cookie::carries_another(*pid, own_cookie));
        !others && fs::write(self.cgroup.path().join("cgroup.kill"), "1").is_ok() && self.emptied()
    }

    /// What the cgroup counted during the stay.
    pub(in crate::process) fn usage(&self) -> CgroupUsage {
        self.meter.read(self.cgroup.path())
    }

    /// Waits for the killed to be gone, so that they do not disturb what is measured next.
    fn emptied(&self) -> bool {
        let deadline = Instant::now() + LEAVING;
        // The file's readiness is the kernel's word that the cgroup's emptiness has changed since the last read.
        let Ok(mut events) = fs::File::open(self.cgroup.path().join("cgroup.events")) else { return true };
        loop {
            let mut text = String::new();
            if std::io::Seek::rewind(&mut events).and_then(|()| events.read_to_string(&mut text)).is_err() {
                return true;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if text.contains("populated 0") || left.is_zero() {
                return true;
            }
            let timeout = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
            let _ = poll(&mut [PollFd::new(&events, PollFlags::PRI)], Some(&timeout));
        }
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        self.cgroup.runs().count -= 1;
    }
}

/// The processes directly in a cgroup, other than those of which only the zombie is left.
fn processes(cgroup: &Path) -> Result<Vec<Pid>, CgroupError> {
    let file = cgroup.join("cgroup.procs");
    let text = fs::read_to_string(&file).map_err(CgroupError::io("read", file))?;
    Ok(text.lines().filter_map(|line| Pid::from_raw(line.parse().ok()?)).collect())
}

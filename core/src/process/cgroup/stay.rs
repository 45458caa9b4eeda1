//! One run in a cgroup.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::super::{CgroupUsage, cookie};
use super::files;
use super::stat::{self, Peak};
use super::{Cgroup, CgroupError};

/// How long killed processes may take to leave.
const LEAVING: Duration = Duration::from_secs(1);

/// A run's time in its cgroup, from before its start until the value is dropped.
pub(in crate::process) struct Stay {
    cgroup: Cgroup,
    start: Option<CgroupUsage>,
    peak: Peak,
    foreign: bool,
}

impl Stay {
    /// Enters, before the process is started.
    pub(in crate::process) fn enter(cgroup: &Cgroup) -> Result<Self, CgroupError> {
        let files = cgroup.files()?;
        let mut runs = cgroup.runs();
        if runs.count == 0 {
            runs.foreign = files.populated().map_err(CgroupError::io("read cgroup.events of", cgroup.path()))?;
        }
        let unused = runs.counted == Some(CgroupUsage::default());
        let start = runs.counted.take().or_else(|| stat::now(files));
        let peak = Peak::from_now(files, unused);
        runs.count += 1;
        let foreign = runs.foreign;
        drop(runs);
        Ok(Self { cgroup: cgroup.clone(), start, peak, foreign })
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
        if self.is_empty() {
            return true;
        }
        let Ok(left) = files::processes(self.cgroup.path()) else { return false };
        let others = left.iter().any(|pid| cookie::carries_another(*pid, own_cookie));
        !others && fs::write(self.cgroup.path().join("cgroup.kill"), "1").is_ok() && self.emptied()
    }

    /// Leaves; gives what the cgroup counted during the stay.
    pub(in crate::process) fn leave(self) -> Option<CgroupUsage> {
        let now = stat::now(self.cgroup.files().ok()?)?;
        let mut usage = stat::since(&now, self.start.as_ref()?);
        usage.memory_peak = self.peak.read();
        let mut runs = self.cgroup.runs();
        if runs.count == 1 && self.cgroup.made_under().is_some() && !runs.foreign {
            runs.counted = Some(now);
        }
        drop(runs);
        Some(usage)
    }

    fn is_empty(&self) -> bool {
        self.cgroup.files().is_ok_and(|files| files.populated().is_ok_and(|populated| !populated))
    }

    /// Waits for the killed to be gone, so that they do not disturb what is measured next.
    fn emptied(&self) -> bool {
        let deadline = Instant::now() + LEAVING;
        let Ok(files) = self.cgroup.files() else { return true };
        while !self.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let timeout = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
            // The file's readiness is the kernel's word that the cgroup's emptiness has changed since the file was last read, which
            // nobody else does while the runs are locked.
            let _ = poll(&mut [PollFd::new(&files.events, PollFlags::PRI)], Some(&timeout));
        }
        true
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        self.cgroup.runs().count -= 1;
    }
}

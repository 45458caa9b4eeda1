//! A started process that was not reaped yet.

use std::os::fd::OwnedFd;
use std::time::{Instant, SystemTime};

use rustix::process::Pid;

use super::cgroup::Stay;
use super::warden::Ward;

/// The process and what belongs to it.
pub(super) struct Child {
    pub(super) pid: Pid,
    pub(super) pidfd: OwnedFd,
    pub(super) stdout: OwnedFd,
    pub(super) stderr: OwnedFd,
    pub(super) ward: Ward,
    pub(super) stay: Option<Stay>,
    /// Just before the start.
    pub(super) started: SystemTime,
    pub(super) clock: Instant,
    /// What the harness itself occupied at the start, in bytes: see [`super::Usage::max_rss`].
    pub(super) rss_floor: u64,
}

//! Telling the warden.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::Pid;

use super::start;

/// How much may lie in the pipe unread before the warden is woken to read it: a quarter of the smallest usual pipe.
const UNREAD_BYTES: usize = 16 << 10;
/// The most that the kernel writes to a pipe in one piece (`PIPE_BUF`).
const ATOMIC_BYTES: usize = 4096;
/// How long a warden may leave a full pipe unread before it is given up.
const PATIENCE: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

static DESK: Mutex<Option<Desk>> = Mutex::new(None);

/// This process's line to its warden.
pub(super) struct Desk {
    /// Whose warden it is: a forked copy of this process needs its own.
    pub(super) owner: u32,
    /// Begins the cookie of each run.
    pub(super) prefix: String,
    pub(super) line: OwnedFd,
    pub(super) bell: OwnedFd,
    pub(super) unread: usize,
}

/// A run that the warden watches over until the value is dropped.
pub(in crate::process) struct Ward {
    id: u64,
    cookie: String,
}

impl Ward {
    /// Announces a run, before its process is started. `cgroup` is killed with it.
    pub(in crate::process) fn begin(cgroup: Option<&Path>) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut message = format!("begin {id}").into_bytes();
        if let Some(cgroup) = cgroup {
            message.push(b' ');
            message.extend_from_slice(cgroup.as_os_str().as_bytes());
        }
        let prefix = tell(&message)?;
        Ok(Self { id, cookie: cookie(&prefix, id) })
    }

    /// What the run's environment is marked with.
    pub(in crate::process) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Names the run's process group.
    pub(in crate::process) fn group(&self, group: Pid) -> io::Result<()> {
        tell(format!("group {} {}", self.id, group.as_raw_nonzero()).as_bytes()).map(drop)
    }
}

impl Drop for Ward {
    fn drop(&mut self) {
        // A warden that cannot be told does nothing wrong: the group it knows is dead when this process ends.
        let _ = tell(format!("end {}", self.id).as_bytes());
    }
}

/// The cookie of a run.
pub(super) fn cookie(prefix: &str, id: u64) -> String {
    format!("{prefix}{id:x}")
}

/// Has the warden remove a cgroup that this process made, if this process does not live to do it.
pub(in crate::process) fn made_cgroup(path: &Path) -> io::Result<()> {
    tell(&[b"made ", path.as_os_str().as_bytes()].concat()).map(drop)
}

/// The opposite of [`made_cgroup`].
pub(in crate::process) fn removed_cgroup(path: &Path) {
    // As above: to remove what is gone is no harm.
    let _ = tell(&[b"removed ", path.as_os_str().as_bytes()].concat());
}

/// Sends one message, starting the warden if there is none; gives the prefix of its cookies.
fn tell(message: &[u8]) -> io::Result<String> {
    let mut line = message.to_vec();
    line.push(b'\n');
    if line.len() > ATOMIC_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidFilename, "the cgroup's path is too long for the warden"));
    }
    let mut desk = DESK.lock().unwrap_or_else(PoisonError::into_inner);
    if desk.as_ref().is_none_or(|desk| desk.owner != std::process::id()) {
        *desk = Some(start::start()?);
    }
    if let Some(open) = desk.as_mut()
        && open.send(&line).is_ok()
    {
        return Ok(open.prefix.clone());
    }
    // Someone killed it: what it knew is lost, the runs from now on are not.
    let fresh = desk.insert(start::start()?);
    fresh.send(&line)?;
    Ok(fresh.prefix.clone())
}

impl Desk {
    fn send(&mut self, line: &[u8]) -> io::Result<()> {
        loop {
            match rustix::io::write(&self.line, line) {
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => self.wait_for_room()?,
                Err(error) => return Err(error.into()),
            }
        }
        self.unread += line.len();
        if self.unread > UNREAD_BYTES {
            self.ring()?;
        }
        Ok(())
    }

    fn wait_for_room(&mut self) -> io::Result<()> {
        self.ring()?;
        match poll(&mut [PollFd::new(&self.line, PollFlags::OUT)], Some(&PATIENCE)) {
            Ok(0) => Err(io::ErrorKind::TimedOut.into()),
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn ring(&mut self) -> io::Result<()> {
        self.unread = 0;
        match rustix::io::write(&self.bell, b"!") {
            Ok(_) | Err(Errno::AGAIN) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

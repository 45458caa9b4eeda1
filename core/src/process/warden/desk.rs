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
    if let Some(open) = desk.as_ref()
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
    pub(super) fn send(&self, line: &[u8]) -> io::Result<()> {
        loop {
            match rustix::io::write(&self.line, line) {
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => self.wait_for_room()?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Wakes the warden, which lets messages lie until it has to read them.
    fn wait_for_room(&self) -> io::Result<()> {
        match rustix::io::write(&self.bell, b"!") {
            Ok(_) | Err(Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
        match poll(&mut [PollFd::new(&self.line, PollFlags::OUT)], Some(&PATIENCE)) {
            Ok(0) => Err(io::ErrorKind::TimedOut.into()),
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_beyond_the_pipe_are_read_meanwhile() {
        let owner = || DESK.lock().unwrap().as_ref().map(|desk| desk.prefix.clone());
        drop(Ward::begin(None).unwrap());
        let before = owner();
        for _ in 0..10_000 {
            let ward = Ward::begin(Some(Path::new("/a/cgroup/that/is/not/there"))).unwrap();
            assert!(ward.cookie().len() > 4);
        }
        assert_eq!(owner(), before, "the warden was given up");
    }
}

//! Starting a process.
//!
//! By `clone3` with a child that shares the harness's memory until it executes its program, so that neither memory nor page tables
//! are copied: std's `Command` does the same by `posix_spawn` as long as it has no `pre_exec`, but knows no cgroup, no affinity and no
//! nice value, and glibc 2.36 makes 130 system calls in it to clear signal handlers, which `clone3` does by a flag.

use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::os::fd::OwnedFd;
use std::time::{Instant, SystemTime};

use rustix::process::Pid;

use super::cgroup::Stay;
use super::child::Child;
use super::warden::Ward;
use super::{Command, SpawnError, Stdin, builtin, capture, reap};

mod clone;
mod explain;
mod image;
mod start;
mod strings;

pub(super) use clone::{Way, reaches_execution};
use image::Image;

/// A process just started, and its pidfd.
struct Started {
    pid: Pid,
    pidfd: OwnedFd,
}

/// The payload's ends of its streams. Without a stdin it has the caller's.
struct Streams {
    stdin: Option<OwnedFd>,
    stdout: OwnedFd,
    stderr: OwnedFd,
}

/// Starts `command` in a process group of its own.
pub(super) fn spawn(command: &Command) -> Result<Child, SpawnError> {
    check_builtin(command)?;
    let limit = |source: io::Error| explain::resource(command, source);
    let cgroup_error = |source| SpawnError::Cgroup { program: command.program.clone(), source };
    let stay = command.cgroup.as_ref().map(Stay::enter).transpose().map_err(cgroup_error)?;
    let ward = Ward::begin(stay.as_ref().and_then(Stay::to_kill)).map_err(limit)?;
    let image = Image::new(command, ward.cookie())?;
    let (stdout, stdout_end) = capture::pipe().map_err(limit)?;
    let (stderr, stderr_end) = capture::pipe().map_err(limit)?;
    let streams = Streams { stdin: stdin(&command.stdin).map_err(limit)?, stdout: stdout_end, stderr: stderr_end };
    let (started, clock) = (SystemTime::now(), Instant::now());
    let Started { pid, pidfd } = start::start(&image, streams)?;
    let child = Child { pid, pidfd, stdout, stderr, ward, stay, started, clock, rss_floor: reap::own_peak_rss() };
    match child.ward.group(pid) {
        Ok(()) => Ok(child),
        Err(source) => {
            discard(pid);
            Err(limit(source))
        }
    }
}

/// Ends a process that nobody will hear of.
fn discard(pid: Pid) {
    // It was not reaped, so the numbers are still its own.
    let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
    let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    let _ = reap::reap(pid, 0);
}

fn check_builtin(command: &Command) -> Result<(), SpawnError> {
    let Some(name) = &command.builtin else { return Ok(()) };
    let known: Vec<_> = builtin::builtins().iter().map(|builtin| builtin.name).collect();
    if known.contains(&name.as_str()) {
        return Ok(());
    }
    Err(SpawnError::UnknownBuiltin { name: name.clone(), known })
}

fn stdin(stdin: &Stdin) -> io::Result<Option<OwnedFd>> {
    Ok(match stdin {
        Stdin::Null => Some(File::open("/dev/null")?.into()),
        Stdin::Inherit => None,
        Stdin::Bytes(bytes) => Some(bytes_to_read(bytes)?),
    })
}

/// A file in memory that holds `bytes`: unlike a pipe it needs nobody to feed it while the payload runs.
fn bytes_to_read(bytes: &[u8]) -> io::Result<OwnedFd> {
    let memory = rustix::fs::memfd_create("stdin", rustix::fs::MemfdFlags::CLOEXEC)?;
    let mut file = File::from(memory);
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file.into())
}

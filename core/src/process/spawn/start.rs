//! From a command to the plan that the child carries out, and from its failure to what that means.

use std::io;
use std::os::fd::{AsRawFd as _, OwnedFd};

use rustix::io::{Errno, fcntl_dupfd_cloexec};
use rustix::process::{PidfdFlags, pidfd_open};
use rustix::thread::CpuSet;

use super::super::cgroup::{Cgroup, CgroupError};
use super::super::{Command, SpawnError};
use super::clone::{self, Failure, Plan, Step};
use super::{Image, Started, Streams, discard, explain};

pub(super) fn start(image: &Image<'_>, streams: Streams) -> Result<Started, SpawnError> {
    let command = image.command;
    let limit = |source: io::Error| explain::resource(command, source);
    let streams = above_standard(streams).map_err(limit)?;
    let files = command.cgroup.as_ref().map(Cgroup::files).transpose();
    let files = files.map_err(|source| SpawnError::Cgroup { program: command.program.clone(), source })?;
    let plan = Plan {
        path: &image.file,
        arguments: &image.arguments,
        variables: &image.variables,
        dir: image.dir.as_deref(),
        streams: [streams.stdin.as_ref().map_or(-1, OwnedFd::as_raw_fd), streams.stdout.as_raw_fd(), streams.stderr.as_raw_fd()],
        cgroup: files.map(|files| (files.dir.as_raw_fd(), files.procs.as_raw_fd())),
        cpus: command.affinity.as_deref().map(|cpus| cpu_set(command, cpus)).transpose()?,
        nice: command.nice,
    };
    let (pid, pidfd) = clone::start(&plan).map_err(|failure| explain_failure(image, failure))?;
    let pidfd = match pidfd {
        Some(pidfd) => pidfd,
        None => pidfd_open(pid, PidfdFlags::empty()).map_err(|source| {
            discard(pid);
            limit(source.into())
        })?,
    };
    Ok(Started { pid, pidfd })
}

fn cpu_set(command: &Command, cpus: &[usize]) -> Result<CpuSet, SpawnError> {
    let mut set = CpuSet::new();
    for cpu in cpus {
        if *cpu >= CpuSet::MAX_CPU {
            let (program, cpus) = (command.program.clone(), cpus.to_vec());
            return Err(SpawnError::Affinity { program, cpus, source: Errno::INVAL.into() });
        }
        set.set(*cpu);
    }
    Ok(set)
}

/// Moves the files off the numbers that the child is about to fill, where the caller runs without standard streams.
fn above_standard(streams: Streams) -> io::Result<Streams> {
    let above = |file: OwnedFd| if file.as_raw_fd() > 2 { Ok(file) } else { fcntl_dupfd_cloexec(&file, 3) };
    Ok(Streams { stdin: streams.stdin.map(above).transpose()?, stdout: above(streams.stdout)?, stderr: above(streams.stderr)? })
}

fn explain_failure(image: &Image<'_>, failure: Failure) -> SpawnError {
    let command = image.command;
    let program = command.program.clone();
    let source = io::Error::from_raw_os_error(failure.errno);
    match (failure.step, &command.cgroup, &command.affinity, command.nice) {
        (Step::Execute, ..) => explain::exec(command, &image.path, source),
        (Step::Enter, Some(cgroup), ..) => {
            SpawnError::Cgroup { program, source: CgroupError::io("enter cgroup", cgroup.path())(source) }
        }
        (Step::Affinity, _, Some(cpus), _) => SpawnError::Affinity { program, cpus: cpus.clone(), source },
        (Step::Nice, _, _, Some(nice)) => SpawnError::Nice { program, nice, source },
        (Step::Dir, ..) => SpawnError::CurrentDir { program, dir: command.current_dir.clone().unwrap_or_default(), source },
        _ => explain::resource(command, source),
    }
}

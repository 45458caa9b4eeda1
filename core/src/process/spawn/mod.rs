//! Starting a process.

use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::process;
use std::time::{Instant, SystemTime};

use rustix::process::{Pid, PidfdFlags, pidfd_open, setpriority_process};
use rustix::thread::{CpuSet, sched_setaffinity};

use super::capture::stream_pipe;
use super::cgroup::CgroupError;
use super::child::Child;
use super::{Command, SpawnError, Stdin, builtin, program, reap};

mod explain;

/// Starts `command` in a process group of its own.
pub(super) fn spawn(command: &Command) -> Result<Child, SpawnError> {
    check_builtin(command)?;
    let path = program::find(command)?;
    let limit = |source: io::Error| explain::resource(command, source);
    let stdin = stdin(&command.stdin).map_err(limit)?;
    let (stdout, stdout_end) = stream_pipe().map_err(limit)?;
    let (stderr, stderr_end) = stream_pipe().map_err(limit)?;
    let mut std_command = process::Command::new(&path);
    std_command
        .arg0(command.arg0.as_ref().unwrap_or(&command.program))
        .args(&command.args)
        .process_group(0)
        .stdin(stdin)
        .stdout(stdout_end)
        .stderr(stderr_end);
    if command.clear_env {
        std_command.env_clear();
    }
    std_command.envs(command.env.iter().map(|(name, value)| (name, value)));
    if let Some(dir) = &command.current_dir {
        std_command.current_dir(dir);
    }
    let (started, clock) = (SystemTime::now(), Instant::now());
    let child = std_command.spawn().map_err(|source| explain::exec(command, &path, source))?;
    let pid = Pid::from_raw(child.id().cast_signed()).expect("a child has a positive id");
    let pidfd = pidfd_open(pid, PidfdFlags::empty()).map_err(|source| {
        let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
        let _ = reap::reap(pid, 0);
        limit(source.into())
    })?;
    place(command, pid).inspect_err(|_| {
        let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
        let _ = reap::reap(pid, 0);
    })?;
    Ok(Child { pid, pidfd, stdout, stderr, started, clock, rss_floor: reap::own_peak_rss() })
}

/// Cgroup, affinity and nice value.
fn place(command: &Command, pid: Pid) -> Result<(), SpawnError> {
    let program = || command.program.clone();
    if let Some(cgroup) = &command.cgroup {
        let file = cgroup.path().join("cgroup.procs");
        std::fs::write(&file, pid.to_string())
            .map_err(|source| SpawnError::Cgroup { program: program(), source: CgroupError::io("enter", &file)(source) })?;
    }
    if let Some(cpus) = &command.affinity {
        let mut set = CpuSet::new();
        cpus.iter().filter(|cpu| **cpu < CpuSet::MAX_CPU).for_each(|cpu| set.set(*cpu));
        sched_setaffinity(Some(pid), &set).map_err(|source| SpawnError::Affinity {
            program: program(),
            cpus: cpus.clone(),
            source: source.into(),
        })?;
    }
    if let Some(nice) = command.nice {
        setpriority_process(Some(pid), nice).map_err(|source| SpawnError::Nice {
            program: program(),
            nice,
            source: source.into(),
        })?;
    }
    Ok(())
}

fn check_builtin(command: &Command) -> Result<(), SpawnError> {
    let Some(name) = &command.builtin else { return Ok(()) };
    let known: Vec<_> = builtin::builtins().iter().map(|builtin| builtin.name).collect();
    if known.contains(&name.as_str()) {
        return Ok(());
    }
    Err(SpawnError::UnknownBuiltin { name: name.clone(), known })
}

fn stdin(stdin: &Stdin) -> io::Result<process::Stdio> {
    Ok(match stdin {
        Stdin::Null => process::Stdio::null(),
        Stdin::Inherit => process::Stdio::inherit(),
        Stdin::Bytes(bytes) => bytes_to_read(bytes)?.into(),
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

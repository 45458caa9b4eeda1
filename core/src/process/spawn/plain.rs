//! By std's `Command`: `posix_spawn`, as long as no `pre_exec` is asked for.

use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::super::SpawnError;
use super::{Image, Started, Streams, discard, explain};

pub(super) fn spawn(image: &Image<'_>, streams: Streams) -> Result<Started, SpawnError> {
    let command = image.command;
    let mut std_command = Command::new(&image.path);
    std_command
        .arg0(command.arg0.as_ref().unwrap_or(&command.program))
        .args(&command.args)
        .env_clear()
        .envs(&image.env)
        .process_group(0)
        .stdin(streams.stdin.map_or_else(Stdio::inherit, Stdio::from))
        .stdout(streams.stdout)
        .stderr(streams.stderr);
    if let Some(dir) = &command.current_dir {
        std_command.current_dir(dir);
    }
    let child = std_command.spawn().map_err(|source| explain::exec(command, &image.path, source))?;
    let pid = Pid::from_raw(child.id().cast_signed()).expect("a child has a positive id");
    match pidfd_open(pid, PidfdFlags::empty()) {
        Ok(pidfd) => Ok(Started { pid, pidfd }),
        Err(source) => {
            discard(pid);
            Err(explain::resource(command, source.into()))
        }
    }
}

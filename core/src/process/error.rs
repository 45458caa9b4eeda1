//! What can go wrong.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::end::Seconds;
use super::{Ended, cgroup::CgroupError};

/// A payload could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpawnError {
    /// There is no such program.
    #[error("start {}: no such program{}; install it, or give the path of an executable file", .program.display(), where_searched(.searched.as_ref()))]
    Missing {
        /// The program as it was named.
        program: OsString,
        /// The `PATH` it was searched in; `None` where the name has a slash.
        searched: Option<OsString>,
    },
    /// The file is there, and may not be executed.
    #[error("start {}: it is no executable file, or a directory on its way may not be entered; check its mode with `ls -l` (`chmod +x`) and that its file system is not mounted noexec", .program.display())]
    NotExecutable {
        /// The program as it was named.
        program: OsString,
    },
    /// The file is executable, and what it needs to be run is missing.
    #[error("start {}: its interpreter {interpreter} is missing or not executable; install it, or correct the file's first line", .program.display())]
    BadInterpreter {
        /// The program as it was named.
        program: OsString,
        /// The interpreter in the file's first line, or the loader an ELF file asks for.
        interpreter: String,
    },
    /// The kernel does not know the file's format.
    #[error("start {}: neither a program for this machine nor a script with a #! line; rebuild it, or name the interpreter as the program", .program.display())]
    BadFormat {
        /// The program as it was named.
        program: OsString,
    },
    /// The file is being written.
    #[error("start {}: it is open for writing (text file busy); close it everywhere before it is run", .program.display())]
    TextBusy {
        /// The program as it was named.
        program: OsString,
    },
    /// Arguments and environment do not fit.
    #[error("start {}: {bytes} bytes of arguments and environment are more than the kernel takes; pass them in a file", .program.display())]
    ArgumentsTooLong {
        /// The program as it was named.
        program: OsString,
        /// How many bytes were asked for.
        bytes: usize,
    },
    /// A string for the kernel has a NUL inside.
    #[error("start {}: {what} contains a NUL byte", .program.display())]
    Nul {
        /// The program as it was named.
        program: OsString,
        /// Which string.
        what: String,
    },
    /// A variable's name is none.
    #[error("start {}: set variable {name:?}: a name is not empty and has no `=`", .program.display())]
    BadVariable {
        /// The program as it was named.
        program: OsString,
        /// The name.
        name: OsString,
    },
    /// The working directory cannot be entered.
    #[error("start {}: enter the working directory {}: {source}", .program.display(), .dir.display())]
    CurrentDir {
        /// The program as it was named.
        program: OsString,
        /// The directory.
        dir: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The cgroup does not take the payload.
    #[error("start {} in its cgroup: {source}", .program.display())]
    Cgroup {
        /// The program as it was named.
        program: OsString,
        /// Why not.
        source: CgroupError,
    },
    /// CPU affinity was refused.
    #[error("start {} on CPUs {cpus:?}: {source}; name CPUs that are online and allowed here (`taskset -p $$`)", .program.display())]
    Affinity {
        /// The program as it was named.
        program: OsString,
        /// The CPUs.
        cpus: Vec<usize>,
        /// Why not.
        source: io::Error,
    },
    /// The nice value was refused.
    #[error("start {} with nice {nice}: {source}; a negative value needs CAP_SYS_NICE or RLIMIT_NICE", .program.display())]
    Nice {
        /// The program as it was named.
        program: OsString,
        /// The nice value.
        nice: i32,
        /// Why not.
        source: io::Error,
    },
    /// A limit of the system was reached.
    #[error("start {}: {what}: {source}; raise the limit with `{remedy}`, or run fewer payloads at once", .program.display())]
    Limit {
        /// The program as it was named.
        program: OsString,
        /// What there is too little of.
        what: &'static str,
        /// The command that raises the limit.
        remedy: &'static str,
        /// The system's answer.
        source: io::Error,
    },
    /// A builtin that this executable does not have.
    #[error("start builtin {name}: this executable has no such builtin; it has: {}", .known.join(", "))]
    UnknownBuiltin {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<&'static str>,
    },
    /// Anything else.
    #[error("start {}: {what}: {source}", .program.display())]
    Other {
        /// The program as it was named.
        program: OsString,
        /// What the engine was doing.
        what: &'static str,
        /// The system's answer.
        source: io::Error,
    },
}

/// A payload's end could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WaitError {
    /// It was killed at its deadline, and its streams stayed open all the same: a process that escaped from it holds
    /// them. What it had written until then is kept.
    #[error("drain after timeout of {}: a process that left the payload's group still holds its output; run the payload in a cgroup, which nothing escapes", Seconds(*.after))]
    Drain {
        /// How long the payload was allowed to run.
        after: Duration,
        /// What was captured.
        captured: Box<Ended>,
    },
    /// It did not die of `SIGKILL`: the kernel has it in an uninterruptible sleep.
    #[error("end process {pid}: SIGKILL has no effect for {}; see /proc/{pid}/stack for what it waits for", Seconds(*.waited))]
    Unkillable {
        /// The process.
        pid: u32,
        /// How long was waited.
        waited: Duration,
        /// What was captured.
        captured: Box<Ended>,
    },
    /// Something else in this process reaped it.
    #[error(
        "wait for process {pid}: something else in this process has reaped it (a `wait` for any child, or SIGCHLD set to be ignored)"
    )]
    Reaped {
        /// The process.
        pid: u32,
    },
    /// Anything else.
    #[error("wait for process {pid}: {source}")]
    Other {
        /// The process.
        pid: u32,
        /// The system's answer.
        source: io::Error,
    },
}

impl WaitError {
    /// What was captured before the end was lost.
    pub fn captured(&self) -> Option<&Ended> {
        match self {
            Self::Drain { captured, .. } | Self::Unkillable { captured, .. } => Some(captured),
            _ => None,
        }
    }
}

/// A payload could not be run to its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It could not be started.
    #[error(transparent)]
    Spawn(#[from] SpawnError),
    /// Its end could not be had.
    #[error(transparent)]
    Wait(#[from] WaitError),
}

fn where_searched(path: Option<&OsString>) -> String {
    path.map_or_else(String::new, |path| format!(" in PATH ({})", path.display()))
}

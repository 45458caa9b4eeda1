//! What to start, and how.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use super::cgroup::Cgroup;
use super::{Ended, RunError, Running, SpawnError, engine::Engine, orders::Orders, spawn};

/// A program to start: a plain value that can be started any number of times.
///
/// The payload gets a process group of its own, its stdin is empty unless [`Command::stdin`] says otherwise, and both its
/// output streams are captured apart. Signal mask and `SIGPIPE` are reset to their defaults.
#[derive(Clone, Debug)]
pub struct Command {
    pub(super) program: OsString,
    pub(super) arg0: Option<OsString>,
    pub(super) args: Vec<OsString>,
    pub(super) env: Vec<(OsString, OsString)>,
    pub(super) clear_env: bool,
    pub(super) current_dir: Option<PathBuf>,
    pub(super) stdin: Stdin,
    pub(super) cgroup: Option<Cgroup>,
    pub(super) affinity: Option<Vec<usize>>,
    pub(super) nice: Option<i32>,
    pub(super) output_limit: Option<usize>,
    pub(super) kill_grace: Duration,
    pub(super) builtin: Option<String>,
}

/// What a payload reads on its standard input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stdin {
    /// Nothing: end of file at once. The default, so that no payload waits for a keyboard.
    #[default]
    Null,
    /// The caller's own standard input.
    Inherit,
    /// These bytes, then end of file.
    Bytes(Vec<u8>),
}

impl Command {
    /// A command for `program`, which is looked up in `PATH` (the payload's own, where [`Command::env`] sets one) unless
    /// it contains a slash. A relative path counts from the caller's working directory, whatever
    /// [`Command::current_dir`] says.
    pub fn new(program: impl Into<OsString>) -> Self {
        Self {
            program: program.into(),
            arg0: None,
            args: Vec::new(),
            env: Vec::new(),
            clear_env: false,
            current_dir: None,
            stdin: Stdin::Null,
            cgroup: None,
            affinity: None,
            nice: None,
            output_limit: None,
            kill_grace: Duration::ZERO,
            builtin: None,
        }
    }

    /// Appends one argument.
    #[must_use]
    pub fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Appends arguments.
    #[must_use]
    pub fn args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Sets one environment variable of the payload; the last value of a name wins.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Starts from an empty environment instead of the caller's; what [`Command::env`] sets, earlier or later, stays, and
    /// so does the engine's own `PRILL_COOKIE`, by which escaped processes are found.
    #[must_use]
    pub fn clear_env(mut self) -> Self {
        self.clear_env = true;
        self
    }

    /// Runs the payload in `dir` instead of the caller's working directory.
    #[must_use]
    pub fn current_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.current_dir = Some(dir.into());
        self
    }

    /// What the payload reads on its standard input.
    #[must_use]
    pub fn stdin(mut self, stdin: Stdin) -> Self {
        self.stdin = stdin;
        self
    }

    /// Puts the payload into `cgroup` from its first instruction. Without it the payload inherits the caller's.
    #[must_use]
    pub fn cgroup(mut self, cgroup: &Cgroup) -> Self {
        self.cgroup = Some(cgroup.clone());
        self
    }

    /// Allows the payload these CPUs only (numbers as in `/proc/cpuinfo`).
    #[must_use]
    pub fn affinity(mut self, cpus: impl IntoIterator<Item = usize>) -> Self {
        self.affinity = Some(cpus.into_iter().collect());
        self
    }

    /// Gives the payload this nice value, absolute: -20 (favoured) to 19.
    #[must_use]
    pub fn nice(mut self, nice: i32) -> Self {
        self.nice = Some(nice);
        self
    }

    /// Keeps at most `bytes` of each stream: the first half and the last half. What is between is counted and dropped,
    /// and the payload never notices.
    #[must_use]
    pub fn output_limit(mut self, bytes: usize) -> Self {
        self.output_limit = Some(bytes);
        self
    }

    /// Sends `SIGTERM` at the deadline (and on [`Running::kill`]) and waits up to `grace` before `SIGKILL`. Zero, the
    /// default, kills at once.
    #[must_use]
    pub fn kill_grace(mut self, grace: Duration) -> Self {
        self.kill_grace = grace;
        self
    }

    /// The program as it was named.
    pub fn program(&self) -> &std::ffi::OsStr {
        &self.program
    }

    /// The arguments, without the program.
    pub fn arguments(&self) -> &[OsString] {
        &self.args
    }

    /// Starts the payload in the background. Its output is drained all the time, whatever the caller does.
    ///
    /// # Errors
    /// Whatever keeps the program from running: see [`SpawnError`]. Nothing is left behind then.
    pub fn spawn(&self) -> Result<Running, SpawnError> {
        Running::start(self)
    }

    /// Runs the payload to its end, at most for `timeout`. A time-out is no error: see [`super::End::TimedOut`].
    ///
    /// No thread is started: the calling thread watches the payload and drains its output.
    ///
    /// # Errors
    /// [`RunError::Spawn`] when it could not be started, [`RunError::Wait`] when its end could not be had.
    pub fn run(&self, timeout: Option<Duration>) -> Result<Ended, RunError> {
        let child = spawn::spawn(self)?;
        let deadline = timeout.and_then(|timeout| child.clock.checked_add(timeout));
        Ok(Engine::new(child, self).run(&Orders::foreground(deadline))?)
    }
}

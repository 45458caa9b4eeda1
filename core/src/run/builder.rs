use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::finish::{Finish, OutputFile};
use super::{Context, NotRunnable, PayloadHandle, PayloadMetrics};
use crate::check::{AssertResult, MetricCheck};
use crate::extract::OutputFormat;
use crate::payload::{Payload, PayloadKind};
use crate::process::{Command, RunError, Stdin, builtin_command};

/// One run of a payload that is being put together.
///
/// Arguments and checks start with the payload's defaults; `clear_args` and `clear_checks` drop those and whatever was
/// appended before.
#[must_use = "nothing runs before run() or spawn()"]
pub struct PayloadRun<'a> {
    context: &'a Context,
    payload: &'a Payload,
    args: Vec<String>,
    checks: Vec<MetricCheck>,
    env: Vec<(String, String)>,
    clear_env: bool,
    current_dir: Option<PathBuf>,
    stdin: Stdin,
    cgroup: Option<Cow<'static, str>>,
    affinity: Option<Vec<usize>>,
    nice: Option<i32>,
    timeout: Option<Duration>,
    kill_grace: Duration,
    output_limit: Option<usize>,
    output_files: Vec<PathBuf>,
    format: OutputFormat,
    warmup: Option<Duration>,
    min_duration: Option<Duration>,
    allow_partial: bool,
}

impl<'a> PayloadRun<'a> {
    pub(super) fn new(context: &'a Context, payload: &'a Payload) -> Self {
        Self {
            context,
            payload,
            args: payload.default_args.iter().map(ToString::to_string).collect(),
            checks: payload.default_checks.to_vec(),
            env: Vec::new(),
            clear_env: false,
            current_dir: None,
            stdin: Stdin::Null,
            cgroup: None,
            affinity: None,
            nice: None,
            timeout: None,
            kill_grace: Duration::ZERO,
            output_limit: None,
            output_files: Vec::new(),
            format: payload.output,
            warmup: None,
            min_duration: None,
            allow_partial: false,
        }
    }

    /// Appends an argument.
    pub fn arg(mut self, arg: impl Into<String>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Appends arguments.
    pub fn args<A: Into<String>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Drops the default arguments and those appended so far.
    pub fn clear_args(mut self) -> Self {
        self.args.clear();
        self
    }

    /// Appends a check.
    pub fn check(mut self, check: MetricCheck) -> Self {
        self.checks.push(check);
        self
    }

    /// Drops the default checks and those appended so far.
    pub fn clear_checks(mut self) -> Self {
        self.checks.clear();
        self
    }

    /// Sets an environment variable of the payload.
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Starts the payload without the caller's environment.
    pub fn clear_env(mut self) -> Self {
        self.clear_env = true;
        self.env.clear();
        self
    }

    /// Runs the payload in this folder.
    pub fn current_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.current_dir = Some(dir.into());
        self
    }

    /// What the payload reads; nothing by default.
    pub fn stdin(mut self, stdin: Stdin) -> Self {
        self.stdin = stdin;
        self
    }

    /// Runs the payload in this cgroup under [`crate::process::cgroup::Cgroups::parent_path`], from its first instruction.
    /// Without it the payload inherits the caller's cgroup.
    pub fn in_cgroup(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.cgroup = Some(name.into());
        self
    }

    /// Allows the payload these CPUs only.
    pub fn affinity(mut self, cpus: impl IntoIterator<Item = usize>) -> Self {
        self.affinity = Some(cpus.into_iter().collect());
        self
    }

    /// Gives the payload this nice value, -20 (first) to 19 (last).
    pub fn nice(mut self, nice: i32) -> Self {
        self.nice = Some(nice);
        self
    }

    /// Bounds [`PayloadRun::run`]: at the deadline the whole group is killed, and the result is what came until then.
    /// [`PayloadRun::spawn`] ignores it.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// At the deadline, and on `kill`, sends SIGTERM first and waits at most this long; zero by default.
    pub fn kill_grace(mut self, grace: Duration) -> Self {
        self.kill_grace = grace;
        self
    }

    /// Keeps at most this many bytes of each stream, half from its head and half from its tail; all by default.
    pub fn output_limit(mut self, bytes: usize) -> Self {
        self.output_limit = Some(bytes);
        self
    }

    /// Reads a file that the payload writes, beside its streams. A relative path is relative to the payload's folder. A file
    /// that the run did not write is not read, and that is said.
    pub fn output_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.output_files.push(path.into());
        self
    }

    /// Reads the output as this format instead of the payload's own.
    pub fn format(mut self, format: OutputFormat) -> Self {
        self.format = format;
        self
    }

    /// Runs the payload once before, for at most this long, and throws the result away.
    pub fn warmup(mut self, duration: Duration) -> Self {
        self.warmup = Some(duration);
        self
    }

    /// A run that ends by itself sooner is inconclusive: too short to have measured anything.
    pub fn min_duration(mut self, duration: Duration) -> Self {
        self.min_duration = Some(duration);
        self
    }

    /// Judges the metrics of a run that was cut short by a signal, the time-out or the capture limit like those of a whole
    /// one. Without it such a run is inconclusive.
    pub fn allow_partial(mut self) -> Self {
        self.allow_partial = true;
        self
    }

    /// Runs the payload to its end, or to the time-out, and judges its metrics.
    ///
    /// # Errors
    /// When the payload is a scheduler, its format is not linked, it cannot be started, its end cannot be had, or the
    /// recorder cannot keep the result. A failed check, an exit code and a time-out are no errors.
    pub fn run(self) -> Result<(AssertResult, PayloadMetrics)> {
        let (command, timeout, warmup) = (self.command()?, self.timeout, self.warmup);
        let finish = self.finish()?;
        if let Some(duration) = warmup {
            command.run(Some(duration)).with_context(|| format!("warm up {}", finish.payload.name))?;
        }
        let finish = finish.before_start();
        match command.run(timeout) {
            Ok(ended) => finish.ended(ended),
            // What was captured before the drain failed is kept like any result; the caller gets the error, which has it too.
            Err(RunError::Wait(e)) => Err(finish.lost(e)),
            Err(e) => Err(e.into()),
        }
    }

    /// Starts the payload in the background. Its output is drained all the time.
    ///
    /// # Errors
    /// As [`PayloadRun::run`], as far as starting goes.
    pub fn spawn(self) -> Result<PayloadHandle<'a>> {
        let (command, warmup) = (self.command()?, self.warmup);
        let finish = self.finish()?;
        if let Some(duration) = warmup {
            command.run(Some(duration)).with_context(|| format!("warm up {}", finish.payload.name))?;
        }
        let finish = finish.before_start();
        Ok(PayloadHandle::new(command.spawn()?, finish))
    }

    fn command(&self) -> Result<Command> {
        let mut command = match self.payload.kind {
            PayloadKind::Binary(exe) => Command::new(exe),
            PayloadKind::Builtin(name) => builtin_command(name),
            PayloadKind::Scheduler(_) => return Err(NotRunnable { name: self.payload.name }.into()),
        };
        if self.clear_env {
            command = command.clear_env();
        }
        for (name, value) in &self.env {
            command = command.env(name, value);
        }
        command = command.args(&self.args).stdin(self.stdin.clone()).kill_grace(self.kill_grace);
        if let Some(dir) = &self.current_dir {
            command = command.current_dir(dir);
        }
        if let Some(name) = &self.cgroup {
            command = command.cgroup(&self.context.cgroups.open(name)?);
        }
        if let Some(cpus) = &self.affinity {
            command = command.affinity(cpus.iter().copied());
        }
        if let Some(nice) = self.nice {
            command = command.nice(nice);
        }
        if let Some(bytes) = self.output_limit {
            command = command.output_limit(bytes);
        }
        Ok(command)
    }

    fn finish(self) -> Result<Finish<'a>> {
        if self.format != OutputFormat::AUTO {
            self.context.registry.find(self.format)?;
        }
        let (PayloadKind::Binary(program) | PayloadKind::Builtin(program) | PayloadKind::Scheduler(program)) = self.payload.kind;
        let argv = std::iter::once(program.to_owned()).chain(self.args).collect();
        let dir = self.current_dir.unwrap_or_default();
        Ok(Finish {
            context: self.context,
            payload: self.payload,
            format: self.format,
            argv,
            checks: self.checks,
            files: self.output_files.into_iter().map(|path| OutputFile::new(dir.join(path))).collect(),
            min_duration: self.min_duration,
            allow_partial: self.allow_partial,
        })
    }
}

impl fmt::Debug for PayloadRun<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayloadRun")
            .field("payload", &self.payload.name)
            .field("args", &self.args)
            .field("checks", &self.checks)
            .field("format", &self.format)
            .field("cgroup", &self.cgroup)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

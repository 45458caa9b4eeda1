//! A declared program: what is run, how its output is read, what is asked of it by default.

use crate::check::MetricCheck;
use crate::extract::OutputFormat;
use crate::metric::MetricHint;

mod registered;

pub use registered::{RegisteredPayload, registered};

/// A declared program. A plain value that a `const` holds.
///
/// ```
/// use prill_core::{MetricCheck, OutputFormat, Payload, PayloadKind};
///
/// const STREAM: Payload = Payload {
///     default_args: &["--runs", "5"],
///     default_checks: &[MetricCheck::exit_code_eq(0)],
///     output: OutputFormat::JSON,
///     ..Payload::binary("stream", "stream_c")
/// };
/// assert!(STREAM.is_runnable());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Payload {
    /// What it is called in tests, records and on the command line.
    pub name: &'static str,
    /// What is run.
    pub kind: PayloadKind,
    /// The format of its output.
    pub output: OutputFormat,
    /// The arguments unless [`crate::PayloadRun::clear_args`] is called.
    pub default_args: &'static [&'static str],
    /// The checks unless [`crate::PayloadRun::clear_checks`] is called.
    pub default_checks: &'static [MetricCheck],
    /// Units and directions of metrics that its format cannot know.
    pub metrics: &'static [MetricHint],
}

/// What a payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadKind {
    /// An executable: a path, or a name that is looked up in `PATH`.
    Binary(&'static str),
    /// A scheduler, which the framework starts before a test body and stops after it.
    Scheduler(&'static str),
    /// Code of the linking program itself, run as a process by executing the current executable again; the name that
    /// [`crate::register_builtin!`] gave it.
    Builtin(&'static str),
}

impl Payload {
    /// The payload `name` that runs `exe`, with no arguments, no checks, and the exit code as its only result.
    #[must_use]
    pub const fn binary(name: &'static str, exe: &'static str) -> Self {
        Self::of(name, PayloadKind::Binary(exe))
    }

    /// The scheduler `name` that runs `exe`.
    #[must_use]
    pub const fn scheduler(name: &'static str, exe: &'static str) -> Self {
        Self::of(name, PayloadKind::Scheduler(exe))
    }

    /// The payload `name` that runs the builtin of the same name.
    #[must_use]
    pub const fn builtin(name: &'static str) -> Self {
        Self::of(name, PayloadKind::Builtin(name))
    }

    const fn of(name: &'static str, kind: PayloadKind) -> Self {
        Self { name, kind, output: OutputFormat::EXIT_CODE, default_args: &[], default_checks: &[], metrics: &[] }
    }

    /// True when `run` and `spawn` accept it: a scheduler is started by the framework instead.
    #[must_use]
    pub const fn is_runnable(&self) -> bool {
        !matches!(self.kind, PayloadKind::Scheduler(_))
    }
}

//! How a payload ended.

use std::fmt;
use std::time::{Duration, SystemTime};

use super::{Output, Signal, Usage};

/// Everything that is known of a payload that has ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// How it ended.
    pub end: End,
    /// What it wrote to its standard output.
    pub stdout: Output,
    /// What it wrote to its standard error.
    pub stderr: Output,
    /// What it used up.
    pub usage: Usage,
    /// When it was started.
    pub started: SystemTime,
    /// Another process, which escaped from the payload's group, still held an output stream open when the engine stopped
    /// listening: what it may have written later is not in the capture.
    pub held_open: bool,
}

/// The ways to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It exited by itself with this code.
    Exited(i32),
    /// A signal that the engine did not send ended it.
    Signalled {
        /// Which one.
        signal: Signal,
        /// Whether the kernel wrote a core dump.
        core_dumped: bool,
    },
    /// It was still running at its deadline and was killed.
    TimedOut {
        /// How long it was allowed to run.
        after: Duration,
        /// How long it was then given to end upon `SIGTERM`; `None` where it was killed at once.
        grace: Option<Duration>,
    },
    /// The caller killed it.
    Killed,
}

impl End {
    /// The exit code, and -1 for every end that is not an exit.
    pub fn exit_code(&self) -> i32 {
        match self {
            Self::Exited(code) => *code,
            _ => -1,
        }
    }

    /// Whether it exited with 0.
    pub fn is_success(&self) -> bool {
        *self == Self::Exited(0)
    }

    /// Whether the deadline ended it.
    pub fn timed_out(&self) -> bool {
        matches!(self, Self::TimedOut { .. })
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(code) => write!(f, "exited {code}"),
            Self::Signalled { signal, core_dumped } => {
                write!(f, "killed by {signal}{}", if *core_dumped { " (core dumped)" } else { "" })
            }
            Self::TimedOut { after, grace } => {
                write!(f, "timed out after {}", Seconds(*after))?;
                grace.map_or(Ok(()), |grace| write!(f, " (given {} to end)", Seconds(grace)))
            }
            Self::Killed => f.write_str("killed by the caller"),
        }
    }
}

/// A duration for people: `2 s`, `0.25 s`.
pub(super) struct Seconds(pub(super) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.0.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_read_well() {
        let segv = End::Signalled { signal: Signal(libc::SIGSEGV), core_dumped: true };
        assert_eq!(segv.to_string(), "killed by SIGSEGV (core dumped)");
        assert_eq!(End::Exited(3).to_string(), "exited 3");
        let late = End::TimedOut { after: Duration::from_secs(2), grace: Some(Duration::from_millis(250)) };
        assert_eq!(late.to_string(), "timed out after 2 s (given 0.25 s to end)");
    }

    #[test]
    fn only_an_exit_has_a_code() {
        assert_eq!(End::Exited(7).exit_code(), 7);
        assert_eq!(End::Killed.exit_code(), -1);
        assert!(End::Exited(0).is_success() && !End::Killed.is_success());
    }
}

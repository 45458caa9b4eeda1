//! A scheduler that runs while a test body does.

use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use prill_core::process::{Command, End, Ended, Output, Running, SpawnError, WaitError};
use prill_core::{Payload, PayloadKind, Text};

/// A scheduler that is bad at all dies of its arguments or of the kernel's refusal at once.
const SETTLE: Duration = Duration::from_millis(200);
/// How long it may take to leave the kernel as it was, once it is asked to end.
const GRACE: Duration = Duration::from_secs(5);
/// What is kept of each stream: enough for the last words.
const KEPT: usize = 1 << 20;
const LAST_LINES: usize = 15;

/// One machine has one scheduler: the tests of this process take turns.
static TURN: Mutex<()> = Mutex::new(());

/// A running scheduler. Dropping it kills it.
#[derive(Debug)]
pub(crate) struct Scheduler {
    name: &'static str,
    running: Running,
    _turn: MutexGuard<'static, ()>,
}

/// Why a test could not have its scheduler all the time.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SchedulerError {
    #[error("use `{name}` as a scheduler: it is a program like others; declare it with `Payload::scheduler`")]
    NoScheduler { name: &'static str },
    #[error("start the scheduler `{name}`: {source}")]
    Spawn { name: &'static str, source: Box<SpawnError> },
    #[error("keep the scheduler `{name}` running: it {} {when}{last}", died(end))]
    Died { name: &'static str, end: End, when: &'static str, last: String },
    #[error("stop the scheduler `{name}`: {source}")]
    Wait { name: &'static str, source: Box<WaitError> },
}

impl Scheduler {
    /// Starts `payload` and sees that it stays.
    pub(crate) fn start(payload: &Payload) -> Result<Self, SchedulerError> {
        let name = payload.name;
        let PayloadKind::Scheduler(exe) = payload.kind else { return Err(SchedulerError::NoScheduler { name }) };
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let command = Command::new(exe).args(payload.default_args.iter().copied()).kill_grace(GRACE).output_limit(KEPT);
        let running = command.spawn().map_err(|source| SchedulerError::Spawn { name, source: source.into() })?;
        let mut scheduler = Self { name, running, _turn: turn };
        scheduler.settle()?;
        Ok(scheduler)
    }

    /// Ends it.
    ///
    /// # Errors
    /// When it had ended by itself.
    pub(crate) fn stop(self) -> Result<(), SchedulerError> {
        let Self { name, mut running, .. } = self;
        let lost = |source| SchedulerError::Wait { name, source: Box::new(source) };
        let ended = match running.try_wait().map_err(lost)? {
            Some(ended) => ended,
            None => running.kill().map_err(lost)?,
        };
        if ended.end == End::Killed { Ok(()) } else { Err(dead(name, "while the test ran", &ended)) }
    }

    fn settle(&mut self) -> Result<(), SchedulerError> {
        let deadline = Instant::now() + SETTLE;
        let name = self.name;
        while Instant::now() < deadline {
            match self.running.try_wait() {
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                Ok(Some(ended)) => return Err(dead(name, "before the test began", &ended)),
                Err(source) => return Err(SchedulerError::Wait { name, source: source.into() }),
            }
        }
        Ok(())
    }
}

fn dead(name: &'static str, when: &'static str, ended: &Ended) -> SchedulerError {
    let mut last = String::new();
    for (stream, output) in [("stdout", &ended.stdout), ("stderr", &ended.stderr)] {
        tail(&mut last, stream, output);
    }
    if last.is_empty() {
        last.push_str("; it printed nothing");
    }
    SchedulerError::Died { name, end: ended.end, when, last }
}

fn died(end: &End) -> String {
    match end {
        End::Exited(_) => end.to_string(),
        _ => format!("was {end}"),
    }
}

/// The last lines of a stream, indented.
fn tail(into: &mut String, stream: &str, output: &Output) {
    let bytes = if output.is_cut() { output.tail() } else { output.head() };
    let text = Text::new(bytes);
    let lines: Vec<&str> = text.as_str().trim_end().lines().collect();
    if lines.is_empty() {
        return;
    }
    // Writing to a string cannot fail.
    let _ = write!(into, "\n  last of its {stream}:");
    for line in &lines[lines.len().saturating_sub(LAST_LINES)..] {
        let _ = write!(into, "\n  | {}", line.trim_end().replace(|c: char| c.is_control(), " "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn shell(script: &'static [&'static str]) -> Payload {
        Payload { default_args: script, ..Payload::scheduler("sched", "sh") }
    }

    #[test]
    fn a_scheduler_runs_until_it_is_stopped() {
        const STAYS: Payload = shell(&["-c", "trap 'exit 0' TERM; while :; do sleep 0.01; done"]);
        let scheduler = Scheduler::start(&STAYS).unwrap();
        assert!(std::path::Path::new(&format!("/proc/{}", scheduler.running.pid())).exists());
        scheduler.stop().unwrap();
    }

    #[test]
    fn one_that_cannot_start_shows_its_last_words() {
        const REFUSED: Payload = shell(&["-c", "echo one; echo two >&2; exit 3"]);
        let e = Scheduler::start(&REFUSED).unwrap_err().to_string();
        let wanted = "keep the scheduler `sched` running: it exited 3 before the test began\n  last of its stdout:\n  | one\n  last \
                      of its stderr:\n  | two";
        assert_eq!(e, wanted);
    }

    #[test]
    fn one_that_dies_is_told() {
        const DIES: Payload = shell(&["-c", "sleep 0.4; kill -9 $$"]);
        let scheduler = Scheduler::start(&DIES).unwrap();
        thread::sleep(Duration::from_millis(600));
        let e = scheduler.stop().unwrap_err().to_string();
        assert_eq!(e, "keep the scheduler `sched` running: it was killed by SIGKILL while the test ran; it printed nothing");
    }

    #[test]
    fn what_is_none_is_refused() {
        let e = Scheduler::start(&Payload::binary("sh", "sh")).unwrap_err().to_string();
        assert!(e.starts_with("use `sh` as a scheduler: "), "{e}");
        let e = Scheduler::start(&Payload::scheduler("gone", "no-such-scheduler")).unwrap_err().to_string();
        assert!(e.starts_with("start the scheduler `gone`: start no-such-scheduler: "), "{e}");
    }
}

//! Watches one payload to its end.

use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant, SystemTime};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal as Number, kill_process_group};

use super::capture::Capture;
use super::child::Child;
use super::orders::{Kill, Orders};
use super::{Command, End, Ended, Usage, WaitError, reap};

/// How long streams may stay open after the payload itself has ended.
const DRAIN_GRACE: Duration = Duration::from_millis(500);
/// How long a killed payload may take to die.
const KILL_PATIENCE: Duration = Duration::from_secs(10);

/// A started payload with all that is needed to see it to its end.
pub(super) struct Engine {
    pid: Pid,
    pidfd: OwnedFd,
    stdout: Capture,
    stderr: Capture,
    started: SystemTime,
    clock: Instant,
    rss_floor: u64,
    grace: Duration,
}

/// Why watching stopped.
enum Stop {
    Ended,
    Deadline(Duration),
    Kill(Kill),
}

impl Engine {
    pub(super) fn new(child: Child, command: &Command) -> Self {
        Self {
            pid: child.pid,
            pidfd: child.pidfd,
            stdout: Capture::new(child.stdout, command.output_limit),
            stderr: Capture::new(child.stderr, command.output_limit),
            started: child.started,
            clock: child.clock,
            rss_floor: child.rss_floor,
            grace: command.kill_grace,
        }
    }

    /// Sees the payload to its end: wait without reaping, drain, kill the group, reap.
    pub(super) fn run(mut self, orders: &Orders) -> Result<Ended, WaitError> {
        let stop = self.watch(orders)?;
        let grace = match stop {
            Stop::Ended | Stop::Kill(Kill::Now) => None,
            Stop::Deadline(_) | Stop::Kill(Kill::Graceful) => (self.grace > Duration::ZERO).then_some(self.grace),
        };
        if let Some(grace) = grace {
            self.signal(Number::TERM);
            self.signal(Number::CONT);
            self.until_ended(grace)?;
        }
        let mut dead = true;
        if !matches!(stop, Stop::Ended) {
            self.signal(Number::KILL);
            dead = self.until_ended(KILL_PATIENCE)?;
        }
        let wall = self.clock.elapsed();
        let mut drained = self.drain(DRAIN_GRACE)?;
        self.signal(Number::KILL);
        if !drained {
            drained = self.drain(DRAIN_GRACE)?;
        }
        self.finish(&stop, grace, wall, dead, drained)
    }

    fn finish(self, stop: &Stop, grace: Option<Duration>, wall: Duration, dead: bool, drained: bool) -> Result<Ended, WaitError> {
        let pid = self.pid.as_raw_nonzero().get().unsigned_abs();
        let (end, usage) = if dead {
            reap::reap(self.pid, self.rss_floor).map_err(|source| match Errno::from_io_error(&source) {
                Some(Errno::CHILD) => WaitError::Reaped { pid },
                _ => WaitError::Other { pid, source },
            })?
        } else {
            (End::Killed, Usage::default())
        };
        let end = match *stop {
            Stop::Ended => end,
            Stop::Deadline(after) => End::TimedOut { after, grace },
            Stop::Kill(_) => End::Killed,
        };
        let ended = Ended {
            end,
            stdout: self.stdout.finish(),
            stderr: self.stderr.finish(),
            usage: Usage { wall, ..usage },
            started: self.started,
            held_open: !drained,
        };
        match *stop {
            _ if !dead => Err(WaitError::Unkillable { pid, waited: KILL_PATIENCE, captured: Box::new(ended) }),
            Stop::Deadline(after) if !drained => Err(WaitError::Drain { after, captured: Box::new(ended) }),
            _ => Ok(ended),
        }
    }

    fn watch(&mut self, orders: &Orders) -> Result<Stop, WaitError> {
        loop {
            let pending = orders.take();
            for signal in pending.signals {
                if let Some(number) = Number::from_named_raw(signal.0) {
                    self.signal(number);
                }
            }
            if let Some(kill) = pending.kill {
                return Ok(Stop::Kill(kill));
            }
            if let Some(deadline) = pending.deadline.filter(|deadline| *deadline <= Instant::now()) {
                return Ok(Stop::Deadline(deadline.saturating_duration_since(self.clock)));
            }
            if self.step(orders.bell(), pending.deadline)? {
                return Ok(Stop::Ended);
            }
        }
    }

    /// Reads until the payload has ended, for `patience` at most; true when it has.
    fn until_ended(&mut self, patience: Duration) -> Result<bool, WaitError> {
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if self.step(None, Some(deadline))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Waits for the next event and reads what is there; true when the payload has ended.
    fn step(&mut self, bell: Option<&OwnedFd>, deadline: Option<Instant>) -> Result<bool, WaitError> {
        let ended = wait_for(&[Some(&self.pidfd), self.stdout.pipe(), self.stderr.pipe(), bell], deadline)
            .map_err(|source| self.other(source))?;
        self.take()?;
        Ok(ended)
    }

    /// Reads both streams to their end, for `grace` at most; true when the end was reached.
    fn drain(&mut self, grace: Duration) -> Result<bool, WaitError> {
        let deadline = Instant::now() + grace;
        loop {
            self.take()?;
            if self.stdout.pipe().is_none() && self.stderr.pipe().is_none() {
                return Ok(true);
            }
            if Instant::now() >= deadline {
                return Ok(false);
            }
            wait_for(&[self.stdout.pipe(), self.stderr.pipe()], Some(deadline)).map_err(|source| self.other(source))?;
        }
    }

    fn take(&mut self) -> Result<(), WaitError> {
        let taken = self.stdout.take().and_then(|_| self.stderr.take());
        taken.map(drop).map_err(|source| self.other(source))
    }

    fn signal(&self, signal: Number) {
        // The leader was not reaped, so the group is still its own; an empty group is no failure.
        let _ = kill_process_group(self.pid, signal);
    }

    fn other(&self, source: io::Error) -> WaitError {
        WaitError::Other { pid: self.pid.as_raw_nonzero().get().unsigned_abs(), source }
    }
}

/// Waits until one of `files` is ready or `deadline` has come; true when the first is ready.
fn wait_for(files: &[Option<&OwnedFd>], deadline: Option<Instant>) -> io::Result<bool> {
    let mut polled: Vec<_> = files.iter().flatten().map(|file| PollFd::new(*file, PollFlags::IN)).collect();
    let timeout = deadline.map(|deadline| timespec(deadline.saturating_duration_since(Instant::now())));
    match poll(&mut polled, timeout.as_ref()) {
        Ok(_) => Ok(files[0].is_some() && !polled[0].revents().is_empty()),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec { tv_sec: duration.as_secs().try_into().unwrap_or(i64::MAX), tv_nsec: i64::from(duration.subsec_nanos()) }
}

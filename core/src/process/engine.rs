//! Watches one payload to its end.

use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant, SystemTime};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

use super::capture::{PIPE_BYTES, Pace, Rest, Stream};
use super::cgroup::Stay;
use super::child::Child;
use super::keep_off::KeepOff;
use super::orders::{Kill, Orders};
use super::terminal::Foreground;
use super::warden::Ward;
use super::{Command, End, Ended, Signal, Stdin, Usage, WaitError, cookie, reap};

/// How long streams may stay open after the payload itself has ended.
const DRAIN_GRACE: Duration = Duration::from_millis(500);
/// How long a killed payload may take to die.
const KILL_PATIENCE: Duration = Duration::from_secs(10);

/// A started payload with all that is needed to see it to its end.
pub(super) struct Engine {
    pid: Pid,
    pidfd: OwnedFd,
    stdout: Stream,
    stderr: Stream,
    pace: Pace,
    rest: Rest,
    ward: Ward,
    stay: Option<Stay>,
    started: SystemTime,
    clock: Instant,
    rss_floor: u64,
    grace: Duration,
    keep_off: Option<Vec<usize>>,
    terminal: bool,
}

/// Why watching stopped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Ended,
    Deadline(Duration),
    Kill(Kill),
}

/// What ended a rest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Woken {
    /// The payload has ended.
    End,
    /// The caller has orders.
    Bell,
    /// The time has come, or something was written.
    Time,
}

/// What was seen of the end before the payload is reaped.
struct Seen {
    stop: Stop,
    grace: Option<Duration>,
    wall: Duration,
    dead: bool,
    drained: bool,
}

impl Engine {
    pub(super) fn new(child: Child, command: &Command) -> Self {
        let pace = Pace::new();
        Self {
            pid: child.pid,
            pidfd: child.pidfd,
            stdout: Stream::new(child.stdout, command.output_limit),
            stderr: Stream::new(child.stderr, command.output_limit),
            rest: pace.first(),
            pace,
            ward: child.ward,
            stay: child.stay,
            started: child.started,
            clock: child.clock,
            rss_floor: child.rss_floor,
            grace: command.kill_grace,
            keep_off: command.affinity.clone(),
            terminal: command.stdin == Stdin::Inherit,
        }
    }

    /// Sees the payload to its end: wait without reaping, drain, kill the group, reap.
    pub(super) fn run(mut self, orders: &Orders) -> Result<Ended, WaitError> {
        let _off = self.keep_off.as_deref().map(KeepOff::these);
        let _foreground = self.terminal.then(|| Foreground::give(self.pid));
        match self.see_off(orders) {
            Ok(seen) => self.finish(&seen),
            Err(source) => {
                self.kill(|| true);
                let pid = self.number();
                drop(self.ward);
                // The first error is the one to report.
                let _ = reap::reap(self.pid, 0);
                Err(WaitError::Other { pid, source })
            }
        }
    }

    fn see_off(&mut self, orders: &Orders) -> io::Result<Seen> {
        let stop = self.watch(orders)?;
        let grace = match stop {
            Stop::Ended | Stop::Kill(Kill::Now) => None,
            Stop::Deadline(_) | Stop::Kill(Kill::Graceful) => (self.grace > Duration::ZERO).then_some(self.grace),
        };
        if let Some(grace) = grace {
            self.signal(Signal::TERM);
            // A stopped process handles nothing until it continues.
            self.signal(Signal(libc::SIGCONT));
            self.until_ended(grace)?;
        }
        let mut dead = true;
        if stop != Stop::Ended {
            self.kill(|| true);
            dead = self.until_ended(KILL_PATIENCE)?;
        }
        let wall = self.clock.elapsed();
        let drained = self.drain(DRAIN_GRACE)?;
        if stop == Stop::Ended || !drained {
            self.kill(|| !drained || !self.exited());
        }
        let drained = drained || self.drain(DRAIN_GRACE)?;
        Ok(Seen { stop, grace, wall, dead, drained })
    }

    fn finish(self, seen: &Seen) -> Result<Ended, WaitError> {
        let pid = self.number();
        let cgroup = self.stay.and_then(Stay::leave);
        let (end, usage) = if seen.dead {
            // The warden forgets the group while its number still cannot be another's.
            drop(self.ward);
            reap::reap(self.pid, self.rss_floor).map_err(|source| match Errno::from_io_error(&source) {
                Some(Errno::CHILD) => WaitError::Reaped { pid },
                _ => WaitError::Other { pid, source },
            })?
        } else {
            // The warden goes on watching over it.
            std::mem::forget(self.ward);
            (End::Killed, Usage::default())
        };
        let end = match seen.stop {
            Stop::Ended => end,
            Stop::Deadline(after) => End::TimedOut { after, grace: seen.grace },
            Stop::Kill(_) => End::Killed,
        };
        let ended = Ended {
            end,
            stdout: self.stdout.finish(),
            stderr: self.stderr.finish(),
            usage: Usage { wall: seen.wall, cgroup, ..usage },
            started: self.started,
            held_open: !seen.drained,
        };
        match seen.stop {
            _ if !seen.dead => Err(WaitError::Unkillable { pid, waited: KILL_PATIENCE, captured: Box::new(ended) }),
            Stop::Deadline(after) if !seen.drained => Err(WaitError::Drain { after, captured: Box::new(ended) }),
            _ => Ok(ended),
        }
    }

    fn watch(&mut self, orders: &Orders) -> io::Result<Stop> {
        let (mut deadline, mut woken) = (None, Woken::Bell);
        loop {
            if woken == Woken::Bell {
                let pending = orders.take();
                pending.signals.iter().for_each(|signal| self.signal(*signal));
                if let Some(kill) = pending.kill {
                    return Ok(Stop::Kill(kill));
                }
                deadline = pending.deadline;
            }
            if let Some(deadline) = deadline.filter(|deadline| *deadline <= Instant::now()) {
                return Ok(Stop::Deadline(deadline.saturating_duration_since(self.clock)));
            }
            woken = self.step(orders.bell(), deadline)?;
            if woken == Woken::End {
                return Ok(Stop::Ended);
            }
        }
    }

    /// Reads until the payload has ended, for `patience` at most; true when it has.
    fn until_ended(&mut self, patience: Duration) -> io::Result<bool> {
        let deadline = Instant::now() + patience;
        self.rest = self.pace.first();
        while Instant::now() < deadline {
            if self.step(None, Some(deadline))? == Woken::End {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Rests, then reads what is there, unless the payload has ended.
    fn step(&mut self, bell: Option<&OwnedFd>, deadline: Option<Instant>) -> io::Result<Woken> {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let files = |listening: bool| {
            let pipes = [self.stdout.pipe(), self.stderr.pipe()].map(|pipe| pipe.filter(|_| listening));
            [Some(&self.pidfd), bell, pipes[0], pipes[1]]
        };
        let ready = match self.rest {
            Rest::None => wait_for(&files(false), Some(Duration::ZERO)),
            Rest::Tick(tick) => wait_for(&files(false), Some(left.map_or(tick, |left| left.min(tick)))),
            Rest::Listen => wait_for(&files(true), left),
        }?;
        let woken = match ready {
            Some(0) => Woken::End,
            Some(1) => Woken::Bell,
            _ => Woken::Time,
        };
        if woken == Woken::End {
            return Ok(woken);
        }
        let taken = [self.stdout.take()?, self.stderr.take()?];
        let smallest = [self.stdout.size(), self.stderr.size()].into_iter().flatten().min();
        self.rest = self.pace.after(taken, smallest.unwrap_or(PIPE_BYTES));
        Ok(woken)
    }

    /// Reads both streams to their end, for `grace` at most; true when the end was reached.
    fn drain(&mut self, grace: Duration) -> io::Result<bool> {
        let deadline = Instant::now() + grace;
        loop {
            self.stdout.take()?;
            self.stderr.take()?;
            let left = deadline.saturating_duration_since(Instant::now());
            match [self.stdout.pipe(), self.stderr.pipe()] {
                [None, None] => return Ok(true),
                _ if left.is_zero() => return Ok(false),
                pipes => drop(wait_for(&pipes, Some(left))?),
            }
        }
    }

    /// Kills what is left of the payload. A `thorough` kill also finds what has left its group; that is asked only where no cgroup
    /// held it all.
    fn kill(&self, thorough: impl FnOnce() -> bool) {
        let all = self.stay.as_ref().is_some_and(|stay| stay.kill(self.ward.cookie()));
        self.signal(Signal::KILL);
        if !all && thorough() {
            cookie::hunt(&[self.ward.cookie()]);
        }
    }

    /// Whether the payload, which has ended, ended by an exit.
    fn exited(&self) -> bool {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
        let status = waitid(WaitId::PidFd(std::os::fd::AsFd::as_fd(&self.pidfd)), options);
        matches!(status, Ok(Some(status)) if status.exited())
    }

    fn signal(&self, signal: Signal) {
        // The leader was not reaped, so the group is still its own.
        reap::signal_group(self.pid, signal);
    }

    fn number(&self) -> u32 {
        self.pid.as_raw_nonzero().get().unsigned_abs()
    }
}

/// Waits until one of `files` is ready or `timeout` has passed; gives the place of the first that is ready.
fn wait_for(files: &[Option<&OwnedFd>], timeout: Option<Duration>) -> io::Result<Option<usize>> {
    let mut polled: Vec<_> = files.iter().flatten().map(|file| PollFd::new(*file, PollFlags::IN)).collect();
    let timeout = timeout.map(timespec);
    match poll(&mut polled, timeout.as_ref()) {
        Ok(_) => {
            let mut ready = polled.iter().map(|file| !file.revents().is_empty());
            Ok(files.iter().position(|file| file.is_some() && ready.next() == Some(true)))
        }
        Err(Errno::INTR) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec { tv_sec: duration.as_secs().try_into().unwrap_or(i64::MAX), tv_nsec: i64::from(duration.subsec_nanos()) }
}

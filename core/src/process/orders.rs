//! What the caller asks of the thread that watches a payload.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rustix::event::{EventfdFlags, eventfd};

use super::Signal;

/// Orders, with a bell that wakes the watcher up.
pub(super) struct Orders {
    bell: Option<OwnedFd>,
    pending: Mutex<Pending>,
}

#[derive(Default)]
pub(super) struct Pending {
    pub(super) deadline: Option<Instant>,
    pub(super) kill: Option<Kill>,
    pub(super) signals: Vec<Signal>,
}

/// How the caller wants the payload to be killed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kill {
    /// With the command's grace.
    Graceful,
    /// At once.
    Now,
}

impl Orders {
    /// Of a watcher that is the caller itself: only the deadline is known, once and for all.
    pub(super) fn foreground(deadline: Option<Instant>) -> Self {
        Self { bell: None, pending: Mutex::new(Pending { deadline, ..Pending::default() }) }
    }

    /// Of a watcher on another thread.
    pub(super) fn background() -> io::Result<Self> {
        let bell = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        Ok(Self { bell: Some(bell), pending: Mutex::default() })
    }

    /// What the watcher polls.
    pub(super) fn bell(&self) -> Option<&OwnedFd> {
        self.bell.as_ref()
    }

    pub(super) fn set_deadline(&self, deadline: Instant) {
        self.lock().deadline = Some(deadline);
        self.ring();
    }

    pub(super) fn kill(&self, kill: Kill) {
        let mut pending = self.lock();
        pending.kill = pending.kill.max(Some(kill));
        drop(pending);
        self.ring();
    }

    pub(super) fn signal(&self, signal: Signal) {
        self.lock().signals.push(signal);
        self.ring();
    }

    /// What is ordered now; signals are handed out once.
    pub(super) fn take(&self) -> Pending {
        if let Some(bell) = &self.bell {
            // The count does not matter, and an empty bell means only that nothing is new.
            let _ = rustix::io::read(bell, &mut [0; 8]);
        }
        let mut pending = self.lock();
        Pending { signals: std::mem::take(&mut pending.signals), ..*pending }
    }

    fn ring(&self) {
        if let Some(bell) = &self.bell {
            // It fails only where 2^64-1 rings are unheard.
            let _ = rustix::io::write(bell, &1_u64.to_ne_bytes());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

use std::io;
use std::os::fd::{AsFd, BorrowedFd};

use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};

/// The signals that ask prill to end, kept from ending it until the value is dropped.
///
/// They are blocked for this thread and those it starts, and read from a descriptor: no handler is installed, so nothing
/// stays behind in a program that calls this library. The engine starts payloads with no signal blocked.
pub(super) struct Signals {
    before: SigSet,
    queue: SignalFd,
}

impl Signals {
    pub(super) fn block() -> io::Result<Self> {
        let asked: SigSet = [Signal::SIGINT, Signal::SIGTERM].into_iter().collect();
        let queue = SignalFd::with_flags(&asked, SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC)?;
        let before = asked.thread_swap_mask(SigmaskHow::SIG_BLOCK)?;
        Ok(Self { before, queue })
    }

    /// The next signal that came, if any.
    pub(super) fn next(&self) -> Option<prill_core::process::Signal> {
        let came = self.queue.read_signal().ok()??;
        Some(prill_core::process::Signal(i32::try_from(came.ssi_signo).ok()?))
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.queue.as_fd()
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        // What came too late to change anything must not end prill before its results are written.
        while self.next().is_some() {}
        let _ = self.before.thread_set_mask();
    }
}

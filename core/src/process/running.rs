//! A payload in the background.

use std::io::Write as _;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use super::engine::Engine;
use super::orders::{Kill, Orders};
use super::{Command, Ended, Signal, SpawnError, WaitError, spawn};

/// A payload that runs in the background.
///
/// One thread watches it and drains its output, so that it never blocks, whatever the caller does. Dropping the value
/// without waiting warns on stderr, kills the payload and reaps it.
#[must_use = "dropping it kills the payload"]
pub struct Running {
    pid: u32,
    name: String,
    orders: Arc<Orders>,
    watcher: Option<JoinHandle<Result<Ended, WaitError>>>,
}

impl Running {
    pub(super) fn start(command: &Command) -> Result<Self, SpawnError> {
        let limit = |what, remedy| move |source| SpawnError::Limit { program: command.program.clone(), what, remedy, source };
        let orders = Arc::new(Orders::background().map_err(limit("open files", "ulimit -n"))?);
        let child = spawn::spawn(command)?;
        let pid = child.pid.as_raw_nonzero().get().unsigned_abs();
        let engine = Engine::new(child, command);
        // The engine is handed over only once the thread is there, so that it can still end the payload if there is none.
        let (hand_over, handed_over) = std::sync::mpsc::sync_channel::<Engine>(1);
        let watcher = thread::Builder::new().name(format!("prill-{pid}")).stack_size(256 << 10).spawn({
            let orders = Arc::clone(&orders);
            move || handed_over.recv().expect("the engine is sent as soon as the thread is there").run(&orders)
        });
        match watcher {
            Ok(watcher) => {
                let _ = hand_over.send(engine);
                let name = command.program.to_string_lossy().into_owned();
                Ok(Self { pid, name, orders, watcher: Some(watcher) })
            }
            Err(source) => {
                let at_once = Orders::foreground(None);
                at_once.kill(Kill::Now);
                let _ = engine.run(&at_once);
                Err(limit("threads", "ulimit -u")(source))
            }
        }
    }

    /// The payload's process id, which is its group's too.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits for the end, until `deadline` at most; then the payload is killed, which is no error but
    /// [`super::End::TimedOut`].
    ///
    /// # Errors
    /// See [`WaitError`].
    pub fn wait(mut self, deadline: Option<Instant>) -> Result<Ended, WaitError> {
        if let Some(deadline) = deadline {
            self.orders.set_deadline(deadline);
        }
        self.join()
    }

    /// The end, if it has come; never waits. Once the end was given, later calls give `None`.
    ///
    /// # Errors
    /// See [`WaitError`].
    pub fn try_wait(&mut self) -> Result<Option<Ended>, WaitError> {
        match &self.watcher {
            Some(watcher) if watcher.is_finished() => self.join().map(Some),
            _ => Ok(None),
        }
    }

    /// Kills the payload, after the command's grace, and gives what it left.
    ///
    /// # Errors
    /// See [`WaitError`].
    pub fn kill(mut self) -> Result<Ended, WaitError> {
        self.orders.kill(Kill::Graceful);
        self.join()
    }

    /// Sends a signal to the payload's group; nothing happens when it has ended.
    pub fn signal(&self, signal: Signal) {
        self.orders.signal(signal);
    }

    /// A handle to signal or kill the payload while another thread waits for it.
    pub fn remote(&self) -> Remote {
        Remote { orders: Arc::clone(&self.orders) }
    }

    fn join(&mut self) -> Result<Ended, WaitError> {
        let watcher = self.watcher.take().expect("the end is asked for once: `wait` and `kill` consume, `try_wait` checks");
        watcher.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").field("program", &self.name).field("pid", &self.pid).finish_non_exhaustive()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let Some(watcher) = self.watcher.take() else { return };
        if !watcher.is_finished() {
            // Not `eprintln!`: it panics where stderr is closed, and this may run while unwinding.
            let _ = writeln!(
                std::io::stderr(),
                "prill: warning: {} (process {}) was dropped while it ran and is killed; call wait or kill",
                self.name,
                self.pid
            );
            self.orders.kill(Kill::Now);
        }
        let _ = watcher.join();
    }
}

/// Reaches a [`Running`] payload from another thread, such as one that handles signals.
#[derive(Clone)]
pub struct Remote {
    orders: Arc<Orders>,
}

impl Remote {
    /// Sends a signal to the payload's group; nothing happens when it has ended.
    pub fn signal(&self, signal: Signal) {
        self.orders.signal(signal);
    }

    /// Kills the payload, after the command's grace; whoever waits for it gets the end.
    pub fn kill(&self) {
        self.orders.kill(Kill::Graceful);
    }
}

impl std::fmt::Debug for Remote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Remote").finish_non_exhaustive()
    }
}

use std::io::{self, Write as _};
use std::os::fd::AsFd;
use std::thread;
use std::time::{Duration, Instant};

use prill_core::process::Remote;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::signals::Signals;

/// How often the progress line is renewed. Each time takes CPU from what is measured.
const TICK: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

/// What the progress line says.
pub(super) struct Progress {
    pub(super) name: &'static str,
    pub(super) what: String,
    pub(super) limit: Option<Duration>,
}

/// Calls `wait`, and meanwhile passes signals on to the payload, kills it at the second one, and shows progress. Gives what
/// `wait` gave, and whether a signal came.
pub(super) fn watched<T>(signals: &Signals, payload: &Remote, progress: Option<Progress>, wait: impl FnOnce() -> T) -> (T, bool) {
    let Ok((stop, stopper)) = io::pipe() else { return (wait(), false) };
    thread::scope(|scope| {
        let watcher = scope.spawn(move || watch(signals, payload, &stop, progress.as_ref()));
        let done = wait();
        drop(stopper);
        (done, watcher.join().unwrap_or_default())
    })
}

fn watch(signals: &Signals, payload: &Remote, stop: &impl AsFd, progress: Option<&Progress>) -> bool {
    let start = Instant::now();
    let mut came = 0;
    loop {
        let mut ready = [PollFd::new(stop, PollFlags::IN), PollFd::new(signals, PollFlags::IN)];
        let _ = poll(&mut ready, progress.map(|_| &TICK));
        if !ready[0].revents().is_empty() {
            break;
        }
        while let Some(signal) = signals.next() {
            came += 1;
            if came > 1 {
                payload.kill();
                continue;
            }
            payload.signal(signal);
            erase(progress);
            let _ = writeln!(io::stderr(), "prill: passed {signal} on to the payload; once more kills it");
        }
        if let Some(progress) = progress {
            progress.show(start.elapsed());
        }
    }
    erase(progress);
    came > 0
}

fn erase(progress: Option<&Progress>) {
    if progress.is_some() {
        let _ = write!(io::stderr(), "\r\x1b[2K");
    }
}

impl Progress {
    fn show(&self, elapsed: Duration) {
        let limit = self.limit.map_or_else(String::new, |limit| format!(", at most {} s", limit.as_secs_f64()));
        let _ = write!(io::stderr(), "\r\x1b[2K{}: {} for {} s{limit}", self.name, self.what, elapsed.as_secs());
    }
}

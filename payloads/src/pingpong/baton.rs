use std::io::{self, PipeReader, PipeWriter, Read as _, Write as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, Thread};

/// What a waiting thread waits on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// `std::thread::park`, which on Linux is one futex word.
    Futex,
    /// A byte through a pipe.
    Pipe,
}

/// Wakes one thread and tells it when it was called.
pub(super) struct Baton {
    /// When the waiting thread was called, in nanoseconds since the start; 0 while it was not.
    called: AtomicU64,
    wait_on: WaitOn,
}

enum WaitOn {
    Futex(OnceLock<Thread>),
    Pipe(PipeReader, PipeWriter),
}

const OPEN: &str = "both ends of the pipe are open as long as the baton is there";

/// What a thread learns when it is woken.
pub(super) struct Call {
    /// When it was called.
    pub(super) at: u64,
    /// False when the call came before the thread had gone to wait: nobody was woken then.
    pub(super) woke: bool,
}

impl Baton {
    pub(super) fn new(means: Means) -> io::Result<Self> {
        let wait_on = match means {
            Means::Futex => WaitOn::Futex(OnceLock::new()),
            Means::Pipe => {
                let (reader, writer) = io::pipe()?;
                WaitOn::Pipe(reader, writer)
            }
        };
        Ok(Self { called: AtomicU64::new(0), wait_on })
    }

    /// Says that the calling thread is the one to be woken; the first call waits for that.
    pub(super) fn mine(&self) {
        if let WaitOn::Futex(waiter) = &self.wait_on {
            waiter.get_or_init(thread::current);
        }
    }

    /// Wakes the waiting thread. `now` is not 0.
    pub(super) fn call(&self, now: u64) {
        self.called.store(now, Ordering::Release);
        match &self.wait_on {
            WaitOn::Futex(waiter) => waiter.wait().unpark(),
            WaitOn::Pipe(_, writer) => (&*writer).write_all(&[0]).expect(OPEN),
        }
    }

    /// Waits until it is called.
    pub(super) fn wait(&self) -> Call {
        let woke = self.called.load(Ordering::Acquire) == 0;
        if let WaitOn::Pipe(reader, _) = &self.wait_on {
            (&*reader).read_exact(&mut [0]).expect(OPEN);
        }
        loop {
            match self.called.swap(0, Ordering::Acquire) {
                // A park may end without a cause.
                0 => thread::park(),
                at => return Call { at, woke },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_before_the_wait_wakes_nobody() {
        for means in [Means::Futex, Means::Pipe] {
            let baton = Baton::new(means).unwrap();
            baton.mine();
            baton.call(7);
            let call = baton.wait();
            assert_eq!((call.at, call.woke), (7, false), "{means:?}");
        }
    }

    #[test]
    fn a_call_reaches_a_waiting_thread() {
        for means in [Means::Futex, Means::Pipe] {
            let baton = Baton::new(means).unwrap();
            let call = thread::scope(|scope| {
                let waiter = scope.spawn(|| {
                    baton.mine();
                    baton.wait()
                });
                thread::sleep(std::time::Duration::from_millis(50));
                baton.call(9);
                waiter.join().unwrap()
            });
            assert_eq!((call.at, call.woke), (9, true), "{means:?}");
        }
    }
}

//! The writing end, for all threads of a process.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{EmitError, Fault};
use super::fork::ForkMark;
use super::layout::{Counters, Ring};
use super::mapping::Mapping;
use super::memory::Memory;
use super::owner::Owner;
use super::producer::Producer;

/// The first pause of an emit that waits for room; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_micros(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(1);

/// Puts frames in. What [`emit`](Self::emit) returned for is in the ring, whatever becomes of the process.
///
/// Any number of threads share one. It is not for signal handlers: a handler that interrupts an emit and emits waits for
/// ever.
#[derive(Debug)]
pub struct Writer<M: Memory = Mapping> {
    producer: Mutex<Producer<M>>,
    mark: ForkMark,
}

impl<M: Memory> Writer<M> {
    /// Makes all of `memory` an empty ring, and writes it.
    pub fn format(memory: M) -> Result<Self, Fault> {
        // The standard library's hash keys are the only random numbers that need no crate.
        let id = RandomState::new().hash_one(Owner::this_process().to_words());
        Self::of(Ring::format(memory, id)?)
    }

    /// Goes on writing the ring in `memory`. That nobody else does is the caller's to know; with a file it is known
    /// ([`attach`](super::attach)).
    pub fn new(memory: M) -> Result<Self, Fault> {
        Self::of(Ring::open(memory)?)
    }

    fn of(ring: Ring<M>) -> Result<Self, Fault> {
        let producer = Producer::new(ring)?;
        let mark = ForkMark::new()?;
        producer.ring.own(Owner::this_process());
        Ok(Self { producer: Mutex::new(producer), mark })
    }

    /// Puts one frame in, and waits so long for room at most. Meanwhile other threads go on.
    pub fn emit(&self, kind: u32, bytes: &[u8], wait: Duration) -> Result<(), EmitError> {
        self.emit_parts(kind, &[bytes], wait)
    }

    /// [`emit`](Self::emit) of a payload that is in pieces.
    pub fn emit_parts(&self, kind: u32, parts: &[&[u8]], wait: Duration) -> Result<(), EmitError> {
        if self.mark.is_forked() {
            return Err(EmitError::Forked);
        }
        let bytes = parts.iter().fold(0_usize, |sum, part| sum.saturating_add(part.len()));
        let mut since = None;
        let mut pause = FIRST_PAUSE;
        loop {
            // The lock is held for one copy at most, never for the wait.
            let mut producer = self.lock();
            let refused = match producer.try_emit(kind, bytes, parts) {
                Ok(()) => return Ok(()),
                Err(refused) => refused,
            };
            let waited = since.map_or(Duration::ZERO, |since: Instant| since.elapsed());
            if !matches!(refused, EmitError::Full { .. }) || waited >= wait {
                producer.count_lost(bytes);
                return Err(refused);
            }
            if since.is_none() {
                since = Some(Instant::now());
                producer.count_wait();
            }
            drop(producer);
            thread::sleep(pause.min(wait - waited));
            pause = LONGEST_PAUSE.min(pause * 2);
        }
    }

    /// What was counted so far.
    pub fn counters(&self) -> Counters {
        self.lock().counters()
    }

    fn lock(&self) -> MutexGuard<'_, Producer<M>> {
        // A thread that panicked in here has published nothing.
        self.producer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that the writer was done, and did not die.
impl<M: Memory> Drop for Writer<M> {
    fn drop(&mut self) {
        if !self.mark.is_forked() {
            self.lock().ring.disown();
        }
    }
}

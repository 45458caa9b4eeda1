//! The writing end, for one thread at a time.

use super::error::{EmitError, Fault};
use super::frame::{self, Head, Place};
use super::layout::{Counters, Ring};
use super::memory::Memory;

/// Trusts nothing in the shared memory but the tail, and that only if it can be.
#[derive(Debug)]
pub(super) struct Producer<M> {
    pub(super) ring: Ring<M>,
    head: u64,
    sequence: u64,
    counters: Counters,
}

impl<M: Memory> Producer<M> {
    /// Goes on where the last writer stopped.
    pub(super) fn new(ring: Ring<M>) -> Result<Self, Fault> {
        let (head, tail) = (ring.head(), ring.tail());
        ring.used(tail, head).ok_or(Fault::Positions { head, tail })?;
        Ok(Self { head, sequence: ring.sequence(), counters: ring.counters(), ring })
    }

    /// Puts a frame in if there is room now. `bytes` is the length of all `parts`.
    pub(super) fn try_emit(&mut self, kind: u32, bytes: usize, parts: &[&[u8]]) -> Result<(), EmitError> {
        let limit = frame::limit(self.ring.capacity);
        if bytes > limit {
            return Err(EmitError::TooLarge { bytes, limit });
        }
        let used = self.ring.used(self.ring.tail(), self.head).ok_or(EmitError::Damaged { bytes })?;
        let words = frame::words(bytes);
        if words > self.ring.capacity - used {
            return Err(EmitError::Full { bytes });
        }
        let end = self.head + words;
        let room = self.ring.words(self.head, end).ok_or(EmitError::Damaged { bytes })?;
        self.sequence = self.sequence.wrapping_add(1);
        let head = Head { kind, sequence: self.sequence, bytes };
        frame::store(room, Place { id: self.ring.id, position: self.head }, head, parts);
        // Before the head: a writer that takes over never gives a number twice.
        self.ring.set_sequence(self.sequence);
        self.ring.publish(end);
        self.head = end;
        Ok(())
    }

    /// A frame was not taken. It has its number all the same, so that the gap tells where it is missing.
    pub(super) fn count_lost(&mut self, bytes: usize) {
        self.sequence = self.sequence.wrapping_add(1);
        self.ring.set_sequence(self.sequence);
        self.counters.lost_frames = self.counters.lost_frames.wrapping_add(1);
        self.counters.lost_bytes = self.counters.lost_bytes.wrapping_add(bytes as u64);
        self.ring.set_counters(self.counters);
    }

    pub(super) fn count_wait(&mut self) {
        self.counters.waits = self.counters.waits.wrapping_add(1);
        self.ring.set_counters(self.counters);
    }

    pub(super) fn counters(&self) -> Counters {
        self.counters
    }
}

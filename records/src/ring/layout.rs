//! Where what lies in a ring. The table is in `docs/ring.md`.

use std::slice;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use super::error::Fault;
use super::memory::{Memory, Word};
use super::owner::Owner;

/// The first word of a ring; the last that is written when one is made.
pub(super) const MAGIC: u64 = u64::from_ne_bytes(*b"prillrng");
/// The layout that is read and written here.
pub(super) const VERSION: u64 = 1;

/// Words of the header: four pairs of cache lines, since processors fetch lines in pairs. The first is written once, the
/// second by the writer, the third by the consumer.
pub(super) const HEADER: usize = 64;
const VERSION_AT: usize = 1;
pub(super) const CAPACITY_AT: usize = 2;
const ID_AT: usize = 3;
const GENERATION_AT: usize = 4;
const OWNER_AT: usize = 5;
pub(super) const HEAD_AT: usize = 16;
pub(super) const SEQUENCE_AT: usize = 17;
const LOST_FRAMES_AT: usize = 18;
const LOST_BYTES_AT: usize = 19;
const WAITS_AT: usize = 20;
pub(super) const TAIL_AT: usize = 32;

/// The smallest ring holds one frame of a word.
const LEAST: u64 = 4;
/// The largest has 1 GiB; what calls itself larger is damaged.
pub(super) const MOST: u64 = 1 << 27;
/// Beyond it a position is no position. It leaves room to add to any that is one.
const FARTHEST: u64 = 1 << 62;

/// What could not be kept in a ring, and how often its writer had to wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Frames that were refused.
    pub lost_frames: u64,
    /// Their payload in bytes.
    pub lost_bytes: u64,
    /// Emits that had to wait for room, whether it came or not.
    pub waits: u64,
}

/// A ring whose header was found to be one.
#[derive(Debug)]
pub(super) struct Ring<M> {
    memory: M,
    pub(super) capacity: u64,
    /// Made up anew whenever memory becomes a ring; part of every checksum.
    pub(super) id: u64,
}

impl<M: Memory> Ring<M> {
    /// Makes all of `memory` an empty ring.
    pub(super) fn format(memory: M, id: u64) -> Result<Self, Fault> {
        let words = memory.words();
        let capacity = (words.len() as u64).saturating_sub(HEADER as u64);
        if capacity < LEAST {
            return Err(Fault::TooShort { has: bytes(words.len() as u64), needs: bytes(HEADER as u64 + LEAST) });
        }
        if capacity > MOST {
            return Err(Fault::Capacity { words: capacity });
        }
        for word in &words[..HEADER] {
            word.store(0, Relaxed);
        }
        for (at, value) in [(VERSION_AT, VERSION), (CAPACITY_AT, capacity), (ID_AT, id)] {
            words[at].store(value, Relaxed);
        }
        words[0].store(MAGIC, Release);
        Ok(Self { memory, capacity, id })
    }

    /// The ring that is in `memory`, all of which has to be there.
    pub(super) fn open(memory: M) -> Result<Self, Fault> {
        let ring = Self::open_part(memory)?;
        let (has, needs) = (ring.memory.words().len() as u64, HEADER as u64 + ring.capacity);
        if has < needs { Err(Fault::TooShort { has: bytes(has), needs: bytes(needs) }) } else { Ok(ring) }
    }

    /// The ring whose header, at least, is in `memory`.
    pub(super) fn open_part(memory: M) -> Result<Self, Fault> {
        let words = memory.words();
        match words.first().map(|word| word.load(Acquire)) {
            None | Some(0) => return Err(Fault::Unfinished),
            Some(MAGIC) => {}
            Some(_) => return Err(Fault::NotARing),
        }
        if words.len() < HEADER {
            return Err(Fault::TooShort { has: bytes(words.len() as u64), needs: bytes(HEADER as u64 + LEAST) });
        }
        let found = words[VERSION_AT].load(Relaxed);
        if found != VERSION {
            return Err(Fault::Version { found, known: VERSION });
        }
        let capacity = words[CAPACITY_AT].load(Relaxed);
        if !(LEAST..=MOST).contains(&capacity) {
            return Err(Fault::Capacity { words: capacity });
        }
        let id = words[ID_AT].load(Relaxed);
        Ok(Self { memory, capacity, id })
    }

    /// The words `from..to`, which wrap around; `None` where there are not so many.
    pub(super) fn words(&self, from: u64, to: u64) -> Option<Pieces<'_, M::Word>> {
        let length = usize::try_from(to.checked_sub(from).filter(|length| *length <= self.capacity)?).ok()?;
        let start = usize::try_from(from % self.capacity).ok()?;
        let first = length.min(usize::try_from(self.capacity).ok()? - start);
        let all = self.memory.words().get(HEADER..)?;
        Some(Pieces { now: all.get(start..start + first)?, then: all.get(..length - first)? })
    }

    /// Where the word at `position` is, in bytes from the beginning of the memory.
    pub(super) fn offset(&self, position: u64) -> u64 {
        bytes(HEADER as u64 + position % self.capacity)
    }

    /// Words between `tail` and `head`; `None` when no writer and consumer can have left them so.
    pub(super) fn used(&self, tail: u64, head: u64) -> Option<u64> {
        head.checked_sub(tail).filter(|used| *used <= self.capacity && head <= FARTHEST)
    }

    /// Acquires everything before the head.
    pub(super) fn head(&self) -> u64 {
        self.memory.words()[HEAD_AT].load(Acquire)
    }

    pub(super) fn publish(&self, head: u64) {
        self.memory.words()[HEAD_AT].store(head, Release);
    }

    /// Acquires that the consumer is done with everything before the tail.
    pub(super) fn tail(&self) -> u64 {
        self.memory.words()[TAIL_AT].load(Acquire)
    }

    pub(super) fn release(&self, tail: u64) {
        self.memory.words()[TAIL_AT].store(tail, Release);
    }

    pub(super) fn sequence(&self) -> u64 {
        self.get(SEQUENCE_AT)
    }

    pub(super) fn set_sequence(&self, sequence: u64) {
        self.set(SEQUENCE_AT, sequence);
    }

    pub(super) fn counters(&self) -> Counters {
        let [lost_frames, lost_bytes, waits] = [LOST_FRAMES_AT, LOST_BYTES_AT, WAITS_AT].map(|at| self.get(at));
        Counters { lost_frames, lost_bytes, waits }
    }

    pub(super) fn set_counters(&self, counters: Counters) {
        self.set(LOST_FRAMES_AT, counters.lost_frames);
        self.set(LOST_BYTES_AT, counters.lost_bytes);
        self.set(WAITS_AT, counters.waits);
    }

    /// How many writers there have been.
    pub(super) fn generation(&self) -> u64 {
        self.get(GENERATION_AT)
    }

    pub(super) fn own(&self, owner: Owner) {
        self.set(GENERATION_AT, self.generation().wrapping_add(1));
        self.set_owner(owner.to_words());
    }

    pub(super) fn disown(&self) {
        self.set_owner([0; 3]);
    }

    pub(super) fn owner(&self) -> Option<Owner> {
        Owner::from_words([0, 1, 2].map(|at| self.get(OWNER_AT + at)))
    }

    fn set_owner(&self, words: [u64; 3]) {
        for (at, word) in words.into_iter().enumerate() {
            self.set(OWNER_AT + at, word);
        }
    }

    fn get(&self, at: usize) -> u64 {
        self.memory.words()[at].load(Relaxed)
    }

    fn set(&self, at: usize, value: u64) {
        self.memory.words()[at].store(value, Relaxed);
    }
}

/// Words of a ring in order: up to its end, then from its beginning.
pub(super) struct Pieces<'a, W> {
    now: &'a [W],
    then: &'a [W],
}

impl<'a, W: Word> Pieces<'a, W> {
    /// Stores `values` into the next words; there are as many.
    pub(super) fn store(&mut self, mut values: &[[u8; 8]]) {
        while !values.is_empty() && !self.now.is_empty() {
            let (here, later) = values.split_at(values.len().min(self.now.len()));
            for (word, value) in self.take(here.len()).zip(here) {
                word.store(u64::from_ne_bytes(*value), Relaxed);
            }
            values = later;
        }
    }

    /// Loads the next words into `values`; there are as many.
    pub(super) fn load(&mut self, mut values: &mut [[u8; 8]]) {
        while !values.is_empty() && !self.now.is_empty() {
            let (here, later) = values.split_at_mut(values.len().min(self.now.len()));
            for (word, value) in self.take(here.len()).zip(here) {
                *value = word.load(Relaxed).to_ne_bytes();
            }
            values = later;
        }
    }

    fn take(&mut self, length: usize) -> slice::Iter<'a, W> {
        let (taken, rest) = self.now.split_at(length);
        (self.now, self.then) = if rest.is_empty() { (self.then, &[][..]) } else { (rest, self.then) };
        taken.iter()
    }
}

fn bytes(words: u64) -> u64 {
    words.saturating_mul(8)
}

//! One frame: three words, then the payload, padded to whole words.
//!
//! | word | what |
//! |---|---|
//! | 0 | length of the payload in bytes (low half), kind (high half) |
//! | 1 | sequence: the how-manieth emit it was, from 1 |
//! | 2 | CRC-32 of the ring's id, the frame's position, words 0 and 1, and the payload |
//!
//! The position is part of the checksum, so that a frame of an earlier round is none at its place; so is the ring's id, for
//! memory that held another ring before.

use crc32fast::Hasher;

use super::error::{Damage, Flaw};
use super::layout::{Pieces, Ring};
use super::memory::{Memory, Word};

const WORDS: u64 = 3;

/// What one emit put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What it is; the two ends agree on it.
    pub kind: u32,
    /// The how-manieth emit it was, from 1. Where numbers are missing, emits were refused.
    pub sequence: u64,
    /// The payload.
    pub bytes: Vec<u8>,
}

/// Words that a frame of so many bytes takes.
pub(super) fn words(bytes: usize) -> u64 {
    WORDS + (bytes as u64).div_ceil(8)
}

/// The longest payload that a ring of so many words holds, in bytes.
pub(super) fn limit(capacity: u64) -> usize {
    let bytes = u32::try_from((capacity - WORDS) * 8).unwrap_or(u32::MAX);
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// Stores a frame into its `room`. `bytes` is the length of all `parts`.
pub(super) fn store<W: Word>(mut room: Pieces<'_, W>, place: Place, head: Head, parts: &[&[u8]]) {
    let mut hasher = place.hasher(head);
    parts.iter().for_each(|part| hasher.update(part));
    let checksum = u64::from(hasher.finalize());
    room.store(&[head.first().to_ne_bytes(), head.sequence.to_ne_bytes(), checksum.to_ne_bytes()]);
    let (mut word, mut held) = ([0; 8], 0);
    for part in parts {
        let (begin, rest) = part.split_at(if held == 0 { 0 } else { part.len().min(8 - held) });
        word[held..held + begin.len()].copy_from_slice(begin);
        held += begin.len();
        if held == 8 {
            room.store(&[word]);
            held = 0;
        }
        let (whole, end) = rest.as_chunks();
        room.store(whole);
        if !end.is_empty() {
            word[..end.len()].copy_from_slice(end);
            held = end.len();
        }
    }
    if held > 0 {
        word[held..].fill(0);
        room.store(&[word]);
    }
}

/// Loads the frame at `position` and says where the next one is. Whatever the words are, it does no more than the length of
/// the ring is worth, and takes for a frame only what its checksum says is one.
pub(super) fn load<M: Memory>(ring: &Ring<M>, position: u64, head: u64, last: u64) -> Result<(Frame, u64), Damage> {
    let damage = |why| Damage { at: ring.offset(position), why };
    if ring.used(position, head).is_none_or(|used| used < WORDS) {
        return Err(damage(Flaw::Length));
    }
    let mut start = [[0; 8]; WORDS as usize];
    ring.words(position, position + WORDS).ok_or(damage(Flaw::Cut))?.load(&mut start);
    let [first, sequence, checksum] = start.map(u64::from_ne_bytes);
    let [length, kind] = [first as u32, (first >> 32) as u32];
    let length = length as usize;
    let end = position + words(length);
    if end > head {
        return Err(damage(Flaw::Length));
    }
    // The words are there before there is memory for a copy of them.
    let mut payload = ring.words(position + WORDS, end).ok_or(damage(Flaw::Cut))?;
    let mut bytes = vec![0; length.next_multiple_of(8)];
    payload.load(bytes.as_chunks_mut().0);
    bytes.truncate(length);
    let mut hasher = Place { id: ring.id, position }.hasher(Head { kind, sequence, bytes: length });
    hasher.update(&bytes);
    if checksum != u64::from(hasher.finalize()) {
        return Err(damage(Flaw::Checksum));
    }
    if sequence <= last {
        return Err(damage(Flaw::Sequence));
    }
    Ok((Frame { kind, sequence, bytes }, end))
}

/// Where a frame is.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) id: u64,
    pub(super) position: u64,
}

impl Place {
    fn hasher(self, head: Head) -> Hasher {
        let mut hasher = Hasher::new();
        hasher.update([self.id, self.position, head.first(), head.sequence].map(u64::to_ne_bytes).as_flattened());
        hasher
    }
}

/// What a frame is, but for its payload.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) kind: u32,
    pub(super) sequence: u64,
    pub(super) bytes: usize,
}

impl Head {
    fn first(self) -> u64 {
        u64::from(self.kind) << 32 | self.bytes as u64
    }
}

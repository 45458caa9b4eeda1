//! What a ring guarantees. `docs/ring.md` names the test of each guarantee.

mod death;
mod files;
mod hostile;
mod interleavings;
mod queue;
mod waiting;

use std::time::Duration;

use super::layout::HEADER;
use super::memory::Memory;
use super::{Frame, Heap, Reader, Writer};

/// Memory for a ring of so many words.
fn memory(words: usize) -> Heap {
    Heap::new(HEADER + words)
}

/// Emits without waiting.
fn emit<M: Memory>(writer: &Writer<M>, kind: u32, bytes: &[u8]) {
    writer.emit(kind, bytes, Duration::ZERO).unwrap();
}

/// All that can be read.
fn drain<M: Memory>(reader: &mut Reader<M>) -> Vec<Frame> {
    std::iter::from_fn(|| reader.next().unwrap()).collect()
}

/// A payload that depends on every bit of its number and length.
fn payload(number: u64, length: usize) -> Vec<u8> {
    (0..length as u64).map(|at| (number.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(at as u32 & 63) ^ at) as u8).collect()
}

//! Death at every store: what is in the memory when a process dies is what it has stored up to some point, and there are few
//! enough points to try all.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{drain, emit, payload};
use crate::ring::layout::HEADER;
use crate::ring::{Fault, Heap, Memory, Reader, Word, Writer, recover_bytes};

/// Memory whose writer is dead after so many stores.
struct Mortal {
    words: Vec<MortalWord>,
}

#[derive(Clone)]
struct MortalWord {
    word: std::sync::Arc<AtomicU64>,
    left: std::sync::Arc<AtomicU64>,
}

impl Mortal {
    fn new(before: &Heap, stores: u64) -> Self {
        let left = std::sync::Arc::new(AtomicU64::new(stores));
        let word = |word: &AtomicU64| MortalWord {
            word: std::sync::Arc::new(AtomicU64::new(word.load(Ordering::Relaxed))),
            left: left.clone(),
        };
        Self { words: before.words().iter().map(word).collect() }
    }

    fn is_dead(&self) -> bool {
        self.words[0].left.load(Ordering::Relaxed) == 0
    }

    /// What is left behind.
    fn remains(&self) -> Heap {
        self.words.iter().map(|word| word.word.load(Ordering::Relaxed)).collect()
    }
}

impl Memory for Mortal {
    type Word = MortalWord;

    fn words(&self) -> &[MortalWord] {
        &self.words
    }
}

impl Word for MortalWord {
    fn load(&self, order: Ordering) -> u64 {
        self.word.load(order)
    }

    fn store(&self, value: u64, order: Ordering) {
        let left = self.left.load(Ordering::Relaxed);
        if left > 0 {
            self.left.store(left - 1, Ordering::Relaxed);
            self.word.store(value, order);
        }
    }
}

/// The lengths of the frames: none, less than a word, words, and one that wraps around.
const LENGTHS: [usize; 6] = [0, 5, 8, 41, 1, 64];

#[test]
fn all_that_was_emitted_is_there_and_nothing_else() {
    let before = Heap::new(HEADER + 48);
    for round in 0..3 {
        let mut stores = 0;
        loop {
            let memory = Mortal::new(&before, stores);
            let emitted = live_and_die(&memory, round);
            let remains = memory.remains();
            match recover_bytes(&remains.to_bytes()) {
                Ok(recovered) => {
                    assert_eq!(recovered.damage, None, "after {stores} stores");
                    let found: Vec<Vec<u8>> = recovered.frames.into_iter().map(|frame| frame.bytes).collect();
                    let may: Vec<Vec<u8>> = (0..LENGTHS.len()).map(|at| frame(round, at)).collect();
                    // The head may have been stored and the emit not have returned.
                    assert!(found.len() == emitted || found.len() == emitted + 1, "after {stores} stores");
                    assert_eq!(found, may[..found.len()], "after {stores} stores");
                    take_over(&remains, found);
                }
                Err(Fault::Unfinished) => assert_eq!((round, emitted), (0, 0)),
                Err(fault) => panic!("after {stores} stores: {fault}"),
            }
            if !memory.is_dead() {
                break;
            }
            stores += 1;
        }
        assert!(stores > 40, "it died early only");
        before_next_round(&before, round);
    }
}

fn frame(round: u64, at: usize) -> Vec<u8> {
    payload(round * 100 + at as u64, LENGTHS[at])
}

/// How many emits returned before death.
fn live_and_die(memory: &Mortal, round: u64) -> usize {
    let writer = if round == 0 { Writer::format(memory) } else { Writer::new(memory) }.unwrap();
    let mut emitted = 0;
    for at in 0..LENGTHS.len() {
        writer.emit(7, &frame(round, at), Duration::ZERO).unwrap();
        if memory.is_dead() {
            break;
        }
        emitted += 1;
    }
    std::mem::forget(writer);
    emitted
}

/// Another writer goes on, and everything is read.
fn take_over(remains: &Heap, mut expected: Vec<Vec<u8>>) {
    let writer = Writer::new(remains).unwrap();
    emit(&writer, 8, b"next");
    expected.push(b"next".to_vec());
    let found: Vec<Vec<u8>> = drain(&mut Reader::new(remains).unwrap()).into_iter().map(|frame| frame.bytes).collect();
    assert_eq!(found, expected);
}

/// The ring is written and consumed, so that the next round begins at another place and over old frames.
fn before_next_round(memory: &Heap, round: u64) {
    let writer = if round == 0 { Writer::format(memory) } else { Writer::new(memory) }.unwrap();
    let mut reader = Reader::new(memory).unwrap();
    for at in 0..=LENGTHS.len() {
        emit(&writer, 7, &frame(round + 50, at % LENGTHS.len()));
        drain(&mut reader);
        reader.release();
    }
}

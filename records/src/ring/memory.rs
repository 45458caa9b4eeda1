//! What a ring lies in: words that another process, or another machine, may change at any time.

use std::sync::atomic::{AtomicU64, Ordering};

/// Shared memory, as words that are only ever loaded and stored as a whole. That makes whatever another process does to
/// them a change of values and never a data race.
pub trait Memory {
    /// What one word is.
    type Word: Word;

    /// All words, always the same ones.
    fn words(&self) -> &[Self::Word];
}

/// One word of eight bytes.
pub trait Word {
    /// Loads it.
    fn load(&self, order: Ordering) -> u64;
    /// Stores it.
    fn store(&self, value: u64, order: Ordering);
}

impl Word for AtomicU64 {
    fn load(&self, order: Ordering) -> u64 {
        self.load(order)
    }

    fn store(&self, value: u64, order: Ordering) {
        self.store(value, order);
    }
}

/// Memory of this process, for what was read from elsewhere and for rings between threads.
#[derive(Debug)]
pub struct Heap(Box<[AtomicU64]>);

impl Heap {
    /// So many words of zero.
    pub fn new(words: usize) -> Self {
        (0..words).map(|_| 0).collect()
    }

    /// The words in `bytes`, without the bytes behind the last whole one.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        bytes.as_chunks().0.iter().map(|word| u64::from_ne_bytes(*word)).collect()
    }

    /// Its bytes now.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|word| word.load(Ordering::Relaxed).to_ne_bytes()).collect()
    }
}

impl FromIterator<u64> for Heap {
    fn from_iter<I: IntoIterator<Item = u64>>(words: I) -> Self {
        Self(words.into_iter().map(AtomicU64::new).collect())
    }
}

impl Memory for Heap {
    type Word = AtomicU64;

    fn words(&self) -> &[AtomicU64] {
        &self.0
    }
}

impl<M: Memory> Memory for &M {
    type Word = M::Word;

    fn words(&self) -> &[M::Word] {
        (**self).words()
    }
}

impl<M: Memory> Memory for std::sync::Arc<M> {
    type Word = M::Word;

    fn words(&self) -> &[M::Word] {
        (**self).words()
    }
}

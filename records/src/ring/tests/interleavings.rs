//! Interleavings of threads, and whatever a weakly ordered memory may show them: loom tries them all.

use loom::cell::UnsafeCell;
use loom::model::Builder;
use loom::sync::atomic::{AtomicU64, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use crate::ring::layout::{HEADER, Ring};
use crate::ring::producer::Producer;
use crate::ring::{EmitError, Frame, Memory, Reader, Word};

struct Loomed(Vec<LoomWord>);

struct LoomWord {
    value: AtomicU64,
    /// For words of frames: that whoever overwrites them knows that the reader is done with them, and the other way round.
    /// Loom executes loads when they are written down; on a real machine, and only there, one that is not ordered may see
    /// the future.
    access: Option<UnsafeCell<()>>,
}

// SAFETY: the cell has no content.
#[allow(unsafe_code)]
unsafe impl Sync for LoomWord {}

impl Memory for Arc<Loomed> {
    type Word = LoomWord;

    fn words(&self) -> &[LoomWord] {
        &self.0
    }
}

impl Word for LoomWord {
    fn load(&self, order: Ordering) -> u64 {
        if let Some(access) = &self.access {
            access.with(|_| ());
        }
        self.value.load(order)
    }

    fn store(&self, value: u64, order: Ordering) {
        if let Some(access) = &self.access {
            access.with_mut(|_| ());
        }
        self.value.store(value, order);
    }
}

type Loom = Arc<Loomed>;

fn memory(words: usize) -> Loom {
    let word = |at| LoomWord { value: AtomicU64::new(0), access: (at >= HEADER).then(|| UnsafeCell::new(())) };
    Arc::new(Loomed((0..HEADER + words).map(word).collect()))
}

/// Emits without waiting, as a `Writer` does.
fn emit(producer: &mut Producer<Loom>, kind: u32, number: u8) -> bool {
    match producer.try_emit(kind, 1, &[&[number]]) {
        Ok(()) => true,
        Err(EmitError::Full { bytes }) => {
            producer.count_lost(bytes);
            false
        }
        Err(error) => panic!("{error}"),
    }
}

/// Looks so often whether there is a frame, and gives its room back.
fn read(reader: &mut Reader<Loom>, times: usize) -> Vec<Frame> {
    let mut frames = Vec::new();
    for _ in 0..times {
        if let Some(frame) = reader.next().unwrap() {
            frames.push(frame);
            reader.release();
        }
    }
    frames
}

#[test]
fn a_writer_and_a_reader() {
    // Room for two frames: the third takes the place of the first, once that is released.
    Builder::new().check(|| {
        let memory = memory(8);
        let mut producer = Producer::new(Ring::format(memory.clone(), 5).unwrap()).unwrap();
        let mut reader = Reader::new(memory).unwrap();
        emit(&mut producer, 1, 0);
        let writing = thread::spawn(move || [1, 2].map(|number| emit(&mut producer, 1, number)));
        let mut frames = read(&mut reader, 2);
        let taken = writing.join().unwrap();
        frames.extend(read(&mut reader, 3));
        let expected = [true, taken[0], taken[1]].into_iter().enumerate().filter(|(_, taken)| *taken);
        let expected: Vec<(u64, Vec<u8>)> = expected.map(|(at, _)| (at as u64 + 1, vec![at as u8])).collect();
        let found: Vec<(u64, Vec<u8>)> = frames.into_iter().map(|frame| (frame.sequence, frame.bytes)).collect();
        assert_eq!(found, expected);
        assert_eq!(reader.counters().lost_frames, taken.iter().filter(|taken| !**taken).count() as u64);
    });
}

#[test]
fn two_writers_and_a_reader() {
    // Whichever frame is the third finds room or does not.
    Builder::new().check(|| {
        let memory = memory(8);
        let producer = Producer::new(Ring::format(memory.clone(), 5).unwrap()).unwrap();
        let producer = Arc::new(Mutex::new(producer));
        let mut reader = Reader::new(memory).unwrap();
        let writing = [&[10, 11][..], &[20][..]].map(|numbers| {
            let producer = producer.clone();
            thread::spawn(move || {
                let emit = |number| emit(&mut producer.lock().unwrap(), 1, number);
                numbers.iter().copied().filter(|number| emit(*number)).collect::<Vec<u8>>()
            })
        });
        let mut frames = read(&mut reader, 1);
        let taken = writing.map(|writing| writing.join().unwrap());
        frames.extend(read(&mut reader, 3));
        let found: Vec<u8> = frames.iter().flat_map(|frame| frame.bytes.clone()).collect();
        for (tens, taken) in (1..).zip(&taken) {
            let of_one: Vec<u8> = found.iter().copied().filter(|number| number / 10 == tens).collect();
            assert_eq!(of_one, *taken);
        }
        assert!(frames.iter().is_sorted_by_key(|frame| frame.sequence));
        assert_eq!(reader.counters().lost_frames, 3 - found.len() as u64);
    });
}

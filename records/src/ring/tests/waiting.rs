//! A full ring: the writer waits so long as it was told and no longer, and the others go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{emit, memory};
use crate::ring::{EmitError, Heap, Reader, Writer};

const FOREVER: Duration = Duration::from_secs(60);

#[test]
fn a_full_ring_is_waited_for_as_long_as_told() {
    let memory = memory(8);
    let writer = Writer::format(&memory).unwrap();
    emit(&writer, 1, &[0; 40]);
    let started = Instant::now();
    assert_eq!(writer.emit(1, &[0; 8], Duration::from_millis(20)), Err(EmitError::Full { bytes: 8 }));
    assert!(started.elapsed() >= Duration::from_millis(20));
    assert_eq!((writer.counters().waits, writer.counters().lost_frames), (1, 1));
}

#[test]
fn what_can_never_fit_is_not_waited_for() {
    let memory = memory(8);
    let writer = Writer::format(&memory).unwrap();
    assert_eq!(writer.emit(1, &[0; 41], FOREVER), Err(EmitError::TooLarge { bytes: 41, limit: 40 }));
    assert_eq!((writer.counters().waits, writer.counters().lost_bytes), (0, 41));
}

#[test]
fn who_waits_gets_the_room_that_is_made_and_keeps_nobody_from_emitting() {
    let memory = Arc::new(memory(16));
    let writer = Arc::new(Writer::format(memory.clone()).unwrap());
    emit(&writer, 1, &[0; 64]);
    let done = Arc::new(AtomicBool::new(false));
    let waiter = thread::spawn({
        let (writer, done) = (writer.clone(), done.clone());
        move || {
            writer.emit(2, &[0; 80], FOREVER).unwrap();
            done.store(true, Ordering::SeqCst);
        }
    });
    while writer.counters().waits == 0 {
        thread::yield_now();
    }
    // There is room for a small one still.
    emit(&writer, 3, &[0; 8]);
    assert!(!done.load(Ordering::SeqCst));
    let mut reader = Reader::new(memory).unwrap();
    let mut kinds = Vec::new();
    while kinds.len() < 3 {
        kinds.extend(reader.next().unwrap().map(|frame| frame.kind));
        reader.release();
    }
    waiter.join().unwrap();
    assert_eq!(kinds, [1, 3, 2]);
    assert_eq!(reader.counters().lost_frames, 0);
}

#[test]
fn many_threads_emit_and_each_keeps_its_order() {
    const THREADS: u32 = 4;
    const FRAMES: u64 = 2000;
    let memory: Arc<Heap> = Arc::new(memory(256));
    let writer = Writer::format(memory.clone()).unwrap();
    let mut reader = Reader::new(memory).unwrap();
    thread::scope(|scope| {
        for kind in 0..THREADS {
            let writer = &writer;
            scope.spawn(move || {
                for number in 0..FRAMES {
                    let bytes = super::payload(number, (number % 300) as usize);
                    writer.emit_parts(kind, &[&number.to_ne_bytes(), &bytes], FOREVER).unwrap();
                }
            });
        }
        let (mut next, started) = ([0; THREADS as usize], Instant::now());
        for sequence in 1..=FRAMES * u64::from(THREADS) {
            let frame = loop {
                match reader.next().unwrap() {
                    Some(frame) => break frame,
                    None => thread::yield_now(),
                }
                assert!(started.elapsed() < FOREVER, "a frame is missing");
            };
            reader.release();
            let number = u64::from_ne_bytes(frame.bytes[..8].try_into().unwrap());
            assert_eq!(frame.sequence, sequence);
            assert_eq!(number, next[frame.kind as usize]);
            assert_eq!(frame.bytes[8..], super::payload(number, (number % 300) as usize));
            next[frame.kind as usize] += 1;
        }
        assert_eq!(next, [FRAMES; THREADS as usize]);
    });
    assert_eq!(reader.next(), Ok(None));
    assert_eq!(writer.counters().lost_frames, 0);
}

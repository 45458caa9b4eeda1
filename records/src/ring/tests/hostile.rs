//! Memory in which anything may stand, and may change while it is read.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::Index;

use super::{drain, emit, memory, payload};
use crate::ring::layout::{CAPACITY_AT, HEAD_AT, HEADER, MAGIC, MOST, SEQUENCE_AT, TAIL_AT, VERSION};
use crate::ring::{Damage, Flaw, Frame, Heap, Memory as _, Reader, Recovered, Writer, recover_bytes};

/// A ring in the middle of its second round, and all frames that were ever in it. The last four are in it now.
fn written() -> (Heap, Vec<Frame>) {
    let memory = memory(40);
    let writer = Writer::format(&memory).unwrap();
    let mut reader = Reader::new(&memory).unwrap();
    let mut frames = Vec::new();
    for number in 0..8 {
        emit(&writer, 5, &payload(number, 19));
        if number < 4 {
            frames.extend(drain(&mut reader));
            reader.release();
        }
    }
    drop(writer);
    frames.extend(drain(&mut reader));
    assert_eq!(frames.len(), 8);
    (memory, frames)
}

/// That no frame was made up: what there is stands in `frames` one after the other. A tail that is wrong can bring a frame back
/// that was consumed, if it was not yet written over.
fn assert_genuine(found: &[Frame], frames: &[Frame]) {
    assert!(found.is_empty() || frames.windows(found.len()).any(|some| some == found), "made up: {found:?}");
}

/// Reads all of it, as often as it is worth at most, and writes it.
fn use_it(memory: &Heap) -> Vec<Frame> {
    let capacity = memory.words().len().saturating_sub(HEADER);
    let frames = match recover_bytes(&memory.to_bytes()) {
        Ok(Recovered { frames, .. }) => frames,
        Err(_) => Vec::new(),
    };
    assert!(frames.len() * 3 <= capacity);
    assert!(frames.iter().map(|frame| frame.bytes.len()).sum::<usize>() <= capacity * 8);
    if let Ok(mut reader) = Reader::new(memory) {
        for _ in 0..4 {
            let _ = reader.next();
        }
        reader.release();
    }
    if let Ok(writer) = Writer::new(memory) {
        for length in [0, 9, 100, 2000] {
            let _ = writer.emit(1, &payload(1, length), Duration::ZERO);
        }
    }
    frames
}

/// Words that are near to what matters, and any.
fn word() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..100_u64, 1 => Just(0), 1 => Just(u64::MAX), 1 => (0..64_u32).prop_map(|bit| 1 << bit), 2 => any::<u64>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 768, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_do_no_harm(mut words in prop::collection::vec(word(), 0..HEADER + 60), begin in 0..6_usize) {
        let length = words.len() as u64;
        // So much of the header is right.
        for (at, right) in [(0, MAGIC), (1, VERSION), (CAPACITY_AT, length.saturating_sub(HEADER as u64)), (HEAD_AT, 40), (TAIL_AT, 0)]
            .into_iter()
            .take(begin)
        {
            words.get_mut(at).into_iter().for_each(|word| *word = right);
        }
        prop_assert_eq!(use_it(&words.into_iter().collect()), []);
    }

    #[test]
    fn of_a_damaged_ring_only_genuine_frames_are_read(damage in prop::collection::vec((any::<Index>(), word(), any::<bool>()), 1..5)) {
        let (memory, frames) = written();
        for (at, word, replace) in damage {
            let at = &memory.words()[at.index(memory.words().len())];
            at.store(if replace { word } else { at.load(Ordering::Relaxed) ^ word }, Ordering::Relaxed);
        }
        assert_genuine(&use_it(&memory), &frames);
    }
}

#[test]
fn a_bit_that_is_wrong_ends_reading_right_there() {
    let (memory, frames) = written();
    let [head, tail] = [HEAD_AT, TAIL_AT].map(|at| memory.words()[at].load(Ordering::Relaxed));
    for position in tail..head {
        // Each frame is six words, the last of which has three bytes.
        let (frame, word) = ((position - tail) / 6, (position - tail) % 6);
        for bit in 0..if word == 5 { 24 } else { 64 } {
            let at = &memory.words()[HEADER + (position % 40) as usize];
            let right = at.load(Ordering::Relaxed);
            let bit = if cfg!(target_endian = "big") && word == 5 { 63 - bit } else { bit };
            at.store(right ^ 1 << bit, Ordering::Relaxed);
            let recovered = recover_bytes(&memory.to_bytes()).unwrap();
            assert_eq!(recovered.frames, frames[4..4 + frame as usize]);
            let begin = HEADER as u64 + (tail + frame * 6) % 40;
            assert_eq!(recovered.damage.map(|damage| damage.at), Some(begin * 8));
            at.store(right, Ordering::Relaxed);
        }
    }
}

#[test]
fn a_frame_of_an_earlier_round_is_none() {
    let (memory, frames) = written();
    // Everything before the head was a frame once, and some of it is there still.
    memory.words()[TAIL_AT].store(0, Ordering::Relaxed);
    assert_eq!(recover_bytes(&memory.to_bytes()).unwrap().damage.map(|damage| damage.why), Some(Flaw::Positions));
    // The frames as they are, but one round later.
    for at in [HEAD_AT, TAIL_AT] {
        let word = &memory.words()[at];
        word.store(word.load(Ordering::Relaxed) % 40 + if at == HEAD_AT { 40 } else { 0 } + 40, Ordering::Relaxed);
    }
    assert_genuine(&recover_bytes(&memory.to_bytes()).unwrap().frames, &frames);
    memory.words()[TAIL_AT].store(24 + 40, Ordering::Relaxed);
    memory.words()[HEAD_AT].store(48 + 40, Ordering::Relaxed);
    let recovered = recover_bytes(&memory.to_bytes()).unwrap();
    assert_eq!((recovered.frames, recovered.damage.map(|damage| damage.why)), (Vec::new(), Some(Flaw::Checksum)));
}

#[test]
fn a_head_within_a_frame_is_told() {
    for head in 43..48 {
        let (memory, frames) = written();
        memory.words()[HEAD_AT].store(head, Ordering::Relaxed);
        let recovered = recover_bytes(&memory.to_bytes()).unwrap();
        assert_eq!(recovered.frames, frames[4..7]);
        assert_eq!(recovered.damage, Some(Damage { at: (HEADER as u64 + 2) * 8, why: Flaw::Length }));
    }
}

#[test]
fn a_number_that_was_there_is_told() {
    let (memory, frames) = written();
    memory.words()[SEQUENCE_AT].store(frames[5].sequence, Ordering::Relaxed);
    emit(&Writer::new(&memory).unwrap(), 5, b"a second one with the number of another");
    let recovered = recover_bytes(&memory.to_bytes()).unwrap();
    assert_eq!(recovered.frames, frames[4..]);
    assert_eq!(recovered.damage, Some(Damage { at: (HEADER as u64 + 8) * 8, why: Flaw::Sequence }));
}

#[test]
fn damage_is_for_ever() {
    let (memory, _) = written();
    memory.words()[HEADER + 24].store(1, Ordering::Relaxed);
    let mut reader = Reader::new(&memory).unwrap();
    let damage = reader.next().unwrap_err();
    memory.words()[HEAD_AT].store(0, Ordering::Relaxed);
    assert_eq!(reader.next(), Err(damage));
}

#[test]
fn a_length_is_believed_only_when_the_bytes_are_there() {
    let memory = memory(40);
    drop(Writer::format(&memory).unwrap());
    memory.words()[CAPACITY_AT].store(MOST, Ordering::Relaxed);
    memory.words()[HEAD_AT].store(MOST, Ordering::Relaxed);
    memory.words()[HEADER].store((MOST - 3) * 8, Ordering::Relaxed);
    let recovered = recover_bytes(&memory.to_bytes()).unwrap();
    assert_eq!(recovered.damage, Some(Damage { at: HEADER as u64 * 8, why: Flaw::Cut }));
}

#[test]
fn what_changes_while_it_is_read_is_genuine_or_damage() {
    let (memory, frames) = written();
    let right: Vec<u64> = memory.words().iter().map(|word| word.load(Ordering::Relaxed)).collect();
    let done = AtomicBool::new(false);
    let (mut whole, mut damaged) = (0, 0);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = 1_u64;
            while !done.load(Ordering::Relaxed) {
                number = number.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
                let at = (number >> 33) as usize % right.len();
                // Wrong at once and right a little later, so that the reader sees all stages of it.
                memory.words()[at].store(if number >> 63 == 0 { number >> 57 } else { number }, Ordering::Relaxed);
                std::hint::spin_loop();
                memory.words()[at].store(right[at], Ordering::Relaxed);
                thread::yield_now();
            }
        });
        for _ in 0..50_000 {
            let Ok(mut reader) = Reader::new(&memory) else { continue };
            let mut found = Vec::new();
            // The tail may change too; nobody reads more than there is.
            for _ in 0..4 {
                match reader.next() {
                    Ok(frame) => found.extend(frame),
                    Err(_) => damaged += 1,
                }
            }
            assert_genuine(&found, &frames);
            whole += usize::from(found.len() == 4);
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(whole > 0, "{whole} whole, {damaged} damaged");
}

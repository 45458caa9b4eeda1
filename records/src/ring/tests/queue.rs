//! A ring is a queue: what goes in comes out, in order and as it was, and what is refused is counted.

use std::collections::VecDeque;
use std::time::Duration;

use proptest::prelude::*;

use super::{drain, emit, memory, payload};
use crate::ring::{Counters, EmitError, Frame, Reader, Writer, frame, recover_bytes};

#[derive(Debug, Clone)]
enum Step {
    /// Emits a payload of so many bytes, cut into two at a place.
    Emit(u32, usize, usize),
    Read,
    Release,
    /// The writer dies or ends, and another takes over.
    Attach,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => (any::<u32>(), 0..120_usize, 0..120_usize).prop_map(|(kind, length, cut)| Step::Emit(kind, length, cut)),
        5 => Just(Step::Read),
        3 => Just(Step::Release),
        1 => Just(Step::Attach),
    ];
    prop::collection::vec(step, 0..80)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_steps_do_what_a_queue_does(capacity in 4..64_usize, steps in steps()) {
        let memory = memory(capacity);
        let mut writer = Writer::format(&memory).unwrap();
        let mut reader = Reader::new(&memory).unwrap();
        let (mut unread, mut held) = (VecDeque::new(), VecDeque::new());
        let (mut sequence, mut counters) = (0, Counters::default());
        for step in steps {
            match step {
                Step::Emit(kind, length, cut) => {
                    sequence += 1;
                    let bytes = payload(sequence, length);
                    let (begin, end) = bytes.split_at(cut.min(length));
                    let room = capacity as u64 - held.iter().chain(&unread).map(|f: &Frame| frame::words(f.bytes.len())).sum::<u64>();
                    let expected = if length > (capacity - 3) * 8 {
                        Err(EmitError::TooLarge { bytes: length, limit: (capacity - 3) * 8 })
                    } else if frame::words(length) > room {
                        Err(EmitError::Full { bytes: length })
                    } else {
                        Ok(())
                    };
                    prop_assert_eq!(writer.emit_parts(kind, &[begin, &[], end], Duration::ZERO), expected);
                    if expected.is_ok() {
                        unread.push_back(Frame { kind, sequence, bytes });
                    } else {
                        counters.lost_frames += 1;
                        counters.lost_bytes += length as u64;
                    }
                }
                Step::Read => {
                    let next = unread.pop_front();
                    prop_assert_eq!(&reader.next().unwrap(), &next);
                    held.extend(next);
                }
                Step::Release => {
                    reader.release();
                    held.clear();
                }
                Step::Attach => writer = Writer::new(&memory).unwrap(),
            }
            prop_assert_eq!(reader.counters(), counters);
            prop_assert_eq!(writer.counters(), counters);
        }
        let left: Vec<Frame> = held.into_iter().chain(unread).collect();
        let recovered = recover_bytes(&memory.to_bytes()).unwrap();
        prop_assert_eq!(recovered.frames, left);
        prop_assert_eq!((recovered.damage, recovered.counters), (None, counters));
    }

    #[test]
    fn pieces_make_the_same_frame_as_the_whole(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 0..12)) {
        let memory = memory(64);
        let writer = Writer::format(&memory).unwrap();
        let parts: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        writer.emit_parts(3, &parts, Duration::ZERO).unwrap();
        emit(&writer, 3, &pieces.concat());
        let frames = drain(&mut Reader::new(&memory).unwrap());
        prop_assert_eq!(&frames[0].bytes, &pieces.concat());
        prop_assert_eq!(&frames[0].bytes, &frames[1].bytes);
    }
}

#[test]
fn what_was_refused_is_a_gap_in_the_sequence() {
    let memory = memory(8);
    let writer = Writer::format(&memory).unwrap();
    let mut reader = Reader::new(&memory).unwrap();
    emit(&writer, 1, &[1; 16]);
    for _ in 0..3 {
        assert_eq!(writer.emit(2, &[2; 16], Duration::ZERO), Err(EmitError::Full { bytes: 16 }));
    }
    drain(&mut reader);
    reader.release();
    emit(&writer, 3, &[]);
    assert_eq!(reader.next(), Ok(Some(Frame { kind: 3, sequence: 5, bytes: Vec::new() })));
    assert_eq!(reader.counters(), Counters { lost_frames: 3, lost_bytes: 48, waits: 0 });
}

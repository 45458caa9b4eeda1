//! Any memory as a ring, and any damage to one: reading ends, stays inside, and takes no more memory than there is; writing
//! into it does no harm, and a ring that nothing was done to is read as it was written.
#![no_main]

use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use prill_records::ring::{Heap, Memory as _, Reader, Recovered, Writer, recover_bytes};

fuzz_target!(|input: &[u8]| {
    let Some((how, input)) = input.split_first() else { return };
    if how % 2 == 0 {
        any(input);
    } else {
        damaged(input);
    }
});

/// The input is the memory.
fn any(input: &[u8]) {
    let recovered = recover_bytes(input);
    if let Ok(Recovered { frames, .. }) = &recovered {
        assert!(frames.iter().map(|frame| 24 + frame.bytes.len()).sum::<usize>() <= input.len());
        assert!(frames.is_sorted_by(|one, next| one.sequence < next.sequence));
    }
    use_it(&Heap::from_bytes(input));
}

/// The input is frames, each after its length, then places and what is done to the words there.
fn damaged(input: &[u8]) {
    let (words, mut input) = (input.len() / 4 + 80, input);
    let memory = Heap::new(words);
    let writer = Writer::format(&memory).expect("it is large enough");
    let mut reader = Reader::new(&memory).expect("it is a ring");
    let mut written = Vec::new();
    while let Some((length, rest)) = input.split_first().filter(|(length, _)| **length > 0) {
        let (payload, rest) = rest.split_at((usize::from(*length) - 1).min(rest.len()));
        input = rest;
        if writer.emit(u32::from(*length), payload, Duration::ZERO).is_ok() {
            written.push(payload);
        } else if let Ok(Some(frame)) = reader.next() {
            assert_eq!(frame.bytes, written.remove(0));
            reader.release();
        }
    }
    drop(writer);
    let recovered = recover_bytes(&memory.to_bytes()).expect("it is a ring");
    assert_eq!(recovered.damage, None);
    assert!(recovered.frames.iter().map(|frame| &frame.bytes[..]).eq(written));
    for damage in input.get(1..).unwrap_or_default().chunks_exact(10) {
        let at = usize::from(u16::from_ne_bytes([damage[0], damage[1]])) % words;
        memory.words()[at].store(u64::from_ne_bytes(damage[2..].try_into().expect("eight")), Relaxed);
        let _ = reader.next();
    }
    use_it(&memory);
}

fn use_it(memory: &Heap) {
    let frames = recover_bytes(&memory.to_bytes()).map_or(0, |recovered| recovered.frames.len());
    assert!(frames * 3 <= memory.words().len());
    if let Ok(mut reader) = Reader::new(memory) {
        (0..4).for_each(|_| drop(reader.next()));
        reader.release();
    }
    if let Ok(writer) = Writer::new(memory) {
        for length in [0, 9, 100, 5000] {
            let _ = writer.emit(1, &vec![7; length], Duration::ZERO);
        }
    }
}

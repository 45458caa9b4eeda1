//! What a ring costs, as ratios taken in one run: `cargo bench -p prill-records --bench ring`.
//!
//! What is put in is compared to the least there is: a copy of the same bytes, and the same checksum of them. Wanted is at most
//! twice that for a result of 100 metrics. Sides take turns, so that a noisy machine is noisy for both, and medians are
//! compared.
#![allow(unsafe_code)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use prill_records::ring::{self, Mapping, Memory as _, Reader, Writer};

const RING: usize = 4 << 20;
const ROUNDS: usize = 400;

fn main() {
    if std::env::args().any(|arg| arg == "--list") {
        return;
    }
    let dir = tempfile::tempdir().expect("a place for rings");
    let result = result();
    for (what, payload) in [("a result of 100 metrics", &result[..]), ("a small frame", &result[..64])] {
        println!("{what}, {} bytes:", payload.len());
        warm(dir.path(), payload);
        cold(dir.path(), payload);
    }
}

/// A ring that is written and consumed all the time.
fn warm(dir: &Path, payload: &[u8]) {
    let path = dir.join("warm");
    let writer = ring::create(&path, RING as u64).expect("a ring");
    let mut reader = ring::consume(&path).expect("the ring");
    let mut memory = vec![0; RING];
    // A quarter of the ring, so that places change from round to round.
    let frames = RING / 4 / (payload.len() + 24);
    let mut at = 0;
    let [mut copied, mut emitted, mut copied_out, mut read] = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        copied.push(time(|| {
            for _ in 0..frames {
                at = if at + payload.len() > RING { 0 } else { at };
                copy(&mut memory[at..][..payload.len()], payload);
                at += payload.len() + 24;
            }
        }));
        emitted.push(time(|| (0..frames).for_each(|_| emit(&writer, payload))));
        copied_out.push(time(|| {
            for frame in memory.chunks(payload.len()).take(frames) {
                black_box(crc32fast::hash(frame));
                black_box(frame.to_vec());
            }
        }));
        read.push(time(|| consume(&mut reader, frames)));
    }
    let per_frame = |times| median(times) / frames as u32;
    print("copy and checksum", "emit", per_frame(copied), per_frame(emitted), payload.len());
    print("copy out and checksum", "next and release", per_frame(copied_out), per_frame(read), payload.len());
    std::fs::remove_file(path).expect("it is there");
}

/// A ring that nobody consumes: each page is touched for the first time.
fn cold(dir: &Path, payload: &[u8]) {
    let frames = RING / (payload.len() + 24);
    let [mut copied, mut emitted] = [const { Vec::new() }; 2];
    for _ in 0..ROUNDS / 10 {
        let path = dir.join("cold");
        let mapping = Mapping::create(&path, RING as u64).expect("a ring");
        copied.push(time(|| {
            for frame in 0..frames {
                let to = mapping.words().as_ptr().cast_mut().cast::<u8>().wrapping_add(frame * (payload.len() + 24));
                // SAFETY: there are `RING` bytes of shared memory, which is all written to through pointers to atomics, and
                // nobody else knows the file.
                copy(unsafe { std::slice::from_raw_parts_mut(to, payload.len()) }, payload);
            }
        }));
        drop(mapping);
        std::fs::remove_file(&path).expect("it is there");
        let writer = ring::create(&path, RING as u64).expect("a ring");
        emitted.push(time(|| (0..frames).for_each(|_| emit(&writer, payload))));
        std::fs::remove_file(&path).expect("it is there");
    }
    let per_frame = |times| median(times) / frames as u32;
    print("copy and checksum, new file", "emit, new ring", per_frame(copied), per_frame(emitted), payload.len());
}

fn emit(writer: &Writer, payload: &[u8]) {
    writer.emit(1, black_box(payload), Duration::ZERO).expect("there is room");
}

fn copy(to: &mut [u8], payload: &[u8]) {
    to.copy_from_slice(black_box(payload));
    black_box(crc32fast::hash(payload));
}

fn consume(reader: &mut Reader, frames: usize) {
    for _ in 0..frames {
        black_box(reader.next().expect("no damage").expect("it was put in"));
        reader.release();
    }
}

fn time(what: impl FnOnce()) -> Duration {
    let started = Instant::now();
    what();
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn print(least: &str, ours: &str, theirs: Duration, took: Duration, bytes: usize) {
    let (theirs, took) = (theirs.as_secs_f64(), took.as_secs_f64());
    println!("  {least:<28}{:>9.3} us", theirs * 1e6);
    println!("  {ours:<28}{:>9.3} us  {:.2} times, {:.2} GB/s", took * 1e6, took / theirs, bytes as f64 / took / 1e9);
}

/// About what a record of 100 metrics with labels and places takes.
fn result() -> Vec<u8> {
    let metric = |number: u64| {
        let value = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        format!(
            r#"{{"name":"clat_ns.percentile","labels":{{"job":"randread-{}","op":"read","percentile":"99.{number:04}"}},"#,
            number % 4
        ) + &format!(
            r#""value":{value}.5e-9,"unit":"s","better":"lower","stream":"stdout","begin":{},"end":{}}},"#,
            value % 9999,
            value % 9999 + 7
        )
    };
    (0..100).map(metric).collect::<String>().into_bytes()
}

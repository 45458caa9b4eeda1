//! The ring under fire: a process emits, dies at any moment, and another finds what it left.
//!
//! The process is this binary again, told by a variable what to do.

use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use prill_records::ring::{self, Damage, EmitError, Fault, Frame, OpenError, Recovered};

const PATH: &str = "PRILL_RING_PATH";
const DEATH: &str = "PRILL_RING_DEATH";

/// Room for some thousand frames.
const BYTES: u64 = 4 << 20;

#[test]
fn all_that_was_emitted_before_a_kill_is_there() {
    let dir = tempfile::tempdir().unwrap();
    for round in 0..300_u64 {
        let path = dir.path().join(format!("{round}.ring"));
        let mut child = start("loop", &path);
        let mut said = child.stderr.take().unwrap();
        // Some die before their first frame, some after many.
        let mut emitted = vec![0; round as usize % 23];
        said.read_exact(&mut emitted).unwrap();
        std::thread::sleep(Duration::from_micros(round * 37 % 400));
        child.kill().unwrap();
        child.wait().unwrap();
        said.read_to_end(&mut emitted).unwrap();
        let emitted = emitted.len();
        match ring::recover(&path) {
            Ok(recovered) => assert_whole(&recovered, emitted, &format!("round {round}")),
            Err(OpenError { why: Fault::Unfinished, .. }) => assert_eq!(emitted, 0),
            Err(OpenError { why: Fault::Io(error), .. }) => {
                assert_eq!((error.kind(), emitted), (ErrorKind::NotFound, 0));
            }
            Err(error) => panic!("{error}"),
        }
        take_over(&path);
        std::fs::remove_file(&path).unwrap_or_default();
    }
}

#[test]
fn all_that_was_emitted_before_any_other_death_is_there() {
    let dir = tempfile::tempdir().unwrap();
    for death in ["abort", "overflow", "segv", "exit"] {
        let path = dir.path().join(death);
        let output = start(death, &path).wait_with_output().unwrap();
        assert!(!output.status.success(), "{death}");
        let recovered = ring::recover(&path).unwrap();
        assert_whole(&recovered, 100, death);
        assert_eq!(recovered.frames.len(), 100);
    }
}

/// What four threads and four hundred frames each make of a ring that another process empties.
#[test]
fn a_consumer_in_another_process_gets_each_frame_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.ring");
    let mut child = start("threads", &path);
    child.stderr.take().unwrap().read_exact(&mut [0]).unwrap();
    let mut reader = ring::consume(&path).unwrap();
    let (mut next, started) = ([0; 4], Instant::now());
    for sequence in 1..=1600 {
        let frame = loop {
            match reader.next().unwrap() {
                Some(frame) => break frame,
                None => std::thread::sleep(Duration::from_micros(50)),
            }
            assert!(started.elapsed() < Duration::from_secs(60), "a frame is missing");
        };
        reader.release();
        assert_eq!(frame.sequence, sequence);
        let number = &mut next[frame.kind as usize];
        assert_eq!(frame.bytes, payload(*number));
        *number += 1;
    }
    assert!(child.wait().unwrap().success());
    assert_eq!(reader.next(), Ok(None));
    assert_eq!((reader.counters().lost_frames, reader.owner()), (0, None));
    assert!(reader.counters().waits > 0, "the ring never was full");
}

/// That all frames are there that were emitted, and at most one more, whose emit did not return.
#[track_caller]
fn assert_whole(recovered: &Recovered, emitted: usize, when: &str) {
    assert_eq!(recovered.damage, None::<Damage>, "{when}");
    assert!(!recovered.live, "{when}: the lock outlived its process");
    let found = recovered.frames.len();
    assert!(found >= emitted, "{when}: {found} of {emitted} frames");
    for (frame, number) in recovered.frames.iter().zip(0..) {
        assert_eq!(*frame, Frame { kind: 7, sequence: number + 1, bytes: payload(number) }, "{when}");
    }
    if found > 0 {
        assert_eq!(recovered.owner.and_then(|owner| owner.is_alive()), Some(false), "{when}");
    }
}

/// Another writer can go on where the dead one stopped.
fn take_over(path: &Path) {
    let Ok(before) = ring::recover(path) else { return };
    let writer = ring::attach(path).unwrap();
    match writer.emit(8, b"after", Duration::ZERO) {
        Ok(()) => assert_eq!(ring::recover(path).unwrap().frames.len(), before.frames.len() + 1),
        Err(error) => assert_eq!(error, EmitError::Full { bytes: 5 }),
    }
}

fn start(death: &str, path: &Path) -> Child {
    Command::new("/proc/self/exe")
        .args(["--exact", "victim", "--nocapture", "--test-threads=1"])
        .env(PATH, path)
        .env(DEATH, death)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// In a process that was started for it: emits, and dies as it was told. Otherwise it does nothing.
#[test]
fn victim() {
    let (Some(path), Ok(death)) = (std::env::var_os(PATH), std::env::var(DEATH)) else { return };
    if death == "threads" {
        return from_threads(Path::new(&path));
    }
    let writer = ring::create(&path, BYTES).unwrap();
    for number in 0.. {
        // Who is not killed before the ring is full waits for it.
        writer.emit(7, &payload(number), Duration::from_secs(600)).unwrap();
        if death == "loop" {
            say_done();
        } else if number == 99 {
            die(&death);
        }
    }
}

fn from_threads(path: &Path) {
    let writer = ring::create(path, 1).unwrap();
    say_done();
    std::thread::scope(|scope| {
        for kind in 0..4 {
            let writer = &writer;
            scope.spawn(move || {
                (0..400).for_each(|number| writer.emit(kind, &payload(number), Duration::from_secs(60)).unwrap());
            });
        }
    });
}

/// One byte for each frame, on the stream that the test runner does not write to.
fn say_done() {
    std::io::stderr().write_all(b".").unwrap();
}

#[allow(unsafe_code)]
fn die(death: &str) {
    match death {
        "abort" => std::process::abort(),
        "overflow" => drop(overflow(1)),
        // SAFETY: none; that is what it is for.
        "segv" => unsafe { std::ptr::null_mut::<u8>().write_volatile(1) },
        _ => std::process::exit(3),
    }
}

#[expect(unconditional_recursion, reason = "until the stack is at its end")]
fn overflow(depth: u64) -> Vec<u64> {
    let frame = std::hint::black_box([depth; 4096]);
    let mut below = overflow(depth + 1);
    below.extend(frame);
    below
}

/// A payload that depends on its number, of up to some kilobytes.
fn payload(number: u64) -> Vec<u8> {
    let length = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) % 3000;
    (0..length).map(|at| (number ^ at.wrapping_mul(31)) as u8).collect()
}

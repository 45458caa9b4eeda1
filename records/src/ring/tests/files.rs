//! Rings in files: who has them, and what else a file may be.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt as _, PermissionsExt};
use std::path::PathBuf;
use std::time::Duration;

use super::{drain, emit, payload};
use crate::ring::layout::{CAPACITY_AT, HEAD_AT, HEADER, TAIL_AT};
use crate::ring::{Damage, EmitError, Fault, Flaw, Mapping, Owner, Role, Writer, attach, consume, create, recover};

struct Place {
    path: PathBuf,
    _dir: tempfile::TempDir,
}

fn place() -> Place {
    let dir = tempfile::tempdir().unwrap();
    Place { path: dir.path().join("a.ring"), _dir: dir }
}

impl Place {
    /// A ring with a frame of eight bytes and one of sixteen.
    fn with_two_frames() -> Self {
        let place = place();
        let writer = create(&place.path, 4000).unwrap();
        emit(&writer, 1, &[1; 8]);
        emit(&writer, 2, &[2; 16]);
        place
    }

    fn set(&self, at: usize, word: u64) {
        OpenOptions::new().write(true).open(&self.path).unwrap().write_all_at(&word.to_ne_bytes(), at as u64 * 8).unwrap();
    }

    fn cut(&self, bytes: u64) {
        OpenOptions::new().write(true).open(&self.path).unwrap().set_len(bytes).unwrap();
    }

    /// What attaching, consuming and recovering say.
    fn faults(&self) -> [Option<Fault>; 3] {
        [attach(&self.path).err(), consume(&self.path).err(), recover(&self.path).err()].map(|error| error.map(|error| error.why))
    }
}

#[test]
fn a_ring_goes_through_a_file() {
    let place = place();
    let writer = create(&place.path, 1 << 16).unwrap();
    let mut reader = consume(&place.path).unwrap();
    for round in 0..20 {
        for number in 0..20 {
            emit(&writer, 9, &payload(number, 300));
        }
        let frames = drain(&mut reader);
        assert!(frames.iter().zip(0..).all(|(frame, number)| frame.bytes == payload(number, 300)), "round {round}");
        assert_eq!(frames.len(), 20);
        reader.release();
    }
    assert_eq!(recover(&place.path).unwrap().frames, []);
    assert_eq!(fs::metadata(&place.path).unwrap().permissions().mode() & 0o777, 0o600, "results are their owner's");
}

#[test]
fn a_ring_has_one_writer_and_one_consumer() {
    let place = place();
    let writer = create(&place.path, 1).unwrap();
    let this = Owner::this_process();
    let error = attach(&place.path).unwrap_err();
    assert!(matches!(error.why, Fault::Busy { role: Role::Writer, owner: Some(owner) } if owner == this));
    let said = format!("a writer has it already, process {}; wait for its end, or use another file", std::process::id());
    assert_eq!(error.to_string(), format!("use {} as a ring: {said}", place.path.display()));
    let consumer = consume(&place.path).unwrap();
    assert_eq!(consumer.owner(), Some(this));
    assert!(matches!(consume(&place.path).unwrap_err().why, Fault::Busy { role: Role::Consumer, owner: None }));
    assert!(recover(&place.path).unwrap().live);

    drop(writer);
    let recovered = recover(&place.path).unwrap();
    assert_eq!((recovered.live, recovered.owner), (false, None), "it said that it was done");
    attach(&place.path).unwrap();
    drop(consumer);
    consume(&place.path).unwrap();
}

#[test]
fn a_file_that_is_there_is_not_made_a_ring() {
    let place = place();
    fs::write(&place.path, "a letter").unwrap();
    let Fault::Io(error) = create(&place.path, 1).unwrap_err().why else { panic!("another fault") };
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&place.path).unwrap(), b"a letter");
}

#[test]
fn a_ring_that_is_too_large_is_not_made() {
    let place = place();
    assert!(matches!(create(&place.path, 1 << 40).unwrap_err().why, Fault::Capacity { .. }));
    assert!(!place.path.exists());
}

#[test]
fn other_files_are_no_rings() {
    let place = place();
    for (text, unfinished) in [(&b""[..], true), (b"short", false), (&[b'x'; 9000], false), (&[0; 9000], true), (&[0; 8], true)] {
        fs::write(&place.path, text).unwrap();
        for fault in place.faults() {
            match fault.unwrap() {
                Fault::Unfinished => assert!(unfinished),
                Fault::NotARing => assert!(!unfinished),
                fault => panic!("{fault}"),
            }
        }
    }
}

#[test]
fn another_version_is_named() {
    let place = Place::with_two_frames();
    place.set(1, 7);
    for fault in place.faults() {
        let text = fault.unwrap().to_string();
        assert_eq!(text, "its layout is version 7, and this prill reads version 1; use the prill that wrote it");
    }
}

#[test]
fn a_capacity_that_cannot_be_is_a_fault() {
    let place = Place::with_two_frames();
    for words in [0, 3, u64::MAX] {
        place.set(CAPACITY_AT, words);
        assert!(place.faults().into_iter().all(|fault| matches!(fault, Some(Fault::Capacity { words: said }) if said == words)));
    }
}

#[test]
fn positions_that_cannot_be_are_faults() {
    for (head, tail) in [(3, 4), (u64::MAX, u64::MAX), (1 << 40, 0)] {
        let place = Place::with_two_frames();
        place.set(HEAD_AT, head);
        place.set(TAIL_AT, tail);
        assert!(matches!(attach(&place.path).unwrap_err().why, Fault::Positions { .. }));
        let damage = Some(Damage { at: HEAD_AT as u64 * 8, why: Flaw::Positions });
        assert_eq!(recover(&place.path).unwrap().damage, damage);
        assert_eq!(consume(&place.path).unwrap().next().err(), damage);
    }
}

#[test]
fn a_tail_that_cannot_be_keeps_the_writer_from_writing() {
    let place = place();
    let writer = create(&place.path, 1).unwrap();
    emit(&writer, 1, b"a");
    place.set(TAIL_AT, 1 << 20);
    assert_eq!(writer.emit(1, b"b", Duration::from_secs(60)), Err(EmitError::Damaged { bytes: 1 }));
    assert_eq!(writer.counters().lost_frames, 1);
}

#[test]
fn of_a_file_that_was_cut_off_the_beginning_is_recovered() {
    let place = Place::with_two_frames();
    let first = HEADER as u64 * 8;
    for (length, frames) in [(first + 71, 1), (first + 32, 1), (first + 31, 0), (first, 0)] {
        place.cut(length);
        assert!(matches!(attach(&place.path).unwrap_err().why, Fault::TooShort { .. }));
        let recovered = recover(&place.path).unwrap();
        assert_eq!(recovered.frames.len(), frames);
        assert_eq!(recovered.damage, Some(Damage { at: first + 32 * frames as u64, why: Flaw::Cut }));
    }
    place.cut(first - 1);
    assert!(place.faults().into_iter().all(|fault| matches!(fault, Some(Fault::TooShort { .. }))));
}

#[test]
fn a_ring_that_may_only_be_read_is_recovered() {
    let place = Place::with_two_frames();
    fs::set_permissions(&place.path, PermissionsExt::from_mode(0o400)).unwrap();
    assert_eq!(recover(&place.path).unwrap().frames.len(), 2);
}

#[test]
fn the_room_is_on_the_disk_before_it_is_needed() {
    use std::os::unix::fs::MetadataExt as _;
    let place = place();
    let _writer = create(&place.path, 1 << 20).unwrap();
    let metadata = fs::metadata(&place.path).unwrap();
    assert!(metadata.blocks() * 512 >= metadata.len(), "{} blocks", metadata.blocks());
}

#[test]
#[allow(unsafe_code)]
fn a_forked_child_may_not_emit() {
    let place = place();
    let writer = Writer::format(Mapping::create(&place.path, 1).unwrap()).unwrap();
    emit(&writer, 1, b"parent");
    // SAFETY: the child calls nothing but `emit`, which returns before it takes a lock or memory, and `_exit`.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let refused = writer.emit(1, b"child", Duration::ZERO) == Err(EmitError::Forked);
        // SAFETY: it runs nothing of the test's process.
        unsafe { libc::_exit(i32::from(refused)) };
    }
    let mut status = 0;
    // SAFETY: `status` is an integer that is ours.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert_eq!(libc::WEXITSTATUS(status), 1);
    emit(&writer, 1, b"parent");
    assert_eq!(recover(&place.path).unwrap().frames.len(), 2);
}

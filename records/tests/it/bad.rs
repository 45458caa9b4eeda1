use std::fs;
use std::time::Duration;

use prill_core::process::{End, builtin_command};
use prill_records::{Options, RecordError, Recording, RunFolder, read, recover};

use crate::world::{World, files, identity};

prill_core::register_builtin!("has-no-room", has_no_room);

/// Begins a record, then may write no file of more than a few bytes, as on a disk that is full; says what closing says.
fn has_no_room() -> i32 {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let Some(folder) = std::env::args().nth(1) else { return 2 };
    let world = World::at(folder.as_ref(), "t");
    let (verdict, _) = world.sh("echo latency=1", &[]);
    // The signal that comes with it is ignored by the engine's programs only: a limit of the process is an error to it.
    let _ = setrlimit(Resource::Fsize, Rlimit { current: Some(64), maximum: Some(64) });
    ignore_file_size_signal();
    match world.recording.close(Some(&verdict), None) {
        Ok(_) => 3,
        Err(error) => {
            println!("{error}");
            0
        }
    }
}

/// A write beyond the limit then fails with `EFBIG` (setrlimit(2)).
fn ignore_file_size_signal() {
    let mut set = nix::sys::signal::SigSet::empty();
    set.add(nix::sys::signal::Signal::SIGXFSZ);
    set.thread_block().unwrap();
}

#[test]
fn a_record_that_cannot_be_written_stays_in_its_ring() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    let ended = builtin_command("has-no-room").args([folder.as_os_str()]).run(Some(Duration::from_secs(30))).unwrap();
    let said = String::from_utf8_lossy(ended.stdout.head()).into_owned();
    assert_eq!(ended.end, End::Exited(0), "{ended:?}");
    assert!(said.contains("t.prill.json: File too large") && said.contains("what was measured is still in"), "{said}");
    // Once there is room, nothing is lost.
    let recovery = recover(&folder.join(".live"));
    assert_eq!(read(&recovery.records[0]).unwrap().results.len(), 1, "{recovery:?}");
}

#[test]
fn a_folder_that_is_none_is_said_before_anything_runs() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    assert!(RunFolder::at(&dir.path().join("file")).is_err());
    let run = RunFolder::at(&dir.path().join("run")).unwrap();
    fs::write(dir.path().join("run/bench.it"), "not a folder").unwrap();
    let error = Recording::begin(&run, identity("t"), "t", Options::default()).unwrap_err();
    assert!(matches!(error, RecordError::Folder { .. }), "{error}");
    assert!(error.to_string().contains("set PRILL_RUN_DIR to a folder that can be written"), "{error}");
}

#[test]
fn what_is_no_ring_is_left_alone_and_said() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.ring"), [7u8; 64]).unwrap();
    fs::write(dir.path().join("b.ring"), "").unwrap();
    fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    let recovery = recover(dir.path());
    let said: Vec<String> = recovery.failed.iter().map(ToString::to_string).collect();
    assert!(recovery.records.is_empty() && said.len() == 1, "{said:?}");
    assert!(said[0].contains("a.ring as a ring: it is not a ring of prill"), "{said:?}");
    // One that is just being made looks like the empty one.
    assert_eq!(files(dir.path()), ["a.ring", "b.ring", "notes.txt"]);
}

#[test]
fn two_that_recover_at_a_time_make_one_record() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    builtin_command("dies").args([folder.as_os_str(), "kill".as_ref()]).run(Some(Duration::from_secs(30))).unwrap();
    let made: usize = std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| recover(&folder.join(".live")).records.len())).collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(made, 1);
    let records = files(&folder).into_iter().filter(|name| name.ends_with(".prill.json")).count();
    assert_eq!(records, 1);
}

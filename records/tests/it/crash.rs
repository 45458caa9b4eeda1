//! Processes that die in every way while they record.

use std::path::Path;
use std::time::Duration;

use prill_core::process::{End, builtin_command};
use prill_records::model::State;
use prill_records::{read, recover};

use crate::world::{World, files};

prill_core::register_builtin!("dies", dies);

/// Measures twice, judges once, and dies as the second argument says.
fn dies() -> i32 {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, way] = &words[..] else { return 2 };
    let world = World::at(Path::new(folder), "t");
    let _ = world.sh("echo latency=1", &[]);
    // What has been measured and not judged: the recorder's half of a run.
    let (_, metrics) = world.sh("echo latency=2", &[]);
    let _ = prill_core::Recorder::measured(&*world.recording, &metrics);
    match way.as_str() {
        "abort" => std::process::abort(),
        "exit" => std::process::exit(7),
        "overflow" => i32::from(deeper(1) == 0),
        "memory" => exhaust(),
        "kill" => {
            let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
            0
        }
        _ => 2,
    }
}

fn deeper(n: u64) -> u64 {
    // Nobody counts that far.
    if n == u64::MAX {
        return 0;
    }
    let here = std::hint::black_box([n; 4096]);
    deeper(here[7] + 1).wrapping_add(here[9])
}

/// An allocation that fails aborts, as the kernel's killer would.
fn exhaust() -> i32 {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::As, Rlimit { current: Some(1 << 20), maximum: Some(1 << 20) });
    let all: Vec<Vec<u8>> = (0..64).map(|_| vec![1; 16 << 20]).collect();
    i32::try_from(all.len()).unwrap_or(0)
}

#[test]
fn every_death_leaves_what_was_measured() {
    for way in ["abort", "exit", "overflow", "memory", "kill"] {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("run");
        let died = builtin_command("dies").args([folder.as_os_str(), way.as_ref()]).run(Some(Duration::from_secs(30))).unwrap();
        assert!(!matches!(died.end, End::Exited(0 | 2 | 101) | End::TimedOut { .. }), "{way}: {died:?}");

        let recovery = recover(&folder.join(".live"));
        assert!(recovery.failed.is_empty(), "{way}: {recovery:?}");
        let [path] = &recovery.records[..] else { panic!("{way}: one record: {recovery:?}") };
        let record = read(path).unwrap();
        assert_eq!((record.state, record.verdict.as_str()), (State::Crashed, "failed"), "{way}");
        assert_eq!(record.error.as_deref(), Some("the process died before it closed this record"));
        assert_eq!((record.identity.test.as_deref(), record.lost.len()), (Some("t"), 0), "{way}");
        let results: Vec<_> = record.results.iter().map(|r| (r.metrics[0].value, r.verdict.as_deref())).collect();
        assert_eq!(results, [(1e-6, Some("passed")), (2e-6, Some("passed")), (2e-6, None)], "{way}");
        assert_eq!(files(&folder.join(".live")), [""; 0], "{way}: the ring is gone");
        assert!(recover(&folder.join(".live")).records.is_empty(), "{way}: it is recovered once");
        assert!(files(&folder).contains(&"bench.it/t.raw/1.stdout.gz".to_owned()), "{way}: {:?}", files(&folder));
    }
}

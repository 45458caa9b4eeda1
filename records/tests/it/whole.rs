use std::thread;

use prill_core::{AssertResult, MetricCheck, Quantity};
use prill_records::model::State;
use prill_records::{Identity, Options, Recording, RunFolder, read, read_raw, recover};

use crate::world::{World, files, identity};

#[test]
fn a_record_has_all_that_was_measured() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::at(dir.path(), "wakeups::stay_short");
    world.recording.parameter("threads", "8").unwrap();
    let check = MetricCheck::max("latency", Quantity::us(500.0));
    let (verdict, metrics) = world.sh("echo latency=431; echo noise >&2", &[check]);
    let path = world.recording.close(Some(&verdict), None).unwrap();
    let record = read(&path).unwrap();

    assert_eq!(record.state, State::Complete);
    assert_eq!(record.name(), "bench wakeups::stay_short");
    assert_eq!((record.verdict.as_str(), record.error.as_deref()), ("passed", None));
    assert_eq!(record.identity.parameters["threads"], "8");
    assert_eq!(record.identity.run, world.run.name());
    assert!(record.host.kernel.release.is_some() && record.host.kernel.boot_id.is_some(), "{:?}", record.host);
    assert!(record.noise.load_before.is_some() && record.noise.load_after.is_some(), "{:?}", record.noise);
    assert!(record.started < record.ended.unwrap());

    let [result] = &record.results[..] else { panic!("one result: {:?}", record.results) };
    assert_eq!(result.argv, ["/bin/sh", "-c", "echo latency=431; echo noise >&2"]);
    assert_eq!((result.end.kind.as_str(), result.end.code, result.exit_code), ("exited", Some(0), 0));
    assert_eq!(result.verdict.as_deref(), Some("passed"));
    assert_eq!(result.checks[0].check, "latency <= 500us");
    let [metric] = &result.metrics[..] else { panic!("one metric: {:?}", result.metrics) };
    assert_eq!((metric.identity().as_str(), metric.value, metric.unit.as_deref()), ("latency", 0.000_431, Some("s")));
    assert_eq!((metric.stream.as_str(), metric.span), ("stdout", [8, 11]));
    assert!(result.usage.iter().any(|reading| reading.name == "usage.wall" && reading.value > 0.0), "{:?}", result.usage);
    let raw: Vec<_> = result.outputs.iter().map(|kept| read_raw(&path, kept).unwrap().0).collect();
    assert_eq!(raw, [metrics.stdout().head(), metrics.stderr().head()]);
    assert_eq!(
        files(dir.path()),
        [
            "bench.it/wakeups.stay_short.prill.json",
            "bench.it/wakeups.stay_short.raw/1.stderr.gz",
            "bench.it/wakeups.stay_short.raw/1.stdout.gz",
            "run.json"
        ]
    );
}

#[test]
fn the_error_of_a_body_fails_its_record() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::at(dir.path(), "t");
    let (verdict, _) = world.sh("echo latency=1", &[]);
    let path = world.recording.close(Some(&verdict), Some("panicked: no".to_owned())).unwrap();
    let record = read(&path).unwrap();
    assert_eq!((record.verdict.as_str(), record.error.as_deref(), record.results.len()), ("failed", Some("panicked: no"), 1));
}

#[test]
fn a_test_without_a_run_has_a_record_and_no_raw_output() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::at(dir.path(), "t");
    world.recording.close(Some(&AssertResult::skip("no such device")), None).unwrap();
    assert_eq!(files(dir.path()), ["bench.it/t.prill.json", "run.json"]);
    assert!(!dir.path().join("bench.it/t.raw").exists());
}

#[test]
fn results_of_many_threads_and_of_any_size_are_all_there() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::at(dir.path(), "t");
    // Some 100 KB of metrics each, so that the first ring is full after two.
    let script = |thread: usize| format!("i=0; while [ $i -lt 600 ]; do echo m$i={thread}; i=$((i+1)); done");
    thread::scope(|scope| {
        for number in 0..8 {
            let (world, script) = (&world, script(number));
            scope.spawn(move || world.sh(&script, &[MetricCheck::max(["m0", "m1"][number % 2], (number as f64).into())]));
        }
    });
    let record = read(&world.recording.close(None, None).unwrap()).unwrap();
    let mut threads: Vec<f64> = record.results.iter().map(|result| result.metrics[599].value).collect();
    threads.sort_by(f64::total_cmp);
    assert_eq!(threads, [0.0, 1e-6, 2e-6, 3e-6, 4e-6, 5e-6, 6e-6, 7e-6]);
    // Each verdict is that of its own result.
    for result in &record.results {
        let number = (result.metrics[0].value * 1e6).round();
        let metric = ["m0", "m1"][number as usize % 2];
        assert!(result.checks[0].check.starts_with(metric), "{:?} of {number}", result.checks);
    }
    assert_eq!(record.lost, [""; 0]);
    assert_eq!(files(&world.run.live()), [""; 0]);
}

#[test]
fn a_retry_and_a_second_run_are_kept_apart() {
    let dir = tempfile::tempdir().unwrap();
    let run = RunFolder::at(dir.path()).unwrap();
    for attempt in [1, 2, 1] {
        let identity = Identity { attempt, ..identity("t") };
        Recording::begin(&run, identity, "t", Options::default()).unwrap().close(None, None).unwrap();
    }
    assert_eq!(
        files(dir.path()),
        ["bench.it/t.2.prill.json", "bench.it/t.attempt-2.prill.json", "bench.it/t.prill.json", "run.json"]
    );
    assert_eq!(read(&dir.path().join("bench.it/t.attempt-2.prill.json")).unwrap().identity.attempt, 2);
}

#[test]
fn raw_output_beyond_the_limit_loses_its_middle_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::with(dir.path(), "t", Options { raw_limit: 8 });
    let _ = world.sh("printf latency=1; printf 0123456789", &[]);
    let path = world.recording.close(None, None).unwrap();
    let kept = read(&path).unwrap().results[0].outputs[0].clone();
    assert_eq!((kept.bytes, kept.gap), (19, Some([4, 15])));
    assert_eq!(read_raw(&path, &kept).unwrap(), (b"late".to_vec(), b"6789".to_vec()));
}

#[test]
fn a_live_record_is_not_recovered() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::at(dir.path(), "t");
    let _ = world.sh("echo latency=1", &[]);
    let recovery = recover(&world.run.live());
    assert!(recovery.records.is_empty() && recovery.failed.is_empty(), "{recovery:?}");
    let record = read(&world.recording.close(None, None).unwrap()).unwrap();
    assert_eq!((record.state, record.results.len()), (State::Complete, 1));
}

#[test]
fn what_comes_after_the_end_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::at(dir.path(), "t");
    let (_, metrics) = world.sh("echo latency=1", &[]);
    world.recording.close(None, None).unwrap();
    let refused = prill_core::Recorder::measured(&*world.recording, &metrics).unwrap_err().to_string();
    assert!(refused.ends_with("its test has ended; wait for all payloads before"), "{refused}");
}

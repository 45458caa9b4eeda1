//! A thousand processes are killed while they record, each at a moment that nobody chose.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use prill_core::Recorder as _;
use prill_core::process::{Signal, builtin_command};
use prill_records::model::{RunResult, State};
use prill_records::{read, recover};

use crate::world::World;

prill_core::register_builtin!("records-for-ever", records_for_ever);

const KILLS: u64 = 1000;
/// The longest that one lives after it began to record.
const LIFE: Duration = Duration::from_millis(20);

/// Records results for ever, and says after each that it is kept.
fn records_for_ever() -> i32 {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, test] = &words[..] else { return 2 };
    let world = World::at(Path::new(folder), test);
    let (verdict, metrics) = world.sh("i=0; while [ $i -lt 20 ]; do echo m$i=$i; i=$((i+1)); done", &[]);
    println!("kept");
    loop {
        let kept = world.recording.measured(&metrics).and_then(|()| world.recording.judged(&verdict, &metrics));
        if kept.is_err() {
            return 3;
        }
        println!("kept");
    }
}

#[test]
fn nothing_that_was_kept_is_lost_and_nothing_is_invented() {
    let kept: usize = thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            scope.spawn(move || {
                let dir = tempfile::tempdir().unwrap();
                (half..KILLS).step_by(2).map(|seed| kill_one(dir.path(), seed)).sum::<usize>()
            })
        });
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    });
    assert!(kept > KILLS as usize / 2, "they were killed before they did anything: {kept} results");
}

/// Kills one at a moment that `seed` makes; gives how many results it had kept.
fn kill_one(folder: &Path, seed: u64) -> usize {
    let test = format!("t{seed}");
    let mut running = builtin_command("records-for-ever").args([folder.as_os_str(), test.as_ref()]).spawn().unwrap();
    let (live, remote) = (folder.join(".live"), running.remote());
    let began = Instant::now();
    // Some from the beginning of the record, most from the beginning of the first result.
    let sign = folder.join(format!("bench.it/{test}.raw{}", if seed.is_multiple_of(4) { "" } else { "/1.stdout.gz" }));
    while !sign.exists() {
        assert!(began.elapsed() < Duration::from_secs(30) && running.try_wait().unwrap().is_none(), "it does not begin");
        thread::sleep(Duration::from_micros(200));
    }
    thread::sleep(LIFE.mul_f64(random(seed)));
    remote.signal(Signal::KILL);
    let ended = running.wait(None).unwrap();
    let said = ended.stdout.head().split_inclusive(|byte| *byte == b'\n').filter(|line| *line == b"kept\n").count();

    let recovery = recover(&live);
    assert!(recovery.failed.is_empty(), "seed {seed}: {recovery:?}");
    let Some(path) = recovery.records.first() else {
        assert_eq!(said, 0, "seed {seed}: no record");
        return 0;
    };
    let record = read(path).unwrap();
    assert_eq!((record.state, record.lost.len()), (State::Crashed, 0), "seed {seed}: {:?}", record.lost);
    // One may have been kept that it had no time to speak of.
    assert!((said..=said + 1).contains(&record.results.len()), "seed {seed}: said {said}, kept {}", record.results.len());
    for (number, result) in record.results.iter().enumerate() {
        assert_whole(&test, number, result, number + 1 == record.results.len());
    }
    record.results.len()
}

fn assert_whole(test: &str, number: usize, result: &RunResult, last: bool) {
    let values: Vec<f64> = result.metrics.iter().map(|metric| (metric.value * 1e6).round()).collect();
    assert_eq!(values, (0..20).map(f64::from).collect::<Vec<_>>(), "{test}: result {number}");
    assert!(last || result.verdict.as_deref() == Some("passed"), "{test}: result {number} has no verdict");
    let file = result.outputs[0].file.as_deref();
    assert_eq!(file, Some(&*format!("{test}.raw/{}.stdout.gz", number + 1)), "{test}: results are in order");
}

/// From 0 to 1, another for every seed (splitmix64, Steele, Lea and Flood, OOPSLA 2014).
fn random(seed: u64) -> f64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) as f64 / u64::MAX as f64
}

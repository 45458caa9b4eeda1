//! How fast each format reads: `cargo bench --bench formats [NAME...]`.
//!
//! The largest sample of a format is repeated to 10 MB, and to twice that. Printed are the rate, the time as a multiple of the least
//! that a script does with the same bytes (to split them into words and parse those as numbers, with the standard library alone,
//! which keeps nothing), and the time of twice the input as a multiple of the time of once: 2 is linear. Wanted are 100 MB/s and a
//! straight line. The rate is a processor's as much as a format's; the multiple tells the two apart.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use prill_core::extract::{Captures, run};
use prill_core::{Extractor, Registry, Stream};
use prill_extract_all as _;
use prill_testkit::{Case, cases};

const LENGTH: usize = 10_000_000;
const ROUNDS: usize = 5;
/// What is wanted, in bytes a second.
const RATE: f64 = 100e6;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let registry = Registry::linked().expect("the formats");
    println!("{:24} {:>9} {:>12} {:>14} {:>8}  sample", "format", "MB/s", "bare parses", "twice the text", "metrics");
    let mut slow = Vec::new();
    for (format, (case, stream)) in largest() {
        let Ok(extractor) = registry.get(&format) else { continue };
        if wanted.is_empty() || wanted.contains(&format) {
            let rate = measure(extractor, &case, &stream);
            if rate < RATE {
                slow.push(format);
            }
        }
    }
    println!("below {} MB/s: {}", RATE / 1e6, if slow.is_empty() { "none".to_owned() } else { slow.join(", ") });
}

/// For each format the largest stream of its samples that gives metrics.
fn largest() -> BTreeMap<String, (Case, Stream)> {
    let registry = Registry::linked().expect("the formats");
    let mut found: BTreeMap<String, (Case, Stream)> = BTreeMap::new();
    for case in samples() {
        let Ok(extractor) = registry.get(&case.group) else { continue };
        let metrics = case.extract(extractor).metrics;
        let Some(stream) = metrics.only_stream().cloned() else { continue };
        let length = case.bytes(&stream).len();
        if found.get(&case.group).is_none_or(|(best, of)| best.bytes(of).len() < length) {
            found.insert(case.group.clone(), (case, stream));
        }
    }
    found
}

fn samples() -> Vec<Case> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("extractors");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(crates).expect("the crates").map(|e| e.expect("a crate").path().join("samples")).collect();
    folders.retain(|folder| folder.is_dir());
    folders.iter().flat_map(|folder| cases(folder).expect("the samples")).collect()
}

/// Prints one row; gives the rate.
fn measure(extractor: &dyn Extractor, case: &Case, stream: &Stream) -> f64 {
    let (once, twice) = (repeated(case.bytes(stream), LENGTH), repeated(case.bytes(stream), 2 * LENGTH));
    let mut times = [f64::INFINITY; 3];
    let mut metrics = 0;
    for _ in 0..ROUNDS {
        times[0] = times[0].min(time(|| metrics = read(extractor, &once, case, stream)));
        times[1] = times[1].min(time(|| _ = read(extractor, &twice, case, stream)));
        times[2] = times[2].min(time(|| _ = black_box(parse(black_box(&once)))));
    }
    let rate = once.len() as f64 / times[0];
    println!(
        "{:24} {:9.0} {:12.1} {:14.2} {metrics:8}  {}",
        extractor.name(),
        rate / 1e6,
        times[0] / times[2],
        times[1] / times[0],
        case.name
    );
    rate
}

fn read(extractor: &dyn Extractor, bytes: &[u8], case: &Case, stream: &Stream) -> usize {
    let captures = Captures::new().with(stream.clone(), black_box(bytes));
    let captures = match &case.argv {
        Some(argv) => captures.with_argv(&argv[..]),
        None => captures,
    };
    run(extractor, &captures, &[]).metrics.len()
}

/// The sum of all words that are numbers.
fn parse(bytes: &[u8]) -> f64 {
    String::from_utf8_lossy(bytes).split_whitespace().filter_map(|word| word.parse::<f64>().ok()).filter(|n| n.is_finite()).sum()
}

fn repeated(sample: &[u8], length: usize) -> Vec<u8> {
    let mut one = sample.to_vec();
    if !one.ends_with(b"\n") {
        one.push(b'\n');
    }
    one.repeat(length.div_ceil(one.len()))
}

/// The processor time of this thread: another process that has the core meanwhile takes no part in it.
fn time(work: impl FnOnce()) -> f64 {
    let now = || {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).expect("less than a second"))
    };
    let start = now();
    work();
    (now() - start).as_secs_f64()
}

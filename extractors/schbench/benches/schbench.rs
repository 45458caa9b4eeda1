//! Extraction of 1 MB of interval tables against a bare split of the same bytes into lines.
//!
//! Both run in turn in one process, so that the ratio means the same on any machine. At most 15 is wanted.

use std::hint::black_box;
use std::time::{Duration, Instant};

use prill_core::Stream;
use prill_core::extract::{Captures, run};
use prill_extract_schbench::Schbench;

const ROUNDS: usize = 60;

fn main() {
    let text = intervals(1 << 20);
    let captures = Captures::new().with(Stream::Stderr, text.as_bytes());
    let extraction = run(&Schbench, &captures, &[]);
    assert!(extraction.metrics.len() > 30_000, "{} metrics: {:?}", extraction.metrics.len(), extraction.diagnostics);
    let (mut split, mut extract) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        split = split.min(timed(|| lines(text.as_bytes())));
        extract = extract.min(timed(|| run(&Schbench, black_box(&captures), &[]).metrics.len()));
    }
    let rate = |time: Duration| text.len() as f64 / time.as_secs_f64() / 1e6;
    println!(
        "schbench tables: {:.0} MB/s, {} metrics; line split: {:.0} MB/s; ratio {:.1}",
        rate(extract),
        extraction.metrics.len(),
        rate(split),
        extract.as_secs_f64() / split.as_secs_f64()
    );
}

fn timed(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// The length of all lines, found one by one.
fn lines(bytes: &[u8]) -> usize {
    let mut start = 0;
    let mut sum = 0;
    for end in memchr::memchr_iter(b'\n', black_box(bytes)) {
        sum += black_box(&bytes[start..end]).len();
        start = end + 1;
    }
    sum
}

/// At least `len` bytes of one run: the first interval of a recorded output over and over, its clock going on, then the end.
fn intervals(len: usize) -> String {
    let sample = include_str!("../samples/cur-interval/stderr");
    let first = sample.find("current rps").and_then(|at| sample[at..].find('\n').map(|end| at + end + 1));
    let (block, rest) = sample.split_at(first.expect("an interval"));
    let last = &rest[rest.rfind("Wakeup").expect("the final tables")..];
    let mut text = String::new();
    let mut clock = 0;
    while text.len() < len {
        clock += 2;
        text.push_str(&block.replace("runtime 2 (s)", &format!("runtime {clock} (s)")));
    }
    text + &last.replace("runtime 6 (s)", &format!("runtime {} (s)", clock + 1))
}

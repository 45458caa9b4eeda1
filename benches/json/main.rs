//! The `json` format against serde_json: `cargo bench --bench json`.
//!
//! Ours gives each number of a document with path, value and place, in a sink. Theirs parses the document into a
//! `serde_json::Value` and walks it, with a `String` for each path and no places. Both start from the captured bytes, take turns
//! in one process, and give back their memory, so that the ratios mean the same on any machine. Wanted are 7 times their speed
//! and a peak of at most 4 times the input.

mod memory;
mod theirs;

use std::hint::black_box;
use std::time::{Duration, Instant};

use prill_core::extract::{Captures, Extraction, run};
use prill_core::{Extractor as _, Input, MetricSink, Stream, Text};
use prill_extract_json::Json;

const SAMPLE: &str = include_str!("../../extractors/json/samples/fio-randread/stdout");
const ROUNDS: usize = 15;
/// How long one side is repeated in a round, so that small inputs are measured as exactly as large ones.
const TURN: Duration = Duration::from_millis(40);

/// What is measured, and what it is called.
type Side = (&'static str, fn(&str) -> usize);

fn main() {
    for length in [72 << 10, 10 << 20] {
        let text = fio(length);
        same_numbers(&text);
        println!("fio, {} jobs, {} bytes, {} numbers", jobs(&text), text.len(), ours(&text));
        speed(&text);
        peak(&text);
    }
}

/// Times all in turn, and prints the fastest of each.
fn speed(text: &str) {
    let sides: [Side; 5] = [
        ("ours", ours),
        ("ours, with all that a run does", ours_in_a_run),
        ("serde_json::Value and a walk", theirs::walk),
        ("serde_json::Value alone", theirs::parse),
        ("a search for line feeds", lines),
    ];
    let mut times = sides.map(|_| f64::INFINITY);
    for _ in 0..ROUNDS {
        for ((_, side), time) in sides.iter().zip(&mut times) {
            *time = time.min(turn(|| side(black_box(text))));
        }
    }
    for ((name, _), time) in sides.iter().zip(times) {
        let rate = text.len() as f64 / time / 1e6;
        println!("  {name:32} {:9.1} us {rate:7.0} MB/s {:6.2} times a walk", time * 1e6, times[2] / time);
    }
}

/// Prints how much memory each side has at most beside the input.
fn peak(text: &str) {
    let sides: [Side; 2] = [("ours, with all that a run does", ours_in_a_run), ("serde_json::Value and a walk", theirs::walk)];
    for (name, side) in sides {
        let peak = memory::peak(|| side(text));
        println!("  {name:32} {:6.2} bytes for each byte of input at most", peak as f64 / text.len() as f64);
    }
}

/// Names, values and places of all numbers, in a sink.
fn ours(text: &str) -> usize {
    let text = Text::new(text.as_bytes());
    let mut out = MetricSink::new();
    out.read(&text, &Stream::Stdout);
    Json.extract(&Input::new(&text, &Stream::Stdout, None), &mut out).expect("a document");
    out.len()
}

fn ours_in_a_run(text: &str) -> usize {
    extraction(text).metrics.len()
}

fn extraction(text: &str) -> Extraction {
    run(&Json, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn lines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// Stops when the two sides do not find the same.
fn same_numbers(text: &str) {
    let theirs = theirs::numbers(text);
    let extraction = extraction(text);
    assert_eq!(extraction.metrics.len(), theirs.len());
    assert!(extraction.diagnostics.is_empty());
    let mut ours: Vec<_> = extraction.metrics.iter().collect();
    ours.sort_by_key(|metric| metric.name());
    let mut theirs = theirs;
    theirs.sort_by(|a, b| a.0.cmp(&b.0));
    for (ours, (name, value)) in ours.iter().zip(theirs) {
        let span = ours.span();
        assert_eq!((ours.name(), ours.value()), (name.as_str(), value));
        assert_eq!(text[span.start..span.end].parse(), Ok(value));
    }
}

/// An output of fio of at least `length` bytes: the job of the sample again and again.
fn fio(length: usize) -> String {
    let start = SAMPLE.find("    {\n      \"jobname\"").expect("a job");
    let end = SAMPLE.find("\n  ],\n  \"disk_util\"").expect("its end");
    let (head, job, tail) = (&SAMPLE[..start], &SAMPLE[start..end], &SAMPLE[end..]);
    let jobs = length.saturating_sub(head.len() + tail.len()).div_ceil(job.len() + 2).max(1);
    format!("{head}{}{tail}", vec![job; jobs].join(",\n"))
}

fn jobs(text: &str) -> usize {
    text.matches("\"jobname\"").count()
}

/// Seconds for the fastest of as many calls as fit a turn: whatever else the machine does only makes a call slower.
fn turn(mut side: impl FnMut() -> usize) -> f64 {
    let start = Instant::now();
    let mut fastest = Duration::MAX;
    while fastest == Duration::MAX || start.elapsed() < TURN {
        let call = Instant::now();
        black_box(side());
        fastest = fastest.min(call.elapsed());
    }
    fastest.as_secs_f64()
}

use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

use super::Lmbench;

fn read(text: &str, argv: &[&str]) -> Extraction {
    let argv: Vec<String> = argv.iter().map(|word| (*word).to_owned()).collect();
    extract::run(&Lmbench, &Captures::new().with(Stream::Stderr, text.as_bytes()).with_argv(argv), &[])
}

fn shown(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m} = {}", m.value())).collect()
}

#[test]
fn the_command_says_what_bare_rows_are() {
    assert_eq!(
        shown(&read("8.39 10231.50\n", &["/usr/lib/lmbench/bin/bw_mem", "8m", "rd"])),
        ["throughput{op=rd, size=8.39, test=bw_mem} = 10231500000"]
    );
    assert_eq!(
        shown(&read("8.388608 57\n", &["lat_mmap", "8m", "f"])),
        ["operation.latency{size=8.388608, test=lat_mmap} = 0.000057"]
    );
    assert!(read("8.39 10231.50\n", &[]).metrics.is_empty(), "without one nobody knows");
}

#[test]
fn a_command_in_the_text_does_too() {
    let text = "gcc -O -o ../bin/lat_mmap lat_mmap.c ../bin/lmbench.a\n./bin/bw_mem -P 1 8m wr\n8.39 5000.25\n";
    assert_eq!(shown(&read(text, &[])), ["throughput{op=wr, size=8.39, test=bw_mem} = 5000250000"]);
}

#[test]
fn heads_say_what_is_below_them() {
    let text = "\"size=0k ovr=3.43\n2 7.91\n\n\"stride=64\n0.50000 3.125\n\n\"mappings\n1.048576 12\n\nMemory write bandwidth\n1.05 900.00\n\n";
    assert_eq!(
        shown(&read(text, &[])),
        [
            "operation.latency{processes=2, size=0k, test=\"context switch\"} = 0.00000791",
            "operation.latency{size=0.50000, stride=64, test=\"Memory load\"} = 0.000000003125",
            "operation.latency{size=1.048576, test=mappings} = 0.000012",
            "throughput{size=1.05, test=\"Memory write bandwidth\"} = 900000000",
        ]
    );
}

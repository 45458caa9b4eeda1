use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

const HEADER: &str = "b        fastest       │ slowest       │ median        │ mean          │ samples │ iters\n";

fn read(text: &str) -> Extraction {
    extract::run(&Divan, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn a_benchmark_is_called_by_its_way_through_the_tree() {
    let text = format!(
        "{HEADER}├─ group     │ │ │ │ │\n│  ╰─ t=1   11 ns  │ 26.06 µs  │ 11.47 ns  │ 1.5 m  │ 20  │ 5120\n╰─ last  5 s  │ 5 s │ 5 s │ 5 s │ 1 │ 1\n"
    );
    let metrics = found(&read(&text));
    assert_eq!(
        metrics[..6],
        [
            "time.min{benchmark=\"b::group::t=1\"}=0.000000011 s",
            "time.max{benchmark=\"b::group::t=1\"}=0.00002606 s",
            "time.p50{benchmark=\"b::group::t=1\"}=0.00000001147 s",
            "time.mean{benchmark=\"b::group::t=1\"}=90 s",
            "sample.count{benchmark=\"b::group::t=1\"}=20 {sample}",
            "iteration.count{benchmark=\"b::group::t=1\"}=5120 {iteration}",
        ]
    );
    assert_eq!(metrics[6], "time.min{benchmark=b::last}=5 s");
}

#[test]
fn the_fastest_sample_has_the_highest_throughput() {
    let text = format!(
        "{HEADER}╰─ x  5 s  │ 6 s │ 7 s │ 8 s │ 1 │ 1\n   5.031 GB/s    │ 1.865 GiB/s    │ 4 item/s │ 3 KHz    │         │\n"
    );
    assert_eq!(
        found(&read(&text))[6..],
        [
            "throughput.max{benchmark=b::x}=5031000000 By/s",
            "throughput.min{benchmark=b::x}=2002528501.76 By/s",
            "item.rate.p50{benchmark=b::x}=4 {item}/s",
            "cycle.rate.mean{benchmark=b::x}=3000 Hz",
        ]
    );
}

#[test]
fn allocations_come_in_pairs_of_rows() {
    let text = format!(
        "{HEADER}╰─ x  5 s  │ 6 s │ 7 s │ 8 s │ 1 │ 1\n   max alloc:  │ │ │ │ │\n     1   │ 2  │ 3  │ 4   │  │\n     1 KB   │ 2 KB  │ 3 B  │ 4 KiB   │  │\n\
         \x20  grow:  │ │ │ │ │\n     0.5   │ 2  │ 3  │ 4   │  │\n"
    );
    let metrics = found(&read(&text));
    assert_eq!(metrics[6], "heap.allocations.max{benchmark=b::x, sample=fastest}=1 {allocation}");
    assert_eq!(
        metrics[9..11],
        ["heap.allocations.max{benchmark=b::x}=4 {allocation}", "heap.max{benchmark=b::x, sample=fastest}=1000 By"]
    );
    assert_eq!(metrics[13], "heap.max{benchmark=b::x}=4096 By");
    assert_eq!(metrics[14], "growth.count{benchmark=b::x, sample=fastest}=0.5 {allocation}");
}

#[test]
fn what_a_benchmark_prints_may_stand_within_its_row() {
    let found = found(&read(&format!("{HEADER}├─ loud     hello 5\n2 s  │ 6 s │ 7 s │ 8 s │ 1 │ 1\n")));
    assert_eq!(found[0], "time.min{benchmark=b::loud}=2 s");
}

#[test]
fn a_row_that_is_cut_keeps_what_is_whole() {
    let cut = read(&format!("{HEADER}╰─ x  5 s  │ 6 s │ 7 s │ 8 s │ 10 │ 1"));
    assert_eq!((cut.metrics.len(), codes(&cut)), (5, vec![code::TRUNCATED]));
    let cut = read(&format!("{HEADER}╰─ x  5 s  │ 6 s │ 7.12"));
    assert_eq!((cut.metrics.len(), codes(&cut)), (0, vec![code::TRUNCATED, code::NO_METRICS]));
}

#[test]
fn a_bad_option_is_a_failure() {
    let captures = Captures::new().with(Stream::Stderr, b"error: invalid value for one of the arguments\n".as_slice());
    assert_eq!(codes(&extract::run(&Divan, &captures, &[])), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("├─ x  5 s  │ 6 s │ 7 s │ 8 s │ 1 │ 1\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

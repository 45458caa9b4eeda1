use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

use super::Unixbench;

const RUN: &str = "8 CPUs in system; running 8 parallel copies of tests\n\n";

fn read(text: &str) -> Extraction {
    extract::run(&Unixbench, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn shown(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m} = {} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

#[test]
fn a_score_has_the_unit_of_its_label() {
    let rows = "Shell Scripts (8 concurrent)                   1200.0 lpm   (60.0 s, 2 samples)\n\
                File Copy 256 bufsize 500 maxblocks          400000.0 KBps  (30.0 s, 2 samples)\n\
                Double-Precision Whetstone                     4100.0 MWIPS (9.9 s, 7 samples)\n";
    assert_eq!(
        shown(&read(&format!("{RUN}{rows}"))),
        [
            "iteration.rate{copies=8, test=\"Shell Scripts (8 concurrent)\"} = 20 {iteration}/s",
            "throughput{copies=8, test=\"File Copy 256 bufsize 500 maxblocks\"} = 409600000 By/s",
            "instruction.rate{copies=8, test=\"Double-Precision Whetstone\"} = 4100000000 {instruction}/s",
        ]
    );
}

#[test]
fn the_old_report_has_one_table() {
    let text = "  BYTE UNIX Benchmarks (Version 4.1.0)\n\
                Pipe Throughput                          502110.4 lps   (10.0 secs, 10 samples)\n\n\
                                     INDEX VALUES            \n\
                TEST                                        BASELINE     RESULT      INDEX\n\n\
                Pipe Throughput                              12440.0   502110.4      403.6\n\
                \x20                                                                ==========\n\
                \x20    FINAL SCORE                                                     403.6\n";
    assert_eq!(
        shown(&read(text)),
        [
            "iteration.rate{test=\"Pipe Throughput\"} = 502110.4 {iteration}/s",
            "index{test=\"Pipe Throughput\"} = 403.6 1",
            "index = 403.6 1",
        ]
    );
}

#[test]
fn a_label_that_is_not_known_has_no_unit() {
    let found = read(&format!("{RUN}A Test                                        12.0 qps   (9.9 s, 7 samples)\n"));
    assert_eq!(shown(&found), ["score{copies=8, test=\"A Test\"} = 12 ?"]);
    assert_eq!(found.diagnostics[0].code, code::UNKNOWN_UNIT);
}

#[test]
fn a_test_without_a_baseline_has_no_index() {
    let table = "System Benchmarks Index Values               BASELINE       RESULT    INDEX\n\
                 Grep a Large File                                 ---          5.0      ---\n\
                 Pipe Throughput                               12440.0     622000.0    500.0\n\
                 \x20                                                                   ========\n\
                 System Benchmarks Index Score                                         500.0\n";
    assert_eq!(
        shown(&read(&format!("{RUN}{table}"))),
        ["index{copies=8, test=\"Pipe Throughput\"} = 500 1", "index{category=\"System Benchmarks\", copies=8} = 500 1"]
    );
}

use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(text: &str) -> Extraction {
    extract::run(&Dd, &Captures::new().with(Stream::Stderr, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const END: &str = "7+1 records in\n7+0 records out\n3584 bytes (3.6 kB, 3.5 KiB) copied, 5.9288e-05 s, 60.5 MB/s\n";

#[test]
fn a_copy_is_records_bytes_a_time_and_a_rate() {
    assert_eq!(
        found(&read(END)),
        [
            "record.count{direction=in, kind=full}=7 {record}",
            "record.count{direction=in, kind=partial}=1 {record}",
            "record.count{direction=out, kind=full}=7 {record}",
            "record.count{direction=out, kind=partial}=0 {record}",
            "io.bytes=3584 By",
            "elapsed=0.000059288 s",
            "throughput=60500000 By/s",
        ]
    );
}

#[test]
fn statistics_that_a_signal_asked_for_are_intervals() {
    let metrics = found(&read(&END.repeat(2)));
    assert_eq!(metrics[6], "throughput{interval=1}=60500000 By/s");
    assert_eq!(metrics[13], "throughput=60500000 By/s");
}

#[test]
fn progress_counts_only_when_there_is_nothing_else() {
    let progress = "1000 bytes (1 kB, 1000 B) copied, 1 s, 1.0 kB/s\r2000 bytes (2 kB, 2.0 KiB) copied, 2 s, 1.5 kB/s";
    assert_eq!(found(&read(&format!("\r{progress}")))[2], "throughput{interval=1}=1500 By/s");
    let ended = read(&format!("\r{progress}\n{END}"));
    assert_eq!((ended.metrics.len(), ended.metrics.named("throughput").count()), (7, 1));
}

#[test]
fn without_time_there_is_no_rate() {
    let found = read("0+0 records in\n0+0 records out\n0 bytes copied, 0 s, Infinity B/s\n");
    assert_eq!((found.metrics.named("throughput").count(), codes(&found)), (0, vec![code::NOT_FINITE]));
}

#[test]
fn an_error_fails_the_run_and_keeps_its_numbers() {
    let found = read(&format!("dd: error writing 'x': No space left on device\n{END}"));
    assert_eq!((found.metrics.len(), codes(&found)), (7, vec![code::TOOL_FAILED]));
    let warned = read(&format!("dd: warning: partial read (5 bytes); suggest iflag=fullblock\n{END}"));
    assert_eq!(codes(&warned), [code::DEGRADED]);
}

#[test]
fn a_line_that_is_cut_gives_nothing() {
    let cut = read(&END[..END.len() - 6]);
    assert_eq!((cut.metrics.len(), codes(&cut)), (4, vec![code::TRUNCATED]));
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("3584 bytes from 127.0.0.1: time=5 ms\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

#[test]
fn a_message_may_have_the_path_of_the_program() {
    let said =
        extract::run(&Dd, &Captures::new().with(Stream::Stderr, "/usr/bin/dd: unrecognized operand ‘foo=1’\n".as_bytes()), &[]);
    assert_eq!(said.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_translated_output_has_the_metrics_of_an_english_one() {
    let german = "32+0 Datensätze ein\n31+1 Datensätze aus\n33554432 Bytes (34 MB, 32 MiB) kopiert, 1,234 s, 7,7 GB/s\n";
    let metrics = found(&read(german));
    assert_eq!(metrics[..3], found(&read(&german.replace("Datensätze ein", "records in")))[..3]);
    let expected = [
        "record.count{direction=in, kind=full}=32 {record}",
        "record.count{direction=in, kind=partial}=0 {record}",
        "record.count{direction=out, kind=full}=31 {record}",
        "record.count{direction=out, kind=partial}=1 {record}",
        "io.bytes=33554432 By",
    ];
    assert_eq!(metrics, expected);
    assert_eq!(codes(&read(german)), [code::NOT_A_NUMBER; 2], "a decimal comma is said, never taken for one of thousands");
    let chinese = "输入了 1+0 块记录\n输出了 1+0 块记录\n100 字节已复制，0.00221601 s，45.1 kB/s\n";
    let metrics = found(&read(chinese));
    assert_eq!(metrics[5..], ["elapsed=0.00221601 s", "throughput=45100 By/s"]);
}

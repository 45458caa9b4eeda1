use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

const HEADER: &str = "--- . (ext4 /dev/vda 252.0 GiB) ioping statistics ---\n";

fn run(text: &str, argv: &[&str]) -> Extraction {
    let argv: Vec<String> = argv.iter().map(|arg| (*arg).to_owned()).collect();
    extract::run(&Ioping, &Captures::new().with(Stream::Stdout, text.as_bytes()).with_argv(argv), &[])
}

fn read(text: &str) -> Extraction {
    run(text, &["ioping", "."])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn each_number_of_the_statistics_has_its_own_unit() {
    let text = "12.5 k requests completed in 1.95 s, 48.8 MiB read, 6.42 k iops, 25.1 MiB/s\n\
                3 too fast, 1.5 k too slow, generated 12.5 k requests in 2.50 min, 48.8 MiB, 0 iops, 74 B/s\n\
                min/avg/max/mdev = 48.0 us / 155.7 us / 11.4 ms / 588.4 us\n";
    assert_eq!(
        found(&read(&format!("{HEADER}{text}"))),
        [
            "request.count=12500 {request}",
            "request.latency.sum=1.95 s",
            "io.bytes=51170508.8 By",
            "iops=6420 {io}/s",
            "throughput=26319257.6 By/s",
            "load.request.count=12500 {request}",
            "elapsed=150 s",
            "load.bytes=51170508.8 By",
            "load.iops=0 {io}/s",
            "load.throughput=74 By/s",
            "request.too_fast=3 {request}",
            "request.too_slow=1500 {request}",
            "request.latency.min=0.000048 s",
            "request.latency.mean=0.0001557 s",
            "request.latency.max=0.0114 s",
            "request.latency.stddev=0.0005884 s",
        ]
    );
}

#[test]
fn old_statistics_have_one_unit_for_all() {
    let text = "186 requests completed in 3004.6 ms, 62 iops, 0.2 MiB/s\nmin/avg/max/mdev = 6.4/16.0/26.8/4.7 ms\n";
    let metrics = found(&read(&format!("{HEADER}{text}")));
    assert_eq!(metrics[1..3], ["elapsed=3.0046 s", "iops=62 {io}/s"]);
    assert_eq!(metrics[4], "request.latency.min=0.0064 s");
}

#[test]
fn raw_rows_are_intervals_unless_they_are_the_run() {
    let row = "2 1781169 1123 4599227 249455 890584 1531714 641130 3 100386505\n";
    let latencies = |extraction: &Extraction| -> Vec<String> {
        found(extraction).into_iter().filter(|m| m.starts_with("request.latency.mean")).collect()
    };
    assert_eq!(latencies(&read(row)), ["request.latency.mean=0.000890584 s"]);
    let (first, second) = ("request.latency.mean{interval=1}=0.000890584 s", "request.latency.mean{interval=2}=0.000890584 s");
    assert_eq!(latencies(&read(&row.repeat(2))), [first, second]);
    assert_eq!(latencies(&run(&row.repeat(2), &["ioping", "-B", "-p", "2"])), [first, "request.latency.mean=0.000890584 s"]);
    assert_eq!(Ioping.sniff(&Text::new(row.as_bytes())), Sniff::Possible);
}

#[test]
fn of_several_statistics_in_json_the_last_is_the_run() {
    let item = |mean: u32| {
        format!("{{\"timestamp\": 1.5, \"target\": {{\"path\": \".\"}}, \"stat\": {{\"count\": 2, \"avg\": {mean}}}}}")
    };
    let text = format!("[{},{}]\n", item(1000), item(2000));
    let metrics = found(&read(&text));
    assert_eq!(metrics[1], "request.latency.mean{interval=1}=0.000001 s");
    assert_eq!(metrics[3], "request.latency.mean=0.000002 s");
    let cut = read(&text[..text.len() - 4]);
    assert_eq!(found(&cut)[1], "request.latency.mean{interval=1}=0.000001 s");
    assert_eq!(codes(&cut), [code::TRUNCATED]);
}

#[test]
fn without_a_request_that_counts_there_is_no_latency() {
    let text = "0 requests completed in 0 ns, 0 B read, 0 iops, 0 B/s\ngenerated 3 requests in 23.2 ms, 12 KiB, 129 iops, 516.6 KiB/s\n\
                min/avg/max/mdev = 0 ns / 0 ns / 0 ns / 0 ns\n";
    let found = read(&format!("{HEADER}{text}"));
    assert_eq!((found.metrics.named("request.latency.min").count(), codes(&found)), (0, vec![code::NO_SAMPLES]));
}

#[test]
fn an_error_is_a_failure() {
    let captures =
        Captures::new().with(Stream::Stderr, b"ioping: stat \"./nope\" failed: No such file or directory\n".as_slice());
    assert_eq!(codes(&extract::run(&Ioping, &captures, &[])), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_line_that_is_cut_gives_nothing() {
    let cut = read(&format!("{HEADER}4 requests completed in 1.20 ms, 16 KiB read, 3.32 k iops, 13."));
    assert_eq!(codes(&cut), [code::TRUNCATED, code::NO_METRICS]);
    let row = read("2 1781169 1123 4599227 249455 890584 1531714 641130 3 1003");
    assert_eq!((row.metrics.len(), row.metrics.named("elapsed").count()), (9, 0));
}

#[test]
fn what_a_unit_ends_is_whole() {
    let found = read(&format!("{HEADER}min/avg/max/mdev = 256.8 us / 300.9 us / 335.5 us / 29.7 us"));
    assert_eq!((found.metrics.len(), codes(&found)), (4, vec![]));
    let cut = read(&format!("{HEADER}min/avg/max/mdev = 256.8 us / 300.9 us / 335.5 us / 29.7 u"));
    assert_eq!((cut.metrics.len(), codes(&cut)), (0, vec![code::TRUNCATED, code::NO_METRICS]));
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("rtt min/avg/max/mdev = 0.1/0.2/0.3/0.4 ms\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

#[test]
fn a_message_may_have_the_path_of_the_program() {
    let said = extract::run(
        &Ioping,
        &Captures::new().with(Stream::Stderr, "/usr/bin/ioping: unrecognized option '--foo'\n".as_bytes()),
        &[],
    );
    assert_eq!(said.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [code::TOOL_FAILED, code::NO_METRICS]);
}

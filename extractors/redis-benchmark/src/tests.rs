use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str) -> Extraction {
    extract::run(&RedisBenchmark, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const REPORT: &str = "\
====== SET ======
  2000 requests completed in 0.07 seconds
  2 parallel clients

Latency by percentile distribution:
0.000% <= 0.023 milliseconds (cumulative count 191)
50.000% <= 0.039 milliseconds (cumulative count 1718)
98.438% <= 0.143 milliseconds (cumulative count 1971)
100.000% <= 4.767 milliseconds (cumulative count 2000)

Cumulative distribution of latencies:
98.250% <= 0.103 milliseconds (cumulative count 1965)

Summary:
  throughput summary: 27027.03 requests per second
  latency summary (msec):
          avg       min       p50       p95       p99       max
        0.062     0.016     0.039     0.055     0.583     4.767
";

#[test]
fn a_report_has_a_rate_and_latencies_in_milliseconds() {
    assert_eq!(
        found(&read(&format!(" \rSET: rps=0.0 (overall: inf) avg_msec=0.074\r    \r{REPORT}"))),
        [
            "request.count{command=SET}=2000 {request}",
            "elapsed{command=SET}=0.07 s",
            "request.latency.p98_438{command=SET}=0.000143 s",
            "request.rate{command=SET}=27027.03 {request}/s",
            "request.latency.mean{command=SET}=0.000062 s",
            "request.latency.min{command=SET}=0.000016 s",
            "request.latency.p50{command=SET}=0.000039 s",
            "request.latency.p95{command=SET}=0.000055 s",
            "request.latency.p99{command=SET}=0.000583 s",
            "request.latency.max{command=SET}=0.004767 s",
        ]
    );
}

#[test]
fn a_loop_repeats_its_tests() {
    let twice = read("SET: 1.00 requests per second, p50=2.000 msec\nSET: 3.00 requests per second, p50=4.000 msec\n");
    assert_eq!(
        found(&twice),
        [
            "request.rate{command=SET}=1 {request}/s",
            "request.latency.p50{command=SET}=0.002 s",
            "request.rate{command=SET, repetition=2}=3 {request}/s",
            "request.latency.p50{command=SET, repetition=2}=0.004 s",
        ]
    );
    assert_eq!(codes(&twice), [""; 0]);
}

#[test]
fn rows_that_come_twice_are_of_two_tests() {
    let row = "  2000 requests completed in 0.07 seconds\n";
    let names: Vec<String> = read(&row.repeat(3)).metrics.named("elapsed").map(|m| m.to_string()).collect();
    assert_eq!(names, ["elapsed{command=\"\"}", "elapsed{command=\"\", repetition=2}", "elapsed{command=\"\", repetition=3}"]);
}

#[test]
fn a_command_in_csv_may_have_quotes_and_commas() {
    let csv = "\"test\",\"rps\",\"avg_latency_ms\"\n\"eval f(\"a\",\"b\") 1\",\"10.00\",\"0.500\"\n";
    let names: Vec<String> = found(&read(csv));
    assert_eq!(
        names,
        [
            "request.rate{command=\"eval f(\\\"a\\\",\\\"b\\\") 1\"}=10 {request}/s",
            "request.latency.mean{command=\"eval f(\\\"a\\\",\\\"b\\\") 1\"}=0.0005 s"
        ]
    );
    assert_eq!(codes(&read(&csv[..csv.len() - 2])), [code::TRUNCATED, code::NO_METRICS]);
}

#[test]
fn what_older_versions_print_is_read() {
    let old = "\
====== PING_INLINE ======
  100000 requests completed in 1.54 seconds
  50 parallel clients
  3 bytes payload
  keep alive: 1

0.00% <= 0 milliseconds
85.63% <= 1 milliseconds
100.00% <= 3 milliseconds
100.00% <= 4 milliseconds
65061.81 requests per second

";
    assert_eq!(
        found(&read(old)),
        [
            "request.count{command=PING_INLINE}=100000 {request}",
            "elapsed{command=PING_INLINE}=1.54 s",
            "request.latency.p85_63{command=PING_INLINE}=0.001 s",
            "request.latency.p100{command=PING_INLINE}=0.004 s",
            "request.rate{command=PING_INLINE}=65061.81 {request}/s"
        ]
    );
    assert_eq!(found(&read("\"GET\",\"65061.81\"\nSET: 5.00 requests per second\n")).len(), 2);
    assert_eq!(RedisBenchmark.sniff(&Text::new(old.as_bytes())), Sniff::Likely);
    assert_eq!(RedisBenchmark.sniff(&Text::new(b"PING_INLINE: 120048.02 requests per second\n")), Sniff::Likely);
}

#[test]
fn a_table_that_was_cut_is_said() {
    let end = REPORT.find("4.767\n").unwrap();
    let cut = read(&REPORT[..end - 2]);
    assert_eq!((cut.metrics.named("request.latency.max").count(), codes(&cut)), (0, vec![code::TRUNCATED]));
    assert_eq!(codes(&read(REPORT.trim_end())), [""; 0], "three decimals are all there are");
}

#[test]
fn errors_fail_the_run_whoever_makes_them() {
    for error in ["Could not connect to Redis at 127.0.0.1:1: Connection refused\n", "Error from server: ERR unknown command\n"] {
        let said = extract::run(&RedisBenchmark, &Captures::new().with(Stream::Stderr, error.as_bytes()), &[]);
        assert_eq!(codes(&said), [code::TOOL_FAILED, code::NO_METRICS], "{error}");
    }
    let stuck = read(" \rGET: rps=0.0 (overall: 0.0) avg_msec=-nan (overall: -nan)\r");
    assert_eq!(codes(&stuck), [code::TRUNCATED, code::NO_METRICS]);
}

#[test]
fn other_texts_are_not_mine() {
    assert_eq!(RedisBenchmark.sniff(&Text::new(b"Requests per second:    2693.60 [#/sec] (mean)\n")), Sniff::No);
    assert_eq!(codes(&read("hello\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

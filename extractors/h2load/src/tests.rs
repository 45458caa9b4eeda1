use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str) -> Extraction {
    extract::run(&H2load, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const RUN: &str = "\
starting benchmark...
spawning thread #0: 4 total client(s). 1000 total requests
Application protocol: h2c
progress: 100% done

finished in 83.66ms, 11952.57 req/s, 3.00MB/s
requests: 1000 total, 999 started, 998 done, 997 succeeded, 3 failed, 2 errored, 1 timeout
status codes: 990 2xx, 4 3xx, 3 4xx, 1 5xx
traffic: 258.00KB (264196) total, 105.47KB (108000) headers (space savings 38.98%), 134.77KB (138000) data
UDP datagram: 12 sent, 34 received
                     min         max         mean         sd        +/- sd
time for request:       72us      8.04ms      1.01s       1.58ms    86.40%
time for connect:      287us       552us       396us       112us    75.00%
time to 1st byte:     1.05ms      1.31ms      1.15ms       110us    75.00%
req/s           :    3262.08     3360.24     3331.88       46.78    75.00%
";

#[test]
fn a_run_has_totals_and_times() {
    assert_eq!(
        found(&read(RUN)),
        [
            "elapsed=0.08366 s",
            "request.rate=11952.57 {request}/s",
            "throughput=3145728 By/s",
            "request.count=1000 {request}",
            "request.started=999 {request}",
            "request.done=998 {request}",
            "request.succeeded=997 {request}",
            "request.failed=3 {request}",
            "request.errored=2 {request}",
            "request.timeout=1 {request}",
            "response.count{status=2xx}=990 {response}",
            "response.count{status=3xx}=4 {response}",
            "response.count{status=4xx}=3 {response}",
            "response.count{status=5xx}=1 {response}",
            "transfer.bytes=264196 By",
            "header.bytes=108000 By",
            "header.savings=0.3898 1",
            "body.bytes=138000 By",
            "datagram.count{direction=sent}=12 {datagram}",
            "datagram.count{direction=received}=34 {datagram}",
            "request.latency.min=0.000072 s",
            "request.latency.max=0.00804 s",
            "request.latency.mean=1.01 s",
            "request.latency.stddev=0.00158 s",
            "request.latency.within_stddev=0.864 1",
            "connect.time.min=0.000287 s",
            "connect.time.max=0.000552 s",
            "connect.time.mean=0.000396 s",
            "connect.time.stddev=0.000112 s",
            "connect.time.within_stddev=0.75 1",
            "first_byte.time.min=0.00105 s",
            "first_byte.time.max=0.00131 s",
            "first_byte.time.mean=0.00115 s",
            "first_byte.time.stddev=0.00011 s",
            "first_byte.time.within_stddev=0.75 1",
            "client.request.rate.min=3262.08 {request}/s",
            "client.request.rate.max=3360.24 {request}/s",
            "client.request.rate.mean=3331.88 {request}/s",
            "client.request.rate.stddev=46.78 {request}/s",
            "client.request.rate.within_stddev=0.75 1",
        ]
    );
    assert_eq!(codes(&read(RUN)), [""; 0]);
}

#[test]
fn when_no_request_was_done_times_are_placeholders() {
    let none = "\
starting benchmark...

finished in 4.68ms, 0.00 req/s, 0B/s
requests: 10 total, 2 started, 0 done, 0 succeeded, 10 failed, 10 errored, 0 timeout
                     min         max         mean         sd        +/- sd
time for request:        0us         0us         0us         0us     0.00%
time for connect:      100us       300us       200us       141us   100.00%
time to 1st byte:        0us         0us         0us         0us     0.00%
req/s           :       0.00        0.00        0.00        0.00   100.00%
";
    let none = read(none);
    let found = found(&none);
    assert!(found.iter().any(|m| m == "connect.time.mean=0.0002 s"), "{found:#?}");
    assert!(found.iter().all(|m| !m.contains("latency") && !m.contains("first_byte") && !m.contains("client")), "{found:#?}");
    assert_eq!(codes(&none).iter().filter(|c| **c == code::NO_SAMPLES).count(), 15);
    assert!(codes(&none).contains(&code::TOOL_FAILED));
}

#[test]
fn the_columns_are_those_that_are_named() {
    let table = "\
                     min         max         median      p95         p99         mean         sd        +/- sd
time for request:       1us         9us         2us         3us         4us         5us         6us    86.40%
";
    let names: Vec<String> = read(table).metrics.iter().map(|m| m.name().to_owned()).collect();
    let stats = ["min", "max", "p50", "p95", "p99", "mean", "stddev", "within_stddev"];
    assert_eq!(names, stats.map(|stat| format!("request.latency.{stat}")));
}

#[test]
fn older_versions_print_whole_bytes() {
    let old = "traffic: 4125025824 bytes total, 11023424 bytes headers (space savings 93.07%), 4096000000 bytes data\n";
    assert_eq!(
        found(&read(old)),
        ["transfer.bytes=4125025824 By", "header.bytes=11023424 By", "header.savings=0.9307 1", "body.bytes=4096000000 By"]
    );
}

#[test]
fn a_run_that_was_cut_or_repeated_is_said() {
    let cut = read(&RUN[..RUN.find("997 succ").unwrap()]);
    assert_eq!((cut.metrics.len(), codes(&cut)), (3, vec![code::TRUNCATED]));
    assert_eq!(codes(&read(RUN.trim_end())), [""; 0]);
    let twice = read(&format!("{RUN}{RUN}"));
    assert_eq!((twice.metrics.len(), codes(&twice)), (80, vec![code::SEVERAL_DOCUMENTS]));
    let rates: Vec<String> = twice.metrics.named("request.rate").map(|m| m.to_string()).collect();
    assert_eq!(rates, ["request.rate{repetition=1}", "request.rate"]);
}

#[test]
fn other_texts_are_not_mine() {
    assert_eq!(H2load.sniff(&Text::new(b"requests: 5 total\nreq/s: 5\nfinished in 5s\n")), Sniff::No);
    assert_eq!(codes(&read("hello\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

#[test]
fn before_1_7_a_table_has_no_rates() {
    let old = "starting benchmark...\n\nfinished in 89.28ms, 1120.05 req/s, 1.52MB/s\nrequests: 100 total, 100 started, 100 done, 100 succeeded, 0 failed, 0 errored\ntraffic: 142480 bytes total, 1880 bytes headers, 140000 bytes data\n                     min         max         mean         sd        +/- sd\ntime for request:     1.19ms     22.08ms      8.69ms      4.81ms    68.00%\n";
    assert_eq!(codes(&read(old)), [""; 0]);
    assert!(found(&read(old)).contains(&"transfer.bytes=142480 By".to_owned()));
}

#[test]
fn a_message_may_have_the_path_of_the_program() {
    let said = extract::run(
        &H2load,
        &Captures::new().with(Stream::Stderr, "/usr/bin/h2load: unrecognized option '--foo'\n".as_bytes()),
        &[],
    );
    assert_eq!(said.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [code::TOOL_FAILED, code::NO_METRICS]);
}

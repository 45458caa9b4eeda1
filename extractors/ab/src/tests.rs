use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str) -> Extraction {
    extract::run(&Ab, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const REPORT: &str = "\
This is ApacheBench, Version 2.3 <$Revision$>

Benchmarking 127.0.0.1 (be patient).....done


Server Software:        nginx/1.22.1

Concurrency Level:      6
Time taken for tests:   0.616 seconds
Complete requests:      3000
Failed requests:        7
   (Connect: 1, Receive: 2, Length: 3, Exceptions: 1)
Write errors:           4
Non-2xx responses:      5
Keep-Alive requests:    6
Total transferred:      1113000 bytes
Total body sent:        7950
HTML transferred:       414000 bytes
Requests per second:    4871.00 [#/sec] (mean)
Time per request:       1.232 [ms] (mean)
Time per request:       0.205 [ms] (mean, across all concurrent requests)
Transfer rate:          2.00 [Kbytes/sec] received
                        3.00 kb/s sent
                        5.00 kb/s total

Connection Times (ms)
              min  mean[+/-sd] median   max
Connect:        0    1   2.5      3       4
Total:          5    6   7.5      8       9

Percentage of the requests served within a certain time (ms)
  50%      8
 100%     12 (longest request)
";

#[test]
fn a_report_has_kibibytes_and_milliseconds() {
    assert_eq!(
        found(&read(REPORT)),
        [
            "elapsed=0.616 s",
            "request.count=3000 {request}",
            "request.failed=7 {request}",
            "request.failed{kind=connect}=1 {request}",
            "request.failed{kind=receive}=2 {request}",
            "request.failed{kind=length}=3 {request}",
            "request.failed{kind=exception}=1 {request}",
            "error.count{kind=write}=4 {error}",
            "response.error.count=5 {response}",
            "request.keep_alive=6 {request}",
            "transfer.bytes=1113000 By",
            "sent.bytes=7950 By",
            "body.bytes=414000 By",
            "request.rate=4871 {request}/s",
            "request.latency.mean=0.001232 s",
            "request.interval.mean=0.000205 s",
            "throughput=2048 By/s",
            "throughput{direction=sent}=3072 By/s",
            "throughput{direction=total}=5120 By/s",
            "connect.time.min=0 s",
            "connect.time.mean=0.001 s",
            "connect.time.stddev=0.0025 s",
            "connect.time.p50=0.003 s",
            "connect.time.max=0.004 s",
            "request.latency.min=0.005 s",
            "request.latency.mean{source=connection_times}=0.006 s",
            "request.latency.stddev=0.0075 s",
            "request.latency.p50{source=connection_times}=0.008 s",
            "request.latency.max=0.009 s",
            "request.latency.p50=0.008 s",
            "request.latency.p100=0.012 s",
        ]
    );
    assert_eq!(codes(&read(REPORT)), [code::BELOW_RESOLUTION]);
}

#[test]
fn csv_is_more_exact_than_the_table() {
    let csv = REPORT.replace("...done", "Percentage served,Time in ms\n0,0.303\n50,8.123\n100,12.500\n..done");
    let found = found(&read(&csv));
    for metric in [
        "request.latency.p0=0.000303 s",
        "request.latency.p50=0.008123 s",
        "request.latency.p100=0.0125 s",
        "request.latency.p50{source=table}=0.008 s",
    ] {
        assert!(found.iter().any(|m| m == metric), "{metric} in {found:#?}");
    }
    assert_eq!(read("Percentage served,Time in ms\n50,8.123\n").metrics.len(), 1);
}

#[test]
fn html_is_the_same_report() {
    let html = "\
 This is ApacheBench, Version 2.3 <i>&lt;$Revision$&gt;</i><br>
<tr ><th colspan=2 bgcolor=white>Server Software:</th><td colspan=2 bgcolor=white>tiny</td></tr>
<tr ><th colspan=2 bgcolor=white>Complete requests:</th><td colspan=2 bgcolor=white>50</td></tr>
<tr ><td colspan=4 bgcolor=white >   (Connect: 1, Length: 2, Exceptions: 3)</td></tr>
<tr ><th colspan=2 bgcolor=white>Requests per second:</th><td colspan=2 bgcolor=white>2642.99</td></tr>
<tr ><th colspan=2 bgcolor=white>Transfer rate:</th><td colspan=2 bgcolor=white>2.00 kb/s received</td></tr>
<tr ><td colspan=2 bgcolor=white>&nbsp;</td><td colspan=2 bgcolor=white>3.00 kb/s sent</td></tr>
<tr ><th bgcolor=white>Total:</th><td bgcolor=white>    1</td><td bgcolor=white>    2</td><td bgcolor=white>    5</td></tr>
";
    assert_eq!(
        found(&read(html)),
        [
            "request.count=50 {request}",
            "request.failed{kind=connect}=1 {request}",
            "request.failed{kind=length}=2 {request}",
            "request.failed{kind=exception}=3 {request}",
            "request.rate=2642.99 {request}/s",
            "throughput=2048 By/s",
            "throughput{direction=sent}=3072 By/s",
            "request.latency.min=0.001 s",
            "request.latency.mean{source=connection_times}=0.002 s",
            "request.latency.max=0.005 s",
        ]
    );
}

#[test]
fn when_nothing_succeeded_times_are_placeholders() {
    let none = read(&REPORT.replace("Complete requests:      3000", "Complete requests:      4"));
    assert!(found(&none).iter().all(|m| !m.contains("latency") && !m.contains("connect.time")));
    assert_eq!(codes(&none).iter().filter(|c| **c == code::NO_SAMPLES).count(), 14);
}

#[test]
fn a_report_that_was_cut_or_repeated_is_said() {
    assert_eq!(*codes(&read(&REPORT[..REPORT.find("Requests per").unwrap()])).last().unwrap(), code::TRUNCATED);
    let cut = read(&REPORT[..REPORT.find("9\n\nPercentage").unwrap() + 1]);
    assert_eq!((cut.metrics.named("request.latency.max").count(), *codes(&cut).last().unwrap()), (0, code::TRUNCATED));
    let twice = read(&format!("{REPORT}{REPORT}"));
    assert_eq!((twice.metrics.len(), codes(&twice)[0]), (62, code::BELOW_RESOLUTION));
    let medians: Vec<String> = twice.metrics.named("request.latency.p50").map(|m| m.to_string()).collect();
    let source = ["request.latency.p50{source=connection_times}", "request.latency.p50"];
    assert_eq!(
        medians,
        ["request.latency.p50{repetition=1, source=connection_times}", "request.latency.p50{repetition=1}", source[0], source[1]]
    );
    assert!(codes(&twice).contains(&code::SEVERAL_DOCUMENTS));
}

#[test]
fn errors_fail_the_run() {
    for error in ["apr_socket_recv: Connection refused (111)\n", "ab: wrong number of arguments\n"] {
        let said = extract::run(&Ab, &Captures::new().with(Stream::Stderr, error.as_bytes()), &[]);
        assert_eq!(codes(&said), [code::TOOL_FAILED, code::NO_METRICS], "{error}");
    }
    let early =
        read("This is ApacheBench, Version 2.3 <$Revision$>\nBenchmarking x (be patient)\nTotal of 42 requests completed\n");
    assert_eq!(found(&early), ["request.count=42 {request}"]);
}

#[test]
fn other_texts_are_not_mine() {
    assert_eq!(Ab.sniff(&Text::new(b"Requests per second: 5\nTotal: 1 2 3\n")), Sniff::No);
    assert_eq!(codes(&read("Requests per second: 5\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

#[test]
fn a_message_may_have_the_path_of_the_program() {
    let said =
        extract::run(&Ab, &Captures::new().with(Stream::Stderr, "/usr/bin/ab: wrong number of arguments\n".as_bytes()), &[]);
    assert_eq!(said.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [code::TOOL_FAILED, code::NO_METRICS]);
}

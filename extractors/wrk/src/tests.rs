use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str) -> Extraction {
    extract::run(&Wrk, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const RUN: &str = "\
Running 2m test @ http://127.0.0.1/
  2 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.68ms    4.08us   1.10m    94.14%
    Req/Sec     7.98k     1.73M    0.00     62.50%
  Latency Distribution
     50%  201.00us
     99%    2.10s
  32089 requests in 1.50m, 7.50KB read
  Socket errors: connect 1, read 2, write 3, timeout 4
  Non-2xx or 3xx responses: 29
Requests/sec:  15898.46
Transfer/sec:    500.00B
";

#[test]
fn letters_are_units() {
    assert_eq!(
        found(&read(RUN)),
        [
            "request.latency.mean=0.00168 s",
            "request.latency.stddev=0.00000408 s",
            "request.latency.max=66 s",
            "request.latency.within_stddev=0.9414 1",
            "thread.request.rate.mean=7980 {request}/s",
            "thread.request.rate.stddev=1730000 {request}/s",
            "thread.request.rate.max=0 {request}/s",
            "thread.request.rate.within_stddev=0.625 1",
            "request.latency.p50=0.000201 s",
            "request.latency.p99=2.1 s",
            "request.count=32089 {request}",
            "elapsed=90 s",
            "transfer.bytes=7680 By",
            "error.count{kind=connect}=1 {error}",
            "error.count{kind=read}=2 {error}",
            "error.count{kind=write}=3 {error}",
            "error.count{kind=timeout}=4 {error}",
            "response.error.count=29 {response}",
            "request.rate=15898.46 {request}/s",
            "throughput=500 By/s",
        ]
    );
}

#[test]
fn without_an_answer_there_is_no_latency() {
    let none = "\
Running 1s test @ http://127.0.0.1/
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     0.00us    0.00us   0.00us    -nan%
    Req/Sec     0.00      0.00     0.00      -nan%
  Latency Distribution
     50%    0.00us
  0 requests in 1.01s, 0.00B read
Requests/sec:      0.00
Transfer/sec:       0.00B
";
    let none = read(none);
    assert_eq!(
        found(&none),
        ["request.count=0 {request}", "elapsed=1.01 s", "transfer.bytes=0 By", "request.rate=0 {request}/s", "throughput=0 By/s"]
    );
    assert_eq!(codes(&none).iter().filter(|c| **c == code::NO_SAMPLES).count(), 9);
}

#[test]
fn what_wrk2_corrects_is_told_from_what_it_does_not() {
    let two = "\
Running 30s test @ http://127.0.0.1:80/index.html
  2 threads and 100 connections
  Thread calibration: mean lat.: 10087 usec, rate sampling interval: 22 msec
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     6.60ms    1.92ms  12.50ms   68.46%
    Req/Sec     1.04k     1.08k    2.50k    72.79%
  Latency Distribution (HdrHistogram - Recorded Latency)
 50.000%    6.67ms
 99.990%   12.45ms
100.000%   12.50ms

  Detailed Percentile spectrum:
       Value   Percentile   TotalCount 1/(1-Percentile)

       0.921     0.000000            1         1.00
      12.503     1.000000        39500          inf
#[Mean    =        6.602, StdDeviation   =        1.919]
#[Max     =       12.496, Total count    =        39500]
#[Buckets =           27, SubBuckets     =         2048]
----------------------------------------------------------

  Latency Distribution (HdrHistogram - Uncorrected Latency (measured without taking delayed starts into account))
 50.000%    2.67ms

  Detailed Percentile spectrum:
#[Mean    =        2.602, StdDeviation   =        1.000]
----------------------------------------------------------
  60018 requests in 30.00s, 19.81MB read
Requests/sec:   2000.28
Transfer/sec:    676.18KB
";
    let found = found(&read(two));
    for metric in [
        "request.latency.p50=0.00667 s",
        "request.latency.p99_99=0.01245 s",
        "request.latency.mean=0.0066 s",
        "request.latency.mean{source=histogram}=0.006602 s",
        "request.latency.max{source=histogram}=0.012496 s",
        "request.latency.p50{uncorrected=true}=0.00267 s",
        "request.latency.mean{uncorrected=true}=0.002602 s",
        "request.rate=2000.28 {request}/s",
    ] {
        assert!(found.iter().any(|m| m == metric), "{metric} in {found:#?}");
    }
    assert_eq!(codes(&read(two)), [""; 0]);
}

#[test]
fn what_a_script_prints_is_not_wrks() {
    let scripted = read(&format!("{RUN}50%,83\n99%,1.00ms\n 3 requests in 5s\n"));
    assert_eq!((scripted.metrics.len(), codes(&scripted).contains(&code::TRUNCATED)), (20, false));
}

#[test]
fn a_run_that_was_cut_or_repeated_is_said() {
    let cut = read(&RUN[..RUN.find("15898.46").unwrap() + 4]);
    assert_eq!((cut.metrics.named("request.rate").count(), *codes(&cut).last().unwrap()), (0, code::TRUNCATED));
    let twice = read(&format!("{RUN}{RUN}"));
    assert_eq!((twice.metrics.len(), codes(&twice).contains(&code::SEVERAL_DOCUMENTS)), (40, true));
    let three = read(&RUN.repeat(3));
    let rates: Vec<String> = three.metrics.named("request.rate").map(|m| m.to_string()).collect();
    assert_eq!(rates, ["request.rate{repetition=1}", "request.rate{repetition=2}", "request.rate"]);
}

#[test]
fn why_there_was_no_run_is_said() {
    for error in ["unable to connect to 127.0.0.1:9 Connection refused\n", "wrk: invalid option -- 'q'\n"] {
        let said = extract::run(&Wrk, &Captures::new().with(Stream::Stderr, error.as_bytes()), &[]);
        assert_eq!(codes(&said), [code::TOOL_FAILED, code::NO_METRICS], "{error}");
    }
    assert_eq!(codes(&read("hello\n")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(Wrk.sniff(&Text::new(b"Requests per second:  5\nRequests/sec: 5\n")), Sniff::No);
}

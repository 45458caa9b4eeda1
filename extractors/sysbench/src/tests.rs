use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str) -> Extraction {
    extract::run(&Sysbench, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const TAIL: &str = "\
General statistics:
    total time:                          1.0008s
    total number of events:              2212

Latency (ms):
         min:                                    0.39
         avg:                                    0.45
         max:                                   12.56
         99th percentile:                        0.50
         sum:                                  999.84

Threads fairness:
    events (avg/stddev):           2214.0000/1.50
    execution time (avg/stddev):   0.9998/0.02
";

#[test]
fn a_report_has_latencies_in_milliseconds() {
    assert_eq!(
        found(&read(&format!("Threads started!\n\nCPU speed:\n    events per second:  2206.11\n\n{TAIL}"))),
        [
            "event.rate=2206.11 {event}/s",
            "elapsed=1.0008 s",
            "event.count=2212 {event}",
            "event.latency.min=0.00039 s",
            "event.latency.mean=0.00045 s",
            "event.latency.max=0.01256 s",
            "event.latency.p99=0.0005 s",
            "event.latency.sum=0.99984 s",
            "thread.events.mean=2214 {event}",
            "thread.events.stddev=1.5 {event}",
            "thread.time.mean=0.9998 s",
            "thread.time.stddev=0.02 s",
        ]
    );
}

#[test]
fn a_checkpoint_is_apart_from_the_end() {
    let two = read(&format!("sysbench 1.0.20 (using x)\nThreads started!\n[ 1s ] Checkpoint report:\n{TAIL}\n{TAIL}"));
    let counts: Vec<_> = two.metrics.named("event.count").map(|m| m.to_string()).collect();
    assert_eq!(counts, ["event.count{checkpoint=1}", "event.count"]);
    assert_eq!(codes(&two), [""; 0]);
}

#[test]
fn intervals_carry_their_time() {
    let lines = "\
Threads started!
[ 1s ] thds: 2 eps: 4715.40 lat (ms,99%): 0.51
[ 1s ] queue length: 3, concurrency: 2
[ 2s ] thds: 4 tps: 12.30 qps: 246.00 (r/w/o: 172.20/49.20/24.60) lat (ms,95%): 4.33 err/s: 0.10 reconn/s: 0.00
[ 3s ] reads: 737.13 MiB/s writes: 491.42 MiB/s fsyncs: 1571.55/s latency (ms,99%): 0.432
[ 4s ] 2.00 MiB/sec
[ 5s ] thds: 2 eps: 4715.40 lat (ms,0%): 0.00
";
    assert_eq!(
        found(&read(lines)),
        [
            "event.rate{interval=1}=4715.4 {event}/s",
            "event.latency.p99{interval=1}=0.00051 s",
            "queue.length{interval=1}=3 {event}",
            "concurrency{interval=1}=2 {event}",
            "transaction.rate{interval=2}=12.3 {transaction}/s",
            "query.rate{interval=2}=246 {query}/s",
            "query.rate{interval=2, op=read}=172.2 {query}/s",
            "query.rate{interval=2, op=write}=49.2 {query}/s",
            "query.rate{interval=2, op=other}=24.6 {query}/s",
            "event.latency.p95{interval=2}=0.00433 s",
            "error.rate{interval=2}=0.1 {error}/s",
            "reconnect.rate{interval=2}=0 {reconnect}/s",
            "throughput{interval=3, op=read}=772936826.88 By/s",
            "throughput{interval=3, op=write}=515291217.92 By/s",
            "iops{interval=3, op=fsync}=1571.55 {io}/s",
            "event.latency.p99{interval=3}=0.000432 s",
            "throughput{interval=4}=2097152 By/s",
            "event.rate{interval=5}=4715.4 {event}/s",
        ]
    );
}

#[test]
fn a_database_test_has_transactions_and_queries() {
    let text = "\
Threads started!

SQL statistics:
    queries performed:
        read:                            17066
        write:                           4876
        other:                           2438
        total:                           24380
    transactions:                        1219   (121.76 per sec.)
    queries:                             24380  (2435.20 per sec.)
    ignored errors:                      1      (0.10 per sec.)
    reconnects:                          0      (0.00 per sec.)

";
    assert_eq!(
        found(&read(&format!("{text}{TAIL}")))[..12],
        [
            "query.count{op=read}=17066 {query}",
            "query.count{op=write}=4876 {query}",
            "query.count{op=other}=2438 {query}",
            "query.count{op=all}=24380 {query}",
            "transaction.count=1219 {transaction}",
            "transaction.rate=121.76 {transaction}/s",
            "query.count=24380 {query}",
            "query.rate=2435.2 {query}/s",
            "error.count=1 {error}",
            "error.rate=0.1 {error}/s",
            "reconnect.count=0 {reconnect}",
            "reconnect.rate=0 {reconnect}/s",
        ]
    );
}

#[test]
fn without_an_event_there_is_no_latency() {
    let none = read(&format!("Threads started!\n{}", TAIL.replace("2212", "0")));
    assert_eq!(none.metrics.iter().filter(|m| m.name().starts_with("event.latency")).count(), 0);
    assert_eq!(codes(&none).iter().filter(|c| **c == code::NO_SAMPLES).count(), 5);
}

#[test]
fn what_prepares_and_cleans_up_is_no_run() {
    let header = "sysbench 1.0.20 (using x)\n\n";
    let log =
        format!("{header}Creating table 'sbtest1'...\n{header}Threads started!\n\n{TAIL}\n{header}Dropping table 'sbtest1'...\n");
    let found = read(&log);
    assert_eq!((found.metrics.len(), codes(&found)), (11, vec![]));
    assert!(found.metrics.iter().all(|metric| metric.labels().get("repetition").is_none()));
}

#[test]
fn of_two_runs_the_last_has_the_plain_names() {
    let run = format!("sysbench 1.0.20 (using x)\n\nThreads started!\n\n{TAIL}\n");
    let two = read(&format!("{run}{run}"));
    assert_eq!((two.metrics.len(), codes(&two)), (22, vec![code::SEVERAL_DOCUMENTS]));
    let counts: Vec<String> = two.metrics.named("event.count").map(|m| m.to_string()).collect();
    assert_eq!(counts, ["event.count{repetition=1}", "event.count"]);
}

#[test]
fn a_fatal_message_fails_the_run() {
    assert_eq!(codes(&read("FATAL: Cannot find benchmark 'x'\nFATAL: again\n")), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn the_words_of_older_versions_are_read() {
    let text = "\
Threads started!
Operations performed: 1048576 (2345678.10 ops/sec)

1024.00 MB transferred (2290.70 MB/sec)

Test execution summary:
    total time:                          0.4470s
    total number of events:              1048576
    total time taken by event execution: 0.3421
    per-request statistics:
         min:                                  0.01ms
         approx.  95 percentile:               0.02ms
";
    assert_eq!(
        found(&read(text)),
        [
            "operation.count=1048576 {operation}",
            "operation.rate=2345678.1 {operation}/s",
            "io.bytes=1073741824 By",
            "throughput=2401973043.2 By/s",
            "elapsed=0.447 s",
            "event.count=1048576 {event}",
            "event.latency.sum=0.3421 s",
            "event.latency.min=0.00001 s",
            "event.latency.p95=0.00002 s",
        ]
    );
}

#[test]
fn a_rate_that_was_cut_is_none() {
    let cut = read("Threads started!\nTotal operations: 2097152 (172");
    assert_eq!(found(&cut), ["operation.count=2097152 {operation}"]);
    assert_eq!(codes(&cut), [code::TRUNCATED]);
    let last = read(TAIL.trim_end_matches("2\n"));
    assert_eq!(last.metrics.named("thread.time.stddev").count(), 0, "of two decimals one is there");
    assert_eq!(read(TAIL.trim_end()).metrics.named("thread.time.stddev").count(), 1, "both are there");
}

#[test]
fn other_texts_are_not_mine() {
    assert_eq!(Sysbench.sniff(&Text::new(b"total time: 1.0s\n")), Sniff::No);
    assert_eq!(codes(&read("min: 0.22\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

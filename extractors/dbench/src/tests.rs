use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

use super::DECLARED;

fn extract(text: &str) -> Extraction {
    extract::run(&DECLARED, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn shown(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m:?}")).collect()
}

#[test]
fn the_summary_and_the_seconds_are_told_apart() {
    let text = "   1     16673   105.19 MB/sec  execute   1 sec  latency 20.216 ms\n\
                Throughput 102.816 MB/sec (sync open)  1 clients  1 procs  max_latency=20.216 ms\n";
    assert_eq!(
        shown(&extract(text)),
        [
            "throughput{interval=1} = 105190000 By/s (higher, stdout 17..23)",
            "operation.latency.max{interval=1} = 0.020216 s (lower, stdout 57..63)",
            "throughput = 102816000 By/s (higher, stdout 78..85)",
            "operation.latency.max = 0.020216 s (lower, stdout 138..144)",
        ]
    );
}

#[test]
fn a_run_of_no_second_has_no_summary() {
    let found = extract("Throughput 0 MB/sec  1 clients  1 procs  max_latency=0.000 ms\n");
    assert_eq!(shown(&found), [""; 0]);
    assert_eq!(found.diagnostics.iter().filter(|d| d.code == "no-samples").count(), 2);
}

#[test]
fn each_client_has_a_table_of_its_own() {
    let text = " Operation                Count    AvgLat    MaxLat\n ----\n Flush                    572     2.874    20.205\n\n\
                Per client results:\nClient 0 did 10 lines and 20 bytes\n Operation                Count    AvgLat    MaxLat\n ----\n \
                Flush                      0      -nan     0.000\n\n";
    let found = extract(text);
    assert_eq!(
        found.metrics.iter().map(|m| m.to_string()).collect::<Vec<_>>(),
        [
            "operation.count{operation=Flush}",
            "operation.latency.mean{operation=Flush}",
            "operation.latency.max{operation=Flush}",
            "operation.count{client=0, operation=Flush}",
        ]
    );
    assert_eq!(found.metrics.iter().nth(1).map(|m| (m.value(), m.samples())), Some((0.002874, Some(572))));
    let codes: Vec<_> = found.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["no-samples", "no-samples"]);
}

#[test]
fn a_run_without_a_measured_second_has_no_throughput() {
    let found = extract("Throughput 0 MB/sec  1 clients  1 procs  max_latency=0.216 ms\n");
    assert_eq!(shown(&found), ["operation.latency.max = 0.000216 s (lower, stdout 53..58)"]);
    assert!(found.diagnostics[0].message.starts_with("throughput "), "{:?}", found.diagnostics);
}

#[test]
fn failures_are_said() {
    let found = extract(
        "dbench version 4.00 - Copyright Andrew Tridgell 1999-2004\n\nfailed to create barrier semaphore \nChild failed with status 1\n",
    );
    let codes: Vec<_> = found.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["degraded", "tool-failed", "no-metrics"]);
}

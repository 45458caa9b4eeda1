use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

const RR: &str = "MIGRATED TCP REQUEST/RESPONSE TEST from 0.0.0.0 (0.0.0.0) port 0 AF_INET to 10.0.0.2 () port 0 AF_INET\n";

fn run(text: &str, argv: &[&str]) -> Extraction {
    let argv: Vec<String> = argv.iter().map(|arg| (*arg).to_owned()).collect();
    extract::run(&Netperf, &Captures::new().with(Stream::Stdout, text.as_bytes()).with_argv(argv), &[])
}

fn read(text: &str) -> Extraction {
    extract::run(&Netperf, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn a_unit_behind_its_number_counts() {
    let stream = RR.replace("REQUEST/RESPONSE", "STREAM");
    let text = format!("{stream}THROUGHPUT=2\nTHROUGHPUT_UNITS=MBytes/s\nLOCAL_SD=1024\nSD_UNITS=usec/KB\n");
    assert_eq!(found(&read(&text)), ["throughput=2097152 By/s", "service.demand{host=local}=0.000001 s/By"]);
    let text = format!("{RR}LOCAL_SEND_THROUGHPUT=8\nTHROUGHPUT=2\nTHROUGHPUT_UNITS=Trans/s\n");
    assert_eq!(found(&read(&text)), ["throughput{direction=tx, host=local}=1000000 By/s", "transaction.rate=2 {transaction}/s"]);
}

#[test]
fn without_a_unit_the_command_says_it() {
    let text = "THROUGHPUT=8\nP99_LATENCY=5\n";
    let none = read(text);
    assert_eq!((found(&none)[0].as_str(), codes(&none)), ("throughput=8 ?", vec![code::UNKNOWN_UNIT]));
    assert_eq!(found(&run(text, &["netperf"])), ["throughput=1000000 By/s", "call.latency.p99=0.000005 s"]);
    assert_eq!(found(&run(text, &["netperf", "-fK"]))[0], "throughput=8192 By/s");
    let rr = ["transaction.rate=8 {transaction}/s", "transaction.latency.p99=0.000005 s"];
    assert_eq!(found(&run(text, &["netperf", "-t", "UDP_RR"])), rr);
}

#[test]
fn numbers_alone_are_read_when_the_command_is_known() {
    let row = "16384  131072 1        1       1.00     16987.92   \n16384  131072\n";
    assert_eq!(codes(&read(row)), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(found(&run(row, &["netperf", "-P", "0", "-t", "TCP_RR"]))[1], "transaction.rate=16987.92 {transaction}/s");
    let terse = run("7.5 tag\n", &["netperf", "-P", "0", "-v", "0", "-B", "tag"]);
    assert_eq!(found(&terse), ["throughput=937500 By/s"]);
    assert_eq!(found(&run("4.493 S \n", &["netperf", "-P", "0", "-v", "0", "-c"])), [""; 0]);
}

#[test]
fn what_was_not_measured_is_minus_one() {
    let text = format!(
        "{RR}Throughput,Throughput Units,99th Percentile Latency Microseconds,Remote CPU Util %\n7.00,Trans/s,-1,-1.00\n"
    );
    let read = read(&text);
    assert_eq!((found(&read), codes(&read)), (vec!["transaction.rate=7 {transaction}/s".to_owned()], vec![code::NO_SAMPLES]));
}

#[test]
fn names_of_columns_may_be_broken_over_lines() {
    let text = format!("{RR}Throughput,Throughput\nUnits,Mean Latency\nMicroseconds\n7.00,Trans/s,5\n");
    assert_eq!(found(&read(&text)), ["transaction.rate=7 {transaction}/s", "transaction.latency.mean=0.000005 s"]);
}

#[test]
fn receivers_stand_first_in_maerts() {
    let head = "Recv   Send    Send                          Utilization       Service Demand\n\
                Socket Socket  Message  Elapsed              Recv     Send     Recv    Send\n\
                Size   Size    Size     Time     Throughput  remote   local    remote  local\n\
                bytes  bytes   bytes    secs.    10^6bits/s  % S      % S      us/KB   us/KB\n\n";
    let text =
        format!("{}{head}87380  16384  16384    10.00      8.00   25.00    50.00    1.024   2.048\n", RR.replace("RR", "MAERTS"));
    let read = found(&read(&text));
    assert_eq!(read[2..4], ["cpu.utilization{host=remote}=0.25 1", "cpu.utilization{host=local}=0.5 1"]);
}

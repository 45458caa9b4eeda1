use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str) -> Extraction {
    extract::run(&Sockperf, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const PINGPONG: &str = "\
sockperf: \x1b[2;35m== version #3.7-no.git == \x1b[0m
sockperf[CLIENT] send on:sockperf: using recvfrom() to block on socket(s)

[ 0] IP = 127.0.0.1       PORT = 11112 # TCP
sockperf: Test end (interrupted by timer)
sockperf: [Total Run] RunTime=2.000 sec; Warm up time=400 msec; SentMessages=53471; ReceivedMessages=53470; SkippedMessages=3
sockperf: ========= Printing statistics for Server No: 0
sockperf: [Valid Duration] RunTime=1.550 sec; SentMessages=41877; ReceivedMessages=41876
sockperf: \x1b[2;35m====> avg-latency=18.498 (std-dev=149.796)\x1b[0m
sockperf: \x1b[0;31m# dropped messages = 1; # duplicated messages = 2; # out-of-order messages = 3\x1b[0m
sockperf: Summary: Latency is 18.498 usec
sockperf: \x1b[2;35mTotal 41876 observations\x1b[0m; each percentile contains 418.77 observations
sockperf: ---> <MAX> observation = 5866.245
sockperf: ---> percentile 99.990 = 4244.063
sockperf: ---> <MIN> observation =    6.845
";

#[test]
fn a_latency_is_in_microseconds() {
    assert_eq!(
        found(&read(PINGPONG)),
        [
            "elapsed{phase=total}=2 s",
            "message.sent{phase=total}=53471 {message}",
            "message.received{phase=total}=53470 {message}",
            "message.skipped{phase=total}=3 {message}",
            "elapsed=1.55 s",
            "message.sent=41877 {message}",
            "message.received=41876 {message}",
            "message.latency.mean=0.000018498 s",
            "message.latency.stddev=0.000149796 s",
            "message.dropped=1 {message}",
            "message.duplicated=2 {message}",
            "message.out_of_order=3 {message}",
            "message.latency.mean{source=summary}=0.000018498 s",
            "message.latency.max=0.005866245 s",
            "message.latency.p99_99=0.004244063 s",
            "message.latency.min=0.000006845 s",
        ]
    );
    assert_eq!(codes(&read(PINGPONG)), [""; 0]);
    let whole = read(PINGPONG);
    assert_eq!(whole.metrics.get("message.latency.p99_99").unwrap().samples(), Some(41876));
}

#[test]
fn round_trips_and_servers_have_names_of_their_own() {
    let newer = "\
sockperf: ========= Printing statistics for Server No: 1
sockperf: ====> avg-rtt=13.361 (std-dev=87.988, mean-ad=5.000, median-ad=1.000, siqr=2.000, cv=0.500, std-error=0.250, 99.0% ci=[12.000, 14.000])
sockperf: Summary: Round trip of burst of 10 messages is 13.361 usec
sockperf: ---> percentile 50.000 =    8.397
";
    let newer = read(newer);
    assert_eq!(
        found(&newer),
        [
            "message.rtt.mean{server=1}=0.000013361 s",
            "message.rtt.stddev{server=1}=0.000087988 s",
            "message.rtt.cv{server=1}=0.5 1",
            "message.rtt.stderr{server=1}=0.00000025 s",
            "message.rtt.mean{server=1, source=summary}=0.000013361 s",
            "message.rtt.p50{server=1}=0.000008397 s",
        ]
    );
}

#[test]
fn megabytes_are_mebibytes_whatever_they_are_called() {
    let of = |line: &str| found(&read(&format!("sockperf: Summary: BandWidth is {line}\n"))).join(", ");
    assert_eq!(of("2.000 MBps (16.000 Mbps)"), "throughput{source=bytes}=2097152 By/s, throughput=2097152 By/s");
    assert_eq!(of("0.002 GBps (0.016 Gbps)"), "throughput{source=bytes}=2097152 By/s, throughput=2097152 By/s");
    assert_eq!(of("2.000000000 GBps (16.000000000 Gbps)"), "throughput{source=bytes}=2097152 By/s, throughput=2097152 By/s");
    let rates = "\
sockperf: Total of 300404 messages sent in 2.002 sec (5 messages skipped)
sockperf: Summary: Message Rate is 150076 [msg/sec], Packet Rate is about 450228 [pkt/sec] (3 ip frags / msg)
";
    assert_eq!(
        found(&read(rates)),
        [
            "message.sent=300404 {message}",
            "elapsed=2.002 s",
            "message.skipped=5 {message}",
            "message.rate=150076 {message}/s",
            "packet.rate=450228 {packet}/s",
        ]
    );
}

#[test]
fn what_the_log_repeats_counts_once() {
    let log = format!(
        "{PINGPONG}------------------------------\ntest was performed using the following parameters: --mps=60\n{}",
        &PINGPONG[PINGPONG.find("sockperf: [Total").unwrap()..]
    );
    assert_eq!((read(&log).metrics.len(), codes(&read(&log))), (16, vec![]));
    let captures =
        Captures::new().with(Stream::File(Some("log".into())), log.as_bytes()).with(Stream::Stdout, PINGPONG.as_bytes());
    assert_eq!(extract::run(&Sockperf, &captures, &[]).metrics.len(), 16);
}

#[test]
fn failures_that_exit_with_0_are_said() {
    for line in [
        "ERROR: Can`t connect socket (errno=111 Connection refused)",
        "No messages were received from the server. Is the server down?",
    ] {
        let run = read(&format!("sockperf: == version #3.7-no.git ==\nsockperf[CLIENT] send on:\nsockperf: {line}\n"));
        assert_eq!(codes(&run), [code::TOOL_FAILED, code::NO_METRICS], "{line}");
    }
    assert_eq!(codes(&read(&PINGPONG.replace("by timer", "by user"))), [code::DEGRADED]);
    assert_eq!(codes(&read("Usage: sockperf ping-pong [options] [args]...\n")), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_run_that_was_cut_or_repeated_is_said() {
    let cut = read(&PINGPONG[..PINGPONG.find("4244.063").unwrap() + 5]);
    assert_eq!((cut.metrics.len(), codes(&cut)), (14, vec![code::TRUNCATED]));
    assert_eq!(codes(&read(PINGPONG.trim_end())), [""; 0]);
    let twice = read(&format!("{PINGPONG}{PINGPONG}"));
    assert_eq!((twice.metrics.len(), codes(&twice)), (32, vec![code::SEVERAL_DOCUMENTS]));
    let most: Vec<String> = twice.metrics.named("message.latency.max").map(|m| m.to_string()).collect();
    assert_eq!(most, ["message.latency.max{repetition=1}", "message.latency.max"]);
}

#[test]
fn other_texts_are_not_mine() {
    assert_eq!(Sockperf.sniff(&Text::new(b"Summary: Latency is 18.498 usec\n")), Sniff::No);
    assert_eq!(codes(&read("hello\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

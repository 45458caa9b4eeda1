use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&Ping, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const HEAD: &str = "PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.\n";

#[test]
fn statistics_of_all_kinds_are_read() {
    let of = |lines: &str| found(&read(&format!("{HEAD}{lines}")))[1..].join(", ");
    assert_eq!(
        of("4 packets transmitted, 3 received, +1 duplicates, +2 errors, 25% packet loss, time 616ms\n"),
        "packet.sent=4 {packet}, packet.received=3 {packet}, packet.duplicated=1 {packet}, packet.failed=2 {packet}, \
         packet.loss=0.25 1, elapsed=0.616 s"
    );
    assert_eq!(
        of("3 packets transmitted, 3 packets received, -- somebody is printing forged packets!, 0.0% packet loss\n\
            round-trip min/avg/max/std-dev = 1.0/2.0/3.0/0.5 ms\n"),
        "packet.sent=3 {packet}, packet.received=3 {packet}, packet.loss=0 1, round_trip.latency.min=0.001 s, \
         round_trip.latency.mean=0.002 s, round_trip.latency.max=0.003 s, round_trip.latency.stddev=0.0005 s"
    );
}

#[test]
fn the_last_line_of_a_flood_has_more() {
    let text = "1 packets transmitted, 1 received, 0% packet loss, time 1ms\n\
                rtt min/avg/max/mdev = 5/6/7/8 ms, pipe 3, ipg/ewma 0.5/0.25 ms\n";
    assert_eq!(
        found(&read(&format!("{HEAD}{text}")))[9..],
        [
            "packet.in_flight.max=3 {packet}",
            "packet.interval.mean=0.0005 s",
            "round_trip.latency.mean{weighting=exponential}=0.00025 s"
        ]
    );
    // A damaged one has another number of them.
    assert_eq!(found(&read(&format!("{HEAD}{}", text.replace("0.5/0.25", "0.5")))).len(), 10);
}

#[test]
fn windows_has_milliseconds() {
    let text = "\nPinging example.org [10.0.0.1] with 32 bytes of data:\r\nReply from 10.0.0.1: bytes=32 time=14ms TTL=57\r\n\
                Reply from 10.0.0.1: bytes=32 time<1ms TTL=57\r\nRequest timed out.\r\n\r\nPing statistics for 10.0.0.1:\r\n    \
                Packets: Sent = 3, Received = 2, Lost = 1 (33% loss),\r\nApproximate round trip times in milli-seconds:\r\n    \
                Minimum = 0ms, Maximum = 14ms, Average = 7ms\r\n";
    assert_eq!(
        found(&read(text)),
        [
            "payload.bytes=32 By",
            "reply.bytes=32 By",
            "round_trip.latency{seq=1}=0.014 s",
            "packet.sent=3 {packet}",
            "packet.received=2 {packet}",
            "packet.lost=1 {packet}",
            "packet.loss=0.33 1",
            "round_trip.latency.min=0 s",
            "round_trip.latency.max=0.014 s",
            "round_trip.latency.mean=0.007 s"
        ]
    );
}

#[test]
fn a_run_without_its_end_is_cut() {
    let text = format!("{HEAD}64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.154 ms\n");
    assert_eq!(
        (found(&read(&text)), codes(&read(&text))),
        (
            vec!["payload.bytes=56 By".into(), "reply.bytes=64 By".into(), "round_trip.latency{seq=1}=0.000154 s".into()],
            vec![code::TRUNCATED]
        )
    );
}

#[test]
fn a_request_for_the_state_is_an_interval() {
    let text = "2/3 packets, 33% loss, min/avg/ewma/max = 1.0/2.0/2.5/3.0 ms\n";
    let run = extract::run(&Ping, &Captures::new().with(Stream::Stderr, text.as_bytes()), &[]);
    assert_eq!(
        found(&run)[2..5],
        [
            "packet.loss{interval=1}=0.33 1",
            "round_trip.latency.min{interval=1}=0.001 s",
            "round_trip.latency.mean{interval=1}=0.002 s"
        ]
    );
}

#[test]
fn duplicates_and_bad_packets_are_told_apart() {
    let text = format!(
        "{HEAD}64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=1 ms\n64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=2 ms (DUP!)\n"
    );
    let metrics = ["round_trip.latency{seq=1}=0.001 s", "round_trip.latency{duplicate=true, seq=1}=0.002 s"];
    assert_eq!(found(&read(&text))[2..], metrics);
}

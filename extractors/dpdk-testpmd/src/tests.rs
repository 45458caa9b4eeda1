use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&Testpmd, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const END: &str = "  ----------------------------------------------------------------------------\n";

#[test]
fn a_stream_and_a_port_are_told_apart() {
    let text = format!(
        "  ------- Forward Stats for RX Port= 0/Queue= 0 -> TX Port= 1/Queue= 2 -------\n  RX-packets: 5              TX-packets: 4              TX-dropped: 1\n\n  \
         ---------------------- Forward statistics for port 0  ----------------------\n  RX-packets: 5              RX-dropped: 2             RX-total: 7\n{END}"
    );
    assert_eq!(
        found(&read(&text)),
        [
            "packet.received{path=\"0/0->1/2\"}=5 {packet}",
            "packet.sent{path=\"0/0->1/2\"}=4 {packet}",
            "packet.dropped{direction=tx, path=\"0/0->1/2\"}=1 {packet}",
            "packet.received{port=0}=5 {packet}",
            "packet.dropped{direction=rx, port=0}=2 {packet}",
        ]
    );
}

#[test]
fn rates_are_of_the_time_since_they_were_shown() {
    let block = "  ######################## NIC statistics for port 0  ########################\n  RX-nombuf:  0         \n\n  Throughput (since last show)\n  \
                 Rx-pps:            7          Rx-bps:            8\n  ############################################################################\n";
    assert_eq!(
        found(&read(block)),
        [
            "packet.unbuffered{port=0, source=nic}=0 {packet}",
            "packet.rate{direction=rx, port=0, source=nic}=7 {packet}/s",
            "throughput{direction=rx, port=0, source=nic}=1 By/s"
        ]
    );
    assert_eq!(found(&read(&block.repeat(2)))[4], "packet.rate{direction=rx, interval=2, port=0, source=nic}=7 {packet}/s");
}

#[test]
fn what_does_not_start_is_a_failure() {
    assert_eq!(codes(&read("EAL: FATAL: Invalid 'command line' arguments.\n")), [code::TOOL_FAILED, code::NO_METRICS]);
}

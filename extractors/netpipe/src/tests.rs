use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&Netpipe, &Captures::new().with(Stream::Stderr, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn a_megabit_of_3_is_a_power_of_two() {
    let row = "  0:       1 bytes     20 times -->      8.00 Mbps in      13.42 usec\n";
    assert_eq!(
        found(&read(row)),
        ["throughput{message_size=1}=1048576 By/s", "message.latency.mean{message_size=1}=0.00001342 s"]
    );
}

#[test]
fn a_megabit_of_5_is_a_power_of_ten() {
    let rows = "  1:       1  B      1000 times -->    8.000 Mbps  in  111.702 nsecs\n\
                122:   8.389 MB      1000 times -->    8.000 Gbps  in    1.014 msecs\n\
                Completed with        max bandwidth    8.000 Gbps      107.216 nsecs latency\n";
    assert_eq!(
        found(&read(rows)),
        [
            "throughput{message_size=1}=1000000 By/s",
            "message.latency.mean{message_size=1}=0.000000111702 s",
            "throughput{message_size=\"8.389 MB\", row=122}=1000000000 By/s",
            "message.latency.mean{message_size=\"8.389 MB\", row=122}=0.001014 s",
            "throughput.max=1000000000 By/s",
            "message.latency=0.000000107216 s",
        ]
    );
}

#[test]
fn the_file_has_more_digits_than_the_screen() {
    let argv = vec!["NPtcp".to_owned()];
    let screen = "  0:       1 bytes     20 times -->      8.00 Mbps in      13.42 usec\n";
    let captures = Captures::new()
        .with(Stream::File(Some("np.out".into())), b"       1 8.000000   0.00001342\n".as_slice())
        .with(Stream::Stderr, screen.as_bytes())
        .with_argv(argv);
    let found = found(&extract::run(&Netpipe, &captures, &[]));
    assert_eq!(found[0], "throughput{message_size=1}=1048576 By/s");
    assert_eq!(found[2], "throughput{message_size=1, source=screen}=1048576 By/s");
}

#[test]
fn an_error_is_a_failure() {
    assert_eq!(codes(&read("Client: Cannot Connect! errno=111\n")), [code::TOOL_FAILED, code::NO_METRICS]);
}

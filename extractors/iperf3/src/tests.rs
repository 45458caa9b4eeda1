use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str) -> Extraction {
    extract::run(&Iperf3, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const TCP: &str = "\
Connecting to host ::1, port 5201
[  5] local ::1 port 51592 connected to ::1 port 5201
[ ID] Interval           Transfer     Bandwidth       Retr  Cwnd
[  5]   0.00-1.00   sec  1.00 MBytes  8.00 Mbits/sec    3   4.00 KBytes       (omitted)
[  5]   0.00-1.00   sec  2.00 MBytes  16.0 Mbits/sec    0   5.00 KBytes       
- - - - - - - - - - - - - - - - - - - - - - - - -
[ ID] Interval           Transfer     Bandwidth       Retr
[  5]   0.00-1.00   sec  2.00 MBytes  16.0 Mbits/sec    0             sender
[  5]   0.00-1.01   sec  0.00 Bytes  0.00 bits/sec                  receiver
";

#[test]
fn rows_have_binary_bytes_and_decimal_bits() {
    assert_eq!(
        found(&read(&format!("{TCP}\niperf Done.\n"))),
        [
            "transfer.bytes{interval=1, omitted=true, stream=5}=1048576 By",
            "throughput{interval=1, omitted=true, stream=5}=1000000 By/s",
            "retransmits{interval=1, omitted=true, stream=5}=3 {retransmit}",
            "congestion.window{interval=1, omitted=true, stream=5}=4096 By",
            "transfer.bytes{interval=1, stream=5}=2097152 By",
            "throughput{interval=1, stream=5}=2000000 By/s",
            "retransmits{interval=1, stream=5}=0 {retransmit}",
            "congestion.window{interval=1, stream=5}=5120 By",
            "elapsed{role=sender, stream=5}=1 s",
            "transfer.bytes{role=sender, stream=5}=2097152 By",
            "throughput{role=sender, stream=5}=2000000 By/s",
            "retransmits{role=sender, stream=5}=0 {retransmit}",
            "elapsed{role=receiver, stream=5}=1.01 s",
            "transfer.bytes{role=receiver, stream=5}=0 By",
            "throughput{role=receiver, stream=5}=0 By/s",
        ]
    );
}

#[test]
fn the_other_sides_zeros_are_no_numbers_when_the_test_did_not_end() {
    let early = read(TCP);
    assert!(found(&early).iter().all(|m| !m.contains("role=receiver")));
    assert_eq!(codes(&early), [code::NO_SAMPLES]);
}

#[test]
fn a_row_or_a_summary_that_was_cut_is_said() {
    let interval = TCP.find("5.00 KBytes").unwrap();
    let cut = read(&TCP[..interval + 1]);
    assert_eq!((cut.metrics.len(), codes(&cut)), (4, vec![code::TRUNCATED]));
    assert_eq!(codes(&read(&TCP[..TCP.find("- - -").unwrap()])), [code::TRUNCATED]);
}

#[test]
fn udp_has_jitter_and_loss_however_much_was_lost() {
    let text = "\
[ ID] Interval           Transfer     Bitrate         Jitter    Lost/Total Datagrams
[SUM][RX-S]   0.00-2.00   sec  4.78 KBytes  0.02 Kbits/sec  1.500 ms  152/153 (99%)  receiver
[  7]   0.00-2.00   sec  0.00 Bytes  0.00 bits/sec  0.000 ms  5/5 (1e+02%)  receiver
[SUM]  0.0- 2.0 sec  3 datagrams received out-of-order
[  9]   0.00-2.00   sec  1.00 Bytes  4.00 bits/sec  0.000 ms  0/0 (-nan%)  receiver
iperf Done.
";
    let read = read(text);
    let found = found(&read);
    for metric in [
        "throughput{direction=rx, role=receiver}=2.5 By/s",
        "jitter{direction=rx, role=receiver}=0.0015 s",
        "datagram.lost{direction=rx, role=receiver}=152 {datagram}",
        "datagram.count{direction=rx, role=receiver}=153 {datagram}",
        "datagram.loss{direction=rx, role=receiver}=0.99 1",
        "datagram.loss{role=receiver, stream=7}=1 1",
        "datagram.out_of_order{stream=7}=3 {datagram}",
    ] {
        assert!(found.iter().any(|m| m == metric), "{metric} in {found:#?}");
    }
    assert_eq!(codes(&read), [code::NO_SAMPLES]);
}

#[test]
fn a_stream_of_events_is_one_report() {
    let stream = "\
{\"event\":\"start\",\"data\":{\"version\":\"iperf 3.17\",\"test_start\":{\"bytes\":1048576}}}
{\"event\":\"interval\",\"data\":{\"streams\":[{\"socket\":5,\"seconds\":1,\"bits_per_second\":80,\"sender\":true}],\"sum\":{\"bits_per_second\":80}}}
{\"event\":\"interval\",\"data\":{\"streams\":[],\"sum\":{\"bits_per_second\":160}}}
{\"event\":\"end\",\"data\":{\"streams\":[],\"sum_received\":{\"seconds\":2,\"bytes\":20,\"bits_per_second\":80}}}
";
    let report = read(stream);
    assert_eq!(
        found(&report),
        [
            "elapsed{interval=1, stream=5}=1 s",
            "throughput{interval=1, stream=5}=10 By/s",
            "throughput{interval=1}=10 By/s",
            "throughput{interval=2}=20 By/s",
            "elapsed{role=receiver}=2 s",
            "transfer.bytes{role=receiver}=20 By",
            "throughput{role=receiver}=10 By/s",
        ]
    );
    assert_eq!(codes(&report), [""; 0]);
    assert_eq!(codes(&read(&stream[..stream.len() - 5])), [code::TRUNCATED]);
}

#[test]
fn the_servers_report_within_the_clients_is_labelled() {
    let text =
        format!("{TCP}\nServer JSON output:\n{{\"start\": {{}}, \"end\": {{\"sum_sent\": {{\"bytes\": 7}}}}}}\n\niperf Done.\n");
    let with = read(&text);
    assert_eq!(
        with.metrics.named("transfer.bytes").map(|m| m.to_string()).next().unwrap(),
        "transfer.bytes{role=sender, source=server}"
    );
    assert_eq!(with.metrics.len(), 16);
    let same = format!("{TCP}\nServer output:\nAccepted connection from ::1, port 7\n{}", &TCP[TCP.find("[ ID]").unwrap()..]);
    let twice = read(&format!("{same}\niperf Done.\n"));
    assert_eq!((twice.metrics.len(), codes(&twice)), (30, vec![]));
}

#[test]
fn what_iperf3_says_of_itself_is_told_apart() {
    let error =
        |text: &str| extract::run(&Iperf3, &Captures::new().with(Stream::Stderr, text.as_bytes()), &[]).diagnostics[0].code;
    assert_eq!(error("iperf3: error - unable to connect to server: Connection refused\n"), code::TOOL_FAILED);
    assert_eq!(error("Sun Nov 22 2026 iperf3: parameter error - unknown\n"), code::TOOL_FAILED);
    assert_eq!(error("iperf3: interrupt - the client has terminated\n"), code::DEGRADED);
    assert_eq!(codes(&read("{\"start\": {}, \"intervals\": [], \"end\": {}, \"error\": \"unable\"}"))[0], code::TOOL_FAILED);
}

#[test]
fn other_texts_are_not_mine() {
    for text in
        ["[ ID] Interval       Transfer     Bandwidth\n", "{\"start\": 1}", "[  3]  0.0-10.0 sec  1.10 GBytes   943 Mbits/sec\n"]
    {
        assert_eq!(Iperf3.sniff(&Text::new(text.as_bytes())), Sniff::No, "{text}");
    }
    assert_eq!(codes(&read("hello\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

#[test]
fn what_is_exchanged_is_no_row() {
    let text = "send_parameters:\n{\n\t\"time\":\t2\n}\nConnecting to host 127.0.0.1, port 5201\n[ ID] Interval           Transfer     Bitrate         Retr\n[  5]   0.00-1.00   sec   524 MBytes  4.39 Gbits/sec    0\nget_results\n{\n\t\"server_output_text\":\t\"[  5]   0.00-1.00   sec   519 MBytes  4.35 Gbits/sec                  \\n[  5]   1.00-2.00   sec   524 MBytes  4.39 Gbits/sec  receiver\\n\",\n}\n- - - - - - - - - - - - - - - - - - - - - - - - -\n[ ID] Interval           Transfer     Bitrate         Retr\n[  5]   0.00-1.00   sec  1.03 GBytes  4.39 Gbits/sec    1             sender\n\niperf Done.\n";
    let found = extract::run(&Iperf3, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[]);
    let throughput: Vec<_> = found.metrics.named("throughput").map(|m| m.to_string()).collect();
    assert_eq!(throughput, ["throughput{interval=1, stream=5}", "throughput{role=sender, stream=5}"]);
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
}

#[test]
fn rows_of_iperf_2_are_not_mine() {
    let rows = "[  3]  0.0- 1.0 sec   524 MBytes  4.39 Gbits/sec\n";
    for header in ["[ ID] Interval       Transfer     Bandwidth\n", "Client connecting to ::1, TCP port 5001\n"] {
        assert_eq!(found(&read(&format!("{header}{rows}"))), [""; 0]);
    }
}

use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn run(text: &str, argv: &[&str]) -> Extraction {
    let argv: Vec<String> = argv.iter().map(|arg| (*arg).to_owned()).collect();
    extract::run(&Iperf2, &Captures::new().with(Stream::Stdout, text.as_bytes()).with_argv(argv), &[])
}

fn read(text: &str) -> Extraction {
    run(text, &["iperf", "-c", "10.0.0.2"])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const CLIENT: &str = "Client connecting to 10.0.0.2, TCP port 5001\n\
                      [  3] local 10.0.0.1 port 40000 connected with 10.0.0.2 port 5001\n\
                      [ ID] Interval       Transfer     Bandwidth\n";

#[test]
fn the_last_row_of_a_stream_is_its_summary() {
    let rows = "[  3]  0.0- 1.0 sec  1.00 KBytes  8.00 Kbits/sec\n[  3]  1.0- 2.0 sec  1.00 KBytes  8.00 Kbits/sec\n";
    let summary = "[  3]  0.0- 2.0 sec  2.00 KBytes  1.00 KBytes/sec\n";
    let both = read(&format!("{CLIENT}{rows}{summary}"));
    assert_eq!(
        found(&both),
        [
            "transfer.bytes{interval=1, role=sender, stream=3}=1024 By",
            "throughput{interval=1, role=sender, stream=3}=1000 By/s",
            "transfer.bytes{interval=2, role=sender, stream=3}=1024 By",
            "throughput{interval=2, role=sender, stream=3}=1000 By/s",
            "elapsed{role=sender, stream=3}=2 s",
            "transfer.bytes{role=sender, stream=3}=2048 By",
            "throughput{role=sender, stream=3}=1024 By/s",
        ]
    );
    let cut = read(&format!("{CLIENT}{rows}"));
    assert_eq!((cut.metrics.len(), codes(&cut)), (4, vec![code::TRUNCATED]));
}

#[test]
fn a_server_report_is_the_receivers() {
    let text = "Client connecting to 10.0.0.2, UDP port 5001\nSending 1470 byte datagrams, IPG target: 500.00 us (kalman adjust)\n\
                [  3] local 10.0.0.1 port 40000 connected with 10.0.0.2 port 5001\n[ ID] Interval       Transfer     Bandwidth\n\
                [  3]  0.0-10.0 sec  1.00 MBytes  1.00 Mbits/sec\n[  3] Sent 900 datagrams\n[  3] Server Report:\n\
                [  3]  0.0-10.0 sec  1.00 MBytes  1.00 Mbits/sec   0.026 ms    1/  900 (0.11%)\n\
                [  3] 0.00-10.00 sec  2 datagrams received out-of-order\n";
    let found = found(&read(text));
    assert_eq!(found[..2], ["datagram.bytes=1470 By", "datagram.interval.target=0.0005 s"]);
    assert!(found.contains(&"throughput{role=sender, stream=3}=125000 By/s".to_owned()), "{found:?}");
    assert_eq!(
        found[found.len() - 6..],
        [
            "throughput{role=receiver, stream=3}=125000 By/s",
            "jitter{role=receiver, stream=3}=0.000026 s",
            "datagram.lost{role=receiver, stream=3}=1 {datagram}",
            "datagram.count{role=receiver, stream=3}=900 {datagram}",
            "datagram.loss{role=receiver, stream=3}=0.0011 1",
            "datagram.out_of_order{role=receiver, stream=3}=2 {datagram}",
        ]
    );
}

#[test]
fn both_directions_are_told_apart() {
    let text = CLIENT.replace("port 5001\n[ ID", "port 5001 (full-duplex)\n[ ID");
    let rows = "[  3] 0.0-1.0 sec  1.00 KBytes  8.00 Kbits/sec\n[ *3] 0.0-1.0 sec  1.00 KBytes  16.0 Kbits/sec\n[SUM] 0.0-1.0 sec  2.00 KBytes  24.0 Kbits/sec\n";
    let rates: Vec<_> = found(&read(&format!("{text}{rows}"))).into_iter().filter(|m| m.starts_with("throughput")).collect();
    assert_eq!(rates[..2], ["throughput{role=sender, stream=3}=1000 By/s", "throughput{role=receiver, stream=3}=2000 By/s"]);
    let reverse = CLIENT.replace("port 5001\n[ ID", "port 5001 (reverse)\n[ ID");
    let row = "[ *3] 0.0-1.0 sec  1.00 KBytes  8.00 Kbits/sec\n";
    assert_eq!(found(&read(&format!("{reverse}{row}")))[2], "throughput{role=receiver, stream=3}=1000 By/s");
}

#[test]
fn without_datagrams_there_is_no_jitter() {
    let row = "[  3] 0.0-1.0 sec  0.00 Bytes  0.00 bits/sec   0.000 ms    0/    0 (-nan%)\n";
    let read = read(&format!("{CLIENT}{row}"));
    assert_eq!((read.metrics.named("jitter").count(), codes(&read)), (0, vec![code::NO_SAMPLES]));
}

#[test]
fn what_loses_nothing_has_a_jitter() {
    let row = "[  3] 0.0-1.0 sec  1.00 KBytes  8.00 Kbits/sec   0.017 ms    0/    9 (0%)\n";
    assert_eq!(read(&format!("{CLIENT}{row}")).metrics.named("jitter").count(), 1);
}

#[test]
fn columns_of_csv_have_names_since_2_2() {
    let text = "time,srcaddress,srcport,dstaddr,dstport,transferid,istart,iend,bytes,speed,writecnt,writeerr,tcpretry,tcpcwnd,tcppcwnd,tcprtt,tcprttvar\n\
                +0000:20260908083114.550,10.0.0.1,37818,10.0.0.2,5001,1,0.0,1.0,1000,8000,3,0,4294967295,-1,4294967295,50,0\n";
    assert_eq!(
        found(&read(text)),
        [
            "transfer.bytes{role=sender, stream=1}=1000 By",
            "throughput{role=sender, stream=1}=1000 By/s",
            "write.count{role=sender, stream=1}=3 {write}",
            "write.failed{role=sender, stream=1}=0 {write}",
            "rtt{role=sender, stream=1}=0.00005 s",
        ]
    );
}

#[test]
fn iperf_3_is_another_tool() {
    let text = "[ ID] Interval           Transfer     Bitrate         Retr  Cwnd\n[  5]   0.00-1.00   sec   512 MBytes  4.28 Gbits/sec    8   4.00 MBytes\n";
    assert_eq!(Iperf2.sniff(&Text::new(text.as_bytes())), Sniff::No);
}

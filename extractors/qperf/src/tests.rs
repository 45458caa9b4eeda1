use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&Qperf, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn each_line_says_its_unit() {
    let text = "tcp_bw:\n    bw              =  1.07 GB/sec\n    msg_rate        =    11 K/sec\n    send_cost       =  2.75 sec/GB\n    recv_cpus_used  =   199 % cpus\n    \
                loc_send_msgs   =  11,089 \n    rem_recv_bytes  =    64 KiB (65,536)\n    msg_size        =    64 KiB (65,536)\n";
    assert_eq!(
        found(&read(text)),
        [
            "throughput{test=tcp_bw}=1070000000 By/s",
            "message.rate{test=tcp_bw}=11000 {message}/s",
            "service.demand{role=sender, test=tcp_bw}=0.00000000275 s/By",
            "cpu.utilization{role=receiver, test=tcp_bw}=1.99 1",
            "message.count{direction=tx, host=local, test=tcp_bw}=11089 {message}",
            "transfer.bytes{direction=rx, host=remote, test=tcp_bw}=65536 By",
        ]
    );
}

#[test]
fn a_setting_that_differs_is_a_label() {
    let of = |size: &str| format!("tcp_lat:\n    latency   =  21.7 us\n    msg_size  =  {size}\n    time      =     1 sec\n");
    let text = of("1 bytes") + &of("64 KiB (65,536)");
    let latencies: Vec<_> = found(&read(&text)).into_iter().filter(|m| m.starts_with("message.latency")).collect();
    assert_eq!(
        latencies,
        [
            "message.latency.mean{message_size=\"1 bytes\", test=tcp_lat}=0.0000217 s",
            "message.latency.mean{message_size=\"64 KiB\", test=tcp_lat}=0.0000217 s"
        ]
    );
    let again = of("1 bytes").repeat(2);
    assert_eq!(found(&read(&again))[2], "message.latency.mean{repetition=2, test=tcp_lat}=0.0000217 s");
}

#[test]
fn errors_are_failures() {
    assert_eq!(codes(&read("tcp_lat:\n127.0.0.1: failed to connect\n")), [code::TOOL_FAILED, code::NO_METRICS]);
    assert_eq!(codes(&read("nosuch: bad test; try: qperf --help tests\n")), [code::TOOL_FAILED, code::NO_METRICS]);
}

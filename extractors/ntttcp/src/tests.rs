use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&Ntttcp, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

fn xml(version: &str) -> String {
    format!(
        "<ntttcps computername=\"vm\" version=\"{version}\">\n  <thread index=\"3\">\n    <throughput metric=\"mbps\">8.000</throughput>\n  </thread>\n  \
         <avg_frame_size metric=\"B\">0.000</avg_frame_size>\n  <throughput metric=\"MB/s\">1.000</throughput>\n</ntttcps>\n"
    )
}

#[test]
fn a_megabit_of_linux_is_a_power_of_two() {
    assert_eq!(
        found(&read(&xml("5.33"))),
        ["throughput{thread=3}=1000000 By/s", "frame.bytes.mean=0 By", "throughput{source=megabytes}=1048576 By/s"]
    );
    assert_eq!(
        found(&read(&xml("5.33-linux"))),
        ["throughput{thread=3}=1048576 By/s", "throughput{source=megabytes}=1048576 By/s"]
    );
}

#[test]
fn rulers_say_where_a_column_is() {
    let text = "Thread  Time(s) Throughput(KB/s) Avg B / Compl\n======  ======= ================ =============\n     0   30.000            2.000     65536.000\n\n\
                Packets Sent Packets Received Retransmits Errors Avg. CPU %\n============ ================ =========== ====== ==========\n\
                \x20     210138            96956          12      0     14.704\n";
    let found = found(&read(text));
    assert_eq!(found[..2], ["elapsed{thread=0}=30 s", "throughput{thread=0}=2048 By/s"]);
    assert_eq!(found[3..6], ["packet.sent=210138 {packet}", "packet.received=96956 {packet}", "retransmits=12 {retransmit}"]);
}

#[test]
fn totals_of_linux_say_their_units() {
    let text = "18:45:55 INFO: #####  Totals:  #####\n18:45:55 INFO: \t throughput\t:8.00Gbps\n18:45:55 INFO: \t cpu busy (all)\t:12.50%\n";
    assert_eq!(found(&read(text)), ["throughput=1000000000 By/s", "cpu.utilization=0.125 1"]);
    let cut = read(&text[..text.len() - 8]);
    assert_eq!((cut.metrics.len(), codes(&cut)), (1, vec![code::TRUNCATED]));
    assert_eq!(codes(&read("18:45:55 ERR : failed to connect\n")), [code::TOOL_FAILED, code::NO_METRICS]);
}

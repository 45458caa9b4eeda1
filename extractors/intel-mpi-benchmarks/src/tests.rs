use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&Imb, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const TITLE: &str = "#    Intel(R) MPI Benchmarks 2021.11, MPI-1 part\n";
const PINGPONG: &str = "# Benchmarking PingPong \n# #processes = 2 \n       #bytes #repetitions      t[usec]   Mbytes/sec\n";
const END: &str = "\n# All processes entering MPI_Finalize\n";

#[test]
fn a_table_without_a_throughput_is_of_a_collective() {
    let text = "# Benchmarking Bcast \n# #processes = 4 \n       #bytes #repetitions  t_min[usec]  t_max[usec]  t_avg[usec]\n            4           20         5.00         7.00         6.00\n";
    assert_eq!(
        found(&read(&format!("{TITLE}{text}{END}"))),
        [
            "collective.latency.min{benchmark=Bcast, message_size=4, processes=4}=0.000005 s",
            "collective.latency.max{benchmark=Bcast, message_size=4, processes=4}=0.000007 s",
            "collective.latency.mean{benchmark=Bcast, message_size=4, processes=4}=0.000006 s",
        ]
    );
}

#[test]
fn a_throughput_has_the_unit_of_the_version() {
    let row = "            4           20         5.00         2.00\n";
    let of = |title: &str| read(&format!("{title}{PINGPONG}{row}{END}"));
    let last = |extraction: &Extraction| found(extraction).pop().unwrap_or_default();
    assert_eq!(last(&of(TITLE)), "throughput{benchmark=PingPong, message_size=4, processes=2}=2000000 By/s");
    let old = of("#    Intel (R) MPI Benchmark Suite V3.2, MPI-1 part\n");
    assert_eq!(last(&old), "throughput{benchmark=PingPong, message_size=4, processes=2}=2097152 By/s");
    let unknown = of("");
    assert_eq!((last(&unknown).ends_with("=2 ?"), codes(&unknown)), (true, vec![code::UNKNOWN_UNIT]));
}

#[test]
fn no_bytes_have_no_throughput() {
    let text = format!("{TITLE}{PINGPONG}            0           20         5.00         0.00\n{END}");
    assert_eq!(found(&read(&text)), ["message.latency.mean{benchmark=PingPong, message_size=0, processes=2}=0.000005 s"]);
}

#[test]
fn a_size_that_is_left_out_is_said() {
    let text = format!("{TITLE}{PINGPONG}      4194304 out-of-mem.; needed X=   0.017 GB; use flag \"-mem X\"\n{END}");
    assert_eq!(codes(&read(&text)), [code::DEGRADED, code::NO_METRICS]);
}

#[test]
fn a_text_without_its_end_is_cut() {
    let row = "            4           20         5.00         2.00\n";
    assert_eq!(codes(&read(&format!("{TITLE}{PINGPONG}{row}"))), [code::TRUNCATED]);
}

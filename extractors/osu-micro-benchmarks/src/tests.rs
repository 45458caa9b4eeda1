use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&Osu, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn columns_are_read_by_their_names() {
    let text = "# OSU MPI Bandwidth Test v7.4\n# Datatype: MPI_CHAR.\n# Size      Bandwidth (MB/s)        Validation P50 Tail BW(MB/s) P99 Tail BW(MB/s)\n\
                4                       2.50              Pass              2.00              1.00\n";
    assert_eq!(
        found(&read(text)),
        [
            "throughput{benchmark=\"MPI Bandwidth\", datatype=MPI_CHAR, message_size=4}=2500000 By/s",
            "throughput.p50{benchmark=\"MPI Bandwidth\", datatype=MPI_CHAR, message_size=4}=2000000 By/s",
            "throughput.p99{benchmark=\"MPI Bandwidth\", datatype=MPI_CHAR, message_size=4}=1000000 By/s",
        ]
    );
    let fail = read(&text.replace("Pass", "Fail"));
    assert_eq!((fail.metrics.len(), codes(&fail)), (3, vec![code::TOOL_FAILED]));
}

#[test]
fn a_benchmark_without_sizes_has_one_row() {
    let text = "\n# OSU MPI Barrier Latency Test v5.7.1\n# Avg Latency(us)\n             1.50\n";
    assert_eq!(found(&read(text)), ["collective.latency.mean{benchmark=\"MPI Barrier Latency\"}=0.0000015 s"]);
    let init = "# OSU MPI Init Test v5.7.1\nnprocs: 2, min: 40 ms, max: 42 ms, avg: 41 ms\n";
    assert_eq!(found(&read(init))[2], "startup.time.mean{benchmark=\"MPI Init\"}=0.041 s");
}

#[test]
fn operations_may_name_the_rows() {
    let text = "# OSU OpenSHMEM Atomic Operation Rate Test v5.6\n# Operation         Million ops/s      Latency (us)\nshmem_int_fadd      2.50      0.40\n";
    assert_eq!(
        found(&read(text)),
        [
            "operation.rate{benchmark=\"OpenSHMEM Atomic Operation Rate\", operation=shmem_int_fadd}=2500000 {operation}/s",
            "message.latency.mean{benchmark=\"OpenSHMEM Atomic Operation Rate\", operation=shmem_int_fadd}=0.0000004 s",
        ]
    );
}

#[test]
fn a_benchmark_that_comes_again_is_a_repetition() {
    let text = "# OSU MPI Latency Test v5.7.1\n# Size          Latency (us)\n8                       1.00\n";
    let found = found(&read(&text.repeat(2)));
    assert_eq!(found[1], "message.latency.mean{benchmark=\"MPI Latency\", message_size=8, repetition=2}=0.000001 s");
    assert_eq!(
        codes(&read("# OSU MPI Latency Test v5.7.1\n# Size          Latency (us)\n")),
        [code::TRUNCATED, code::NO_METRICS]
    );
}

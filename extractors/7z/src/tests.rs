use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(stdout: &str) -> Extraction {
    extract::run(&SevenZip, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const HEAD: &str = "RAM usage:      6 MB,  # Benchmark threads:      1\n\n    Compressing  |    Decompressing\nDict     Speed Usage    R/U Rating  |      Speed Usage    R/U Rating\n";

#[test]
fn a_dictionary_has_two_sides() {
    let all = found(&read(&format!("{HEAD}18:       1977    46   3843   1762  |      24658    52   3847   1994\n")));
    assert_eq!(
        all[..5],
        [
            "throughput{dictionary=18, op=compress, threads=1}=2024448",
            "cpu.utilization{dictionary=18, op=compress, threads=1}=0.46",
            "instruction.rate_per_usage{dictionary=18, op=compress, threads=1}=3843000000",
            "instruction.rate{dictionary=18, op=compress, threads=1}=1762000000",
            "throughput{dictionary=18, op=decompress, threads=1}=25249792"
        ]
    );
}

#[test]
fn a_row_that_comes_again_has_its_number() {
    let row = "18:       1977    46   3843   1762  |      24658    52   3847   1994\n";
    let all = read(&format!("{HEAD}{row}{row}"));
    assert_eq!(found(&all)[8], "throughput{dictionary=18, op=compress, run=2, threads=1}=2024448");
    assert_eq!(codes(&all), [code::TRUNCATED], "the last row has not come");
}

#[test]
fn sums_of_old_versions_have_no_speed() {
    let all = found(&read(&format!(
        "{HEAD}Avr:             360   3000  10000  |              380   2900  11000\nTot:             370   2950  10500\n"
    )));
    assert_eq!(all[2], "instruction.rate.mean{op=compress, threads=1}=10000000000");
    assert_eq!(all[8], "instruction.rate.mean{threads=1}=10500000000");
}

#[test]
fn methods_decode_on_a_line_without_a_name() {
    let text = "RAM usage:      6 MB,  # Benchmark threads:      1\nMethod           Speed Usage    R/U Rating   E/U Effec\nCPU                       33   2902    960\nLZMA:x1          41234    99   3210   3180    82    81\n                123456    98   3100   3040    80    79\nCRC32:12       1234567    99   3210   3180    82    81\nTot:                      98   3160   3100    81    80\n";
    let all = read(text);
    let names = found(&all);
    assert_eq!(names[2], "instruction.rate{method=CPU, threads=1}=960000000");
    assert_eq!(names[3], "throughput{method=LZMA:x1, op=encode, threads=1}=42223616");
    assert_eq!(names[9], "throughput{method=LZMA:x1, op=decode, threads=1}=126418944");
    assert_eq!(names[15], "throughput{method=CRC32:12, op=hash, threads=1}=1264196608");
    assert_eq!((names[23].as_str(), codes(&all)), ("instruction.rate.mean{threads=1}=3100000000", vec![]));
}

#[test]
fn bandwidth_is_in_millions_of_bytes() {
    let text = "RAM usage:    257 MB,  # Benchmark threads:      2\nTHRD              1 |              2\n     Usage       BW | Usage       BW\n10:     55     1420 |    41     1152\nAvg:    50     1400 |    40     1100\n";
    let all = found(&read(text));
    assert_eq!(all[1], "throughput{block_size=1024, threads=1}=1420000000");
    assert_eq!(all[3], "throughput{block_size=1024, threads=2}=1152000000");
    assert_eq!(all[5], "throughput.mean{threads=1}=1400000000");
}

#[test]
fn a_row_that_is_cut_gives_nothing() {
    let cut = read(&format!("{HEAD}18:       1977    46   3843   1762"));
    assert_eq!((found(&cut).len(), codes(&cut)), (0, vec![code::TRUNCATED, code::NO_METRICS]));
}

#[test]
fn a_run_that_was_broken_off_is_a_failure() {
    for stderr in [
        "\n\nBreak signaled\n",
        "\n\n\nSystem ERROR:\nE_NOTIMPL : Not implemented\n",
        "\n\nCommand Line Error:\nUnsupported command:\nx\n",
    ] {
        let failed = extract::run(&SevenZip, &Captures::new().with(Stream::Stderr, stderr.as_bytes()), &[]);
        assert_eq!(codes(&failed), [code::TOOL_FAILED, code::NO_METRICS], "{stderr}");
    }
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("18: 1 2 3 4 | 5 6 7 8\n")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(SevenZip.sniff(&Text::new(b"7-Zip (z) 26.02 (x64) : Copyright (c) 1999-2026 Igor Pavlov\n")), Sniff::No);
}

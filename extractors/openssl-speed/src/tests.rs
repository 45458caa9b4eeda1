use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(stdout: &str) -> Extraction {
    extract::run(&OpensslSpeed, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const HEAD: &str = "The 'numbers' are in 1000s of bytes per second processed.\ntype             16 bytes   1024 bytes\n";

#[test]
fn a_thousand_is_a_thousand_and_without_k_it_is_a_byte() {
    let all = read(&format!("{HEAD}des ede3         44125.60k     9999.50 \n"));
    assert_eq!(
        found(&all),
        [
            "throughput{algorithm=\"des ede3\", block_size=16}=44125600",
            "throughput{algorithm=\"des ede3\", block_size=1024}=9999.5"
        ]
    );
}

#[test]
fn nothing_processed_is_no_throughput() {
    let none = read(&format!("{HEAD}sha256          147758.22k        0.00 \n"));
    assert_eq!((found(&none).len(), codes(&none)), (1, vec![code::NO_SAMPLES]));
}

#[test]
fn keys_have_times_and_rates() {
    let rsa = found(&read(
        "                  sign    verify    sign/s verify/s\nrsa 2048 bits 0.000272s 0.000015s   3670.3  65992.7\n",
    ));
    assert_eq!(
        rsa,
        [
            "sign.latency.mean{algorithm=rsa, bits=2048}=0.000272",
            "verify.latency.mean{algorithm=rsa, bits=2048}=0.000015",
            "sign.rate{algorithm=rsa, bits=2048}=3670.3",
            "verify.rate{algorithm=rsa, bits=2048}=65992.7"
        ]
    );
    let ecdh = found(&read("                              op      op/s\n 256 bit ecdh (nistp256)   0.0001s  16301.6\n"));
    assert_eq!(ecdh[1], "derive.rate{algorithm=ecdh, bits=256, curve=nistp256}=16301.6");
    let kem = found(&read(
        "                               keygen    encaps    decaps keygens/s  encaps/s  decaps/s\n   ML-KEM-768 0.000027s 0.000017s 0.000026s   37542.4   59259.0   38383.0\n",
    ));
    assert_eq!(kem[4], "encapsulate.rate{algorithm=ML-KEM-768}=59259");
    let four = found(&read(
        "   sign    verify    encrypt   decrypt   sign/s verify/s  encr./s  decr./s\nrsa  2048 bits 0.000017s 0.000003s 0.000003s 0.000017s  59355.3 367271.7 286927.3  59370.1\n",
    ));
    assert_eq!(four[7], "decrypt.rate{algorithm=rsa, bits=2048}=59370.1");
}

#[test]
fn lines_for_machines_say_rates_or_times() {
    let all = found(&read(
        "+H:16:64\n+F:6:sha256:100.50:200.00\n+F2:2:2048:2694.736842:45805.263158\n+F5:3:256:16440.000000:0.000061\n+F6:0:253:Ed25519:22941.176471:8629.629630\n",
    ));
    assert_eq!(all[1], "throughput{algorithm=sha256, block_size=64}=200");
    assert_eq!(all[2], "sign.rate{algorithm=rsa, bits=2048}=2694.736842");
    assert_eq!(
        all[4..6],
        ["derive.rate{algorithm=ecdh, bits=256}=16440", "derive.latency.mean{algorithm=ecdh, bits=256}=0.000061"]
    );
    assert_eq!(all[6], "sign.rate{algorithm=EdDSA, bits=253, curve=Ed25519}=22941.176471");
    let old = found(&read("+F2:2:2048:0.000272:0.000015\n+F5:3:256:0.000061:16440.000000\n"));
    assert_eq!(old[0], "sign.latency.mean{algorithm=rsa, bits=2048}=0.000272");
    assert_eq!(old[3], "derive.rate{algorithm=ecdh, bits=256}=16440");
}

#[test]
fn of_several_processes_the_sum_counts() {
    let all = found(&read(
        "Forked child 0\nGot: +H:16:64 from 0\nGot: +F:6:sha256:100.00:200.00 from 0\nsha256           42106.35k   145804.81k\n",
    ));
    assert_eq!(
        all,
        ["throughput{algorithm=sha256, block_size=16}=42106350", "throughput{algorithm=sha256, block_size=64}=145804810"]
    );
}

#[test]
fn a_row_that_is_cut_gives_what_is_whole() {
    let cut = read(&format!("{HEAD}sha256          147758.22k   387431.4"));
    assert_eq!((found(&cut).len(), codes(&cut)), (1, vec![code::TRUNCATED]));
    let cut = read(&format!("{HEAD}sha256          147758.2"));
    assert_eq!((found(&cut).len(), codes(&cut)), (0, vec![code::TRUNCATED, code::NO_METRICS]));
}

#[test]
fn a_refusal_is_a_failure() {
    let stderr = b"speed: Unknown algorithm nosuch\n".as_slice();
    let refused = extract::run(&OpensslSpeed, &Captures::new().with(Stream::Stderr, stderr), &[]);
    assert_eq!(codes(&refused), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("sha256 1k 2k\nops/s\n")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(OpensslSpeed.sniff(&Text::new(b"op op/s 3/s\n+F: 3\n")), Sniff::No);
}

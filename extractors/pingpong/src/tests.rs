use prill_core::diagnostic::code;
use prill_core::extract::{Captures, run};
use prill_core::{Extraction, Extractor as _, Sniff, Stream, Text};

use super::Pingpong;

const ONE_PAIR: &str = include_str!("../samples/one-pair/stdout");
const PACED_PAIRS: &str = include_str!("../samples/paced-pairs/stdout");
const ONE_SAMPLE: &str = include_str!("../samples/one-sample/stdout");
const NO_SAMPLES: &str = "\
pingpong: 1 pair by futex, sleep 0 us, warm-up 0.1 s, ran 0.5 s
Wake-ups of all pairs in us (0 samples)
    wake-ups per second: 0.00
    calls to a thread still awake: 3
";

fn extract(text: &str) -> Extraction {
    run(&Pingpong, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn shown(text: &str) -> Vec<String> {
    extract(text).metrics.iter().map(|metric| format!("{metric:?}")).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    extract(text).diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn every_number_of_one_pair_is_a_metric() {
    assert_eq!(
        shown(ONE_PAIR),
        [
            "elapsed = 0.50000689 s (informational, stdout 58..68)",
            "wakeup.latency.count = 11720 {wakeup} (higher, stdout 100..105)",
            "wakeup.latency.p50 = 0.000038655 s (lower, stdout 127..133)",
            "wakeup.latency.p90 = 0.000053759 s (lower, stdout 165..171)",
            "wakeup.latency.p99 = 0.000120831 s (lower, stdout 203..210)",
            "wakeup.latency.p99_9 = 0.000268287 s (lower, stdout 241..248)",
            "wakeup.latency.min = 0.000001315 s (lower, stdout 275..280)",
            "wakeup.latency.mean = 0.000041797 s (lower, stdout 287..293)",
            "wakeup.latency.max = 0.00082126 s (lower, stdout 299..306)",
            "wakeup.rate = 23439.68 {wakeup}/s (higher, stdout 332..340)",
            "call.awake = 235 {call} (informational, stdout 376..379)",
        ]
    );
    assert_eq!(codes(ONE_PAIR), [""; 0]);
}

#[test]
fn percentiles_know_their_bucket_and_their_samples() {
    let extraction = extract(ONE_PAIR);
    let p99_9 = extraction.metrics.get("wakeup.latency.p99_9").unwrap();
    assert_eq!((p99_9.resolution(), p99_9.samples()), (Some(2.048e-6), Some(11720)));
    let one = extract(ONE_SAMPLE);
    assert_eq!(one.metrics.get("wakeup.latency.p99").unwrap().samples(), Some(1));
}

#[test]
fn pairs_are_labelled_and_a_paced_rate_is_no_result() {
    let metrics = shown(PACED_PAIRS);
    assert_eq!(metrics.len(), 1 + 3 * 10);
    for wanted in [
        "wakeup.latency.p99{pair=0} = 0.000011519 s (lower, stdout 202..208)",
        "wakeup.rate{pair=1} = 6778.46 {wakeup}/s (informational, ",
        "wakeup.latency.p99_9 = 0.000053247 s (lower, ",
        "wakeup.rate = 13746.78 {wakeup}/s (informational, ",
        "wakeup.latency.count{pair=1} = 2035 {wakeup} (informational, ",
    ] {
        assert!(metrics.iter().any(|metric| metric.starts_with(wanted)), "{wanted} is not in {metrics:#?}");
    }
}

#[test]
fn nothing_measured_is_said() {
    assert!(extract(NO_SAMPLES).metrics.get("wakeup.latency.p99").is_none());
    assert_eq!(codes(NO_SAMPLES), [code::NO_SAMPLES]);
}

#[test]
fn a_cut_output_keeps_whole_lines_alone() {
    let cut = ONE_PAIR.find("268.287").unwrap() + 3;
    let text = &ONE_PAIR[..cut];
    assert_eq!(shown(text).len(), 5, "the row that was cut is none of them");
    assert_eq!(codes(text), [code::TRUNCATED]);
    for cut in 0..ONE_PAIR.len() {
        let whole = shown(ONE_PAIR);
        for metric in shown(&ONE_PAIR[..cut]) {
            assert!(whole.contains(&metric), "{metric} was invented from the first {cut} bytes");
        }
    }
}

#[test]
fn the_last_whole_run_counts() {
    let two = format!("{PACED_PAIRS}{ONE_PAIR}");
    assert_eq!(shown(&two).len(), 11);
    assert_eq!(codes(&two), [code::SEVERAL_DOCUMENTS]);
    let broken = format!("{ONE_PAIR}{}", &PACED_PAIRS[..700]);
    assert_eq!(shown(&broken), shown(ONE_PAIR));
    assert_eq!(codes(&broken), [code::SEVERAL_DOCUMENTS]);
}

#[test]
fn only_its_own_text_is_read() {
    assert_eq!(Pingpong.sniff(&Text::new(ONE_PAIR.as_bytes())), Sniff::Certain);
    let headless = ONE_PAIR.split_once('\n').unwrap().1;
    assert_eq!(Pingpong.sniff(&Text::new(headless.as_bytes())), Sniff::Likely);
    assert_eq!(shown(headless).len(), 10);
    let other = "Wakeup Latencies percentiles (usec) runtime 3 (s) (149 total samples)\n\t  50.0th: 2972       (45 samples)\n";
    assert_eq!(Pingpong.sniff(&Text::new(other.as_bytes())), Sniff::No);
    assert_eq!(codes(other), [code::NOT_FOUND, code::NO_METRICS]);
}

use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stderr: &str) -> Extraction {
    extract::run(&StressNg, &Captures::new().with(Stream::Stderr, stderr.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const HEAD: &str = "stress-ng: metrc: [1] stressor       bogo ops real time  usr time  sys time   bogo ops/s     bogo ops/s\n";

#[test]
fn a_row_has_rates_by_wall_time_and_by_cpu_time() {
    let row = "stress-ng: metrc: [1] cpu                 791      2.14      0.43      0.01       370.04        1797.23\n";
    assert_eq!(
        found(&read(&format!("{HEAD}{row}"))),
        [
            "bogo.operations{stressor=cpu}=791",
            "elapsed{stressor=cpu}=2.14",
            "cpu.time{mode=user, stressor=cpu}=0.43",
            "cpu.time{mode=system, stressor=cpu}=0.01",
            "bogo.rate{stressor=cpu, time=wall}=370.04",
            "bogo.rate{stressor=cpu, time=cpu}=1797.23",
        ]
    );
    assert_eq!(found(&read(row)), [""; 0], "a row needs its head");
}

#[test]
fn a_decimal_comma_is_never_a_thousands_comma() {
    let row = "stress-ng: metrc: [1] cpu                 791      2,145      0.43      0.01       370.04        1797.23\n";
    let found = read(&format!("{HEAD}{row}"));
    assert!(found.metrics.is_empty());
    assert_eq!(codes(&found), [code::NOT_A_NUMBER, code::NO_METRICS]);
}

#[test]
fn a_stressor_that_did_not_run_has_no_rate() {
    let row = "stress-ng: metrc: [1] sctp                  0      0.00      0.00      0.00         0.00           0.00\n";
    let found = read(&format!("{HEAD}{row}"));
    assert_eq!(found.metrics.named("bogo.rate").count(), 0);
    assert_eq!(codes(&found).iter().filter(|c| **c == code::NO_SAMPLES).count(), 2);
}

#[test]
fn counters_have_the_unit_of_their_description() {
    let unit_of = |words: &str| {
        let text = format!(
            "stress-ng: metrc: [1] miscellaneous metrics:\nstress-ng: metrc: [1] x  2.00 {words} (geometic mean of 3 instances)\n"
        );
        let found = read(&text);
        let metric = found.metrics.iter().next().unwrap();
        format!("{} {} {}", metric.name(), metric.value(), metric.unit().map_or("?", |u| u.code()))
    };
    assert_eq!(unit_of("nanosecs per mutex"), "stressor.time 0.000000002 s");
    assert_eq!(unit_of("ms mmap avg. duration"), "stressor.time 0.002 s");
    assert_eq!(unit_of("MB/sec read rate"), "stressor.throughput 2097152 By/s");
    assert_eq!(unit_of("write64stoq MB per sec"), "stressor.throughput 2097152 By/s");
    assert_eq!(unit_of("GB per sec best read rate"), "stressor.throughput 2147483648 By/s");
    assert_eq!(unit_of("memory read rate (MB per sec)"), "stressor.throughput 2097152 By/s");
    assert_eq!(unit_of("MB compressed"), "stressor.bytes 2097152 By");
    assert_eq!(unit_of("% pages swapped"), "stressor.ratio 0.02 1");
    assert_eq!(unit_of("cache ops per second"), "stressor.rate 2 {operation}/s");
    assert_eq!(unit_of("TLB shootdowns/sec"), "stressor.rate 2 {operation}/s");
    assert_eq!(unit_of("million random bits per sec"), "stressor.rate 2000000 {operation}/s");
    assert_eq!(unit_of("Mfp-ops per sec, double add      "), "stressor.rate 2000000 {operation}/s");
    assert_eq!(unit_of("memory rate (Mflop per sec)"), "stressor.rate 2000000 {operation}/s");
    assert_eq!(unit_of("picosecs per nop instruction"), "stressor.value 2 ?");
    assert_eq!(unit_of("socketpair calls sec"), "stressor.rate 2 {operation}/s");
    assert_eq!(unit_of("Mbits/sec CRC'd"), "stressor.rate 2 ?");
    assert_eq!(unit_of("mmaps total"), "stressor.value 2 ?");
}

#[test]
fn durations_are_added_up() {
    let elapsed = |words: &str| found(&read(&format!("stress-ng: info:  [1] successful run completed in {words}\n")));
    assert_eq!(elapsed("2.25s"), ["elapsed=2.25"]);
    assert_eq!(elapsed("1.20 sec"), ["elapsed=1.2"]);
    assert_eq!(elapsed("1 min, 2.5 secs"), ["elapsed=62.5"]);
    assert_eq!(elapsed("62.34s (1 min, 2.34 secs)"), ["elapsed=62.34"]);
    assert_eq!(elapsed("1 hour, 1 min, 0.00 secs"), ["elapsed=3660"]);
    assert_eq!(elapsed("2,25s"), [""; 0]);
}

#[test]
fn failures_are_said_whatever_the_exit_status() {
    for text in [
        "stress-ng: info:  [1] unsuccessful run completed in 2.00s\n",
        "stress-ng: fail:  [1] cpu: checksum is wrong\n",
        "stress-ng: error: [1] no stressors are available\n",
        "stress-ng: info:  [1] failed: 1: cpu (1)\n",
        "stress-ng: unrecognized option '--nope'\n",
        "option cpu-method choice 'nonsense' not known, choices are: all\n",
    ] {
        assert!(codes(&read(text)).contains(&code::TOOL_FAILED), "{text}");
    }
    let passed =
        read("stress-ng: error: [1] cannot lower the niceness\nstress-ng: info:  [1] successful run completed in 2.00s\n");
    assert_eq!(codes(&passed), [code::DEGRADED]);
}

#[test]
fn fixed_work_is_no_merit() {
    let row = "stress-ng: metrc: [1] cpu                 791      2.14      0.43      0.01       370.04        1797.23\n";
    let text = format!("{HEAD}{row}");
    let argv: Vec<String> = ["stress-ng", "--cpu", "1", "--cpu-ops", "791"].map(str::to_owned).to_vec();
    let captures = Captures::new().with(Stream::Stderr, text.as_bytes()).with_argv(argv);
    let fixed = extract::run(&StressNg, &captures, &[]);
    assert_eq!(fixed.metrics.named("bogo.operations").next().unwrap().polarity().word(), "informational");
    assert_eq!(read(&text).metrics.named("bogo.operations").next().unwrap().polarity().word(), "higher");
}

#[test]
fn other_texts_are_not_mine() {
    assert_eq!(StressNg.sniff(&Text::new(b"metrics:\n  - stressor: cpu\n")), Sniff::No);
    assert_eq!(codes(&read("cpu 791 2.14 0.43 0.01 370.04 1797.23\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

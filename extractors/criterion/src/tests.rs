use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&Criterion, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn an_interval_is_an_estimate_and_its_bounds() {
    let text = "a name of many words: time: 5/two\n                        time:   [2.1635 µs 2.4664 µs 2.7455 µs]\n\
                \x20                       thrpt:  [1.4919 KB/s 1.6607 KiB/s 8.0000 Kelem/s]\n";
    let name = "benchmark=\"a name of many words: time: 5/two\"";
    assert_eq!(
        found(&read(text)),
        [
            format!("time.mean{{{name}, bound=lower}}=0.0000021635 s"),
            format!("time.mean{{{name}}}=0.0000024664 s"),
            format!("time.mean{{{name}, bound=upper}}=0.0000027455 s"),
            format!("throughput{{{name}, bound=lower}}=1491.9 By/s"),
            format!("throughput{{{name}}}=1700.5568 By/s"),
            format!("item.rate{{{name}, bound=upper}}=8000 {{element}}/s"),
        ]
    );
}

#[test]
fn a_change_is_a_ratio_with_a_sign() {
    let text = "fib 10   time:   [1.0 s 2.0 s 3.0 s]\n   change: [-26.5% \u{2212}2.5% +61.0%] (p = 0.59 > 0.05)\n   No change\n";
    assert_eq!(
        found(&read(text))[3..],
        [
            "time.change{benchmark=\"fib 10\", bound=lower}=-0.265 1",
            "time.change{benchmark=\"fib 10\"}=-0.025 1",
            "time.change{benchmark=\"fib 10\", bound=upper}=0.61 1"
        ]
    );
}

#[test]
fn verbose_lines_have_bounds_without_an_estimate() {
    let text = "fib   time:   [1.0 s 2.0 s 3.0 s]\nFound 4 outliers among 10 measurements (40.00%)\n  1 (10.00%) high mild\n\
                slope  [1.5 ms 2.5 ms] R^2            [0.08 0.07]\nmedian [304.07 ns 713.88 ns] med. abs. dev. [21.800 ns 531.40 ns]\n";
    assert_eq!(
        found(&read(text))[3..],
        [
            "outlier.count{benchmark=fib}=4 {sample}",
            "outlier.count{benchmark=fib, kind=\"high mild\"}=1 {sample}",
            "time.mean{benchmark=fib, bound=lower, estimator=slope}=0.0015 s",
            "time.mean{benchmark=fib, bound=upper, estimator=slope}=0.0025 s",
            "time.p50{benchmark=fib, bound=lower}=0.00000030407 s",
            "time.p50{benchmark=fib, bound=upper}=0.00000071388 s",
            "time.mad{benchmark=fib, bound=lower}=0.0000000218 s",
            "time.mad{benchmark=fib, bound=upper}=0.0000005314 s",
        ]
    );
}

#[test]
fn a_measurement_of_another_kind_is_no_time() {
    let found = found(&read("fib   time:   [100.0 cycles 110.0 cycles 120.0 cycles]\n"));
    assert_eq!(found[1], "counter{benchmark=fib, counter=cycles}=110 ?");
}

#[test]
fn messages_of_cargo_criterion_are_read() {
    let text = r#"{"reason":"benchmark-complete","id":"norm","iteration_count":[30,60],"measured_values":[1.5,3.5],"unit":"ns","throughput":[],"typical":{"estimate":31.5,"lower_bound":30.5,"upper_bound":33.5,"unit":"ns"},"slope":null,"change":{"mean":{"estimate":0.014,"lower_bound":-0.017,"upper_bound":0.039,"unit":"%"},"change":"NoChange"}}
{"reason":"group-complete","group_name":"norm","benchmarks":["norm"]}
"#;
    assert_eq!(
        found(&read(text)),
        [
            "time.mean{benchmark=norm}=0.0000000315 s",
            "time.mean{benchmark=norm, bound=lower}=0.0000000305 s",
            "time.mean{benchmark=norm, bound=upper}=0.0000000335 s",
            "time.change{benchmark=norm}=0.014 1",
            "time.change{benchmark=norm, bound=lower}=-0.017 1",
            "time.change{benchmark=norm, bound=upper}=0.039 1",
        ]
    );
    assert_eq!(codes(&read(&text[..200])), [code::TRUNCATED, code::NO_METRICS]);
}

#[test]
fn a_panic_and_a_warning_are_told() {
    let captures = |stderr: &'static str| Captures::new().with(Stream::Stderr, stderr.as_bytes());
    let panic = captures("thread 'main' (1) panicked at src/lib.rs:1093:13:\nassertion failed: num_size >= 10\n");
    assert_eq!(codes(&extract::run(&Criterion, &panic, &[])), [code::TOOL_FAILED, code::NO_METRICS]);
    let slow = captures("Warning: Unable to complete 100 samples in 5.0s. You may wish to increase target time to 8.6s\n");
    assert_eq!(codes(&extract::run(&Criterion, &slow, &[])), [code::DEGRADED, code::NO_METRICS]);
}

#[test]
fn an_interval_that_is_cut_gives_nothing() {
    assert_eq!(codes(&read("fib   time:   [1.0 s 2.0 s 3.")), [code::TRUNCATED, code::NO_METRICS]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("total time:   2.0041s\n")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(Criterion.sniff(&Text::new(b"time:   [5]\n")), Sniff::No);
}

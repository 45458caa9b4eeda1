use prill_core::Stream;
use prill_core::extract::{self, Captures};

use super::*;

fn found(text: &str) -> Vec<String> {
    let found = extract::run(&Jmh, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[]);
    found.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

#[test]
fn a_parameter_is_read_where_its_column_stands() {
    let text = "Benchmark  (a)  (b)  Mode  Cnt  Score   Error  Units\nX.y        N/A    7    ss       12.500           s/op\n";
    assert_eq!(found(text), ["time.mean{benchmark=X.y, parameters=\"b=7\"}=12.5"]);
    let text = "Benchmark  (kind)  Mode  Cnt  Score   Error  Units\nX.y          avgt    ss       12.500           s/op\n";
    assert_eq!(found(text), ["time.mean{benchmark=X.y, parameters=\"kind=avgt\"}=12.5"], "a parameter called as a mode is");
}

#[test]
fn a_result_of_old_versions_is_on_one_line() {
    let text = "# JMH 1.9.3 (released 30 days ago)\n# Benchmark: o.X.y\nIteration   1: 2.000 s/op\n\n\
                Result \"o.X.y\": 2.500 \u{b1}(99.9%) 0.100 s/op [Average]\n\
                \u{20} Statistics: (min, avg, max) = (2.000, 2.500, 3.000), stdev = 0.500\n";
    assert_eq!(
        found(text),
        [
            "time.mean{benchmark=o.X.y, interval=1}=2",
            "time.mean{benchmark=o.X.y, source=result}=2.5",
            "time.margin{benchmark=o.X.y, source=result}=0.1",
            "time.min{benchmark=o.X.y, source=result}=2",
            "time.max{benchmark=o.X.y, source=result}=3",
            "time.stddev{benchmark=o.X.y, source=result}=0.5",
        ]
    );
}

#[test]
fn the_oldest_table_has_no_sign_before_the_error() {
    let text = "Benchmark      Mode   Samples     Mean   Mean error    Units\no.s.X.y       thrpt        10   12.500        0.250   ops/ms\n";
    assert_eq!(
        found(text),
        [
            "sample.count{benchmark=o.s.X.y}=10",
            "operation.rate{benchmark=o.s.X.y}=12500",
            "operation.rate.margin{benchmark=o.s.X.y}=250"
        ]
    );
}

#[test]
fn what_sbt_puts_before_each_line_is_no_part_of_it() {
    let text = "[info] Benchmark              Mode  Cnt     Score     Error   Units\n\
                [info] X.y                    avgt    9   669.842 \u{b1}  18.420   ns/op\n\
                [info] X.y:\u{b7}gc.count       avgt    9   292.000            counts\n\
                [success] Total time: 5 s\n";
    let names =
        ["sample.count{benchmark=X.y}=9", "time.mean{benchmark=X.y}=0.000000669842", "time.margin{benchmark=X.y}=0.00000001842"];
    assert_eq!(found(text), [&names[..], &["gc.count{benchmark=X.y}=292"]].concat());
}

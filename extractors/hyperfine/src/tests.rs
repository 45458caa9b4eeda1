use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(stdout: &str, stderr: &str) -> Extraction {
    let captures = Captures::new().with(Stream::Stdout, stdout.as_bytes()).with(Stream::Stderr, stderr.as_bytes());
    extract::run(&Hyperfine, &captures, &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const TEXT: &str = "Benchmark 1: make\n  Time (mean ± σ):      25.4 ms ±   2.9 ms    [User: 1.8 ms, System: 0.5 ms]\n  Range (min … max):    22.0 ms …  29.7 ms    5 runs\n \n";

#[test]
fn a_block_is_a_benchmark() {
    assert_eq!(
        found(&read(TEXT, "")),
        [
            "time.mean{benchmark=make}=0.0254",
            "time.stddev{benchmark=make}=0.0029",
            "cpu_time.mean{benchmark=make, mode=user}=0.0018",
            "cpu_time.mean{benchmark=make, mode=system}=0.0005",
            "time.min{benchmark=make}=0.022",
            "time.max{benchmark=make}=0.0297",
            "run.count{benchmark=make}=5"
        ]
    );
    assert_eq!(
        found(&read(&TEXT.replace(" ms", " µs").replace("Benchmark 1", "Benchmark #1"), ""))[0],
        "time.mean{benchmark=make}=0.0000254"
    );
    let once = "Benchmark 1: make\n  Time (abs ≡):         1.003 s               [User: 0.002 s, System: 0.000 s]\n";
    assert_eq!(found(&read(once, ""))[0], "time.mean{benchmark=make}=1.003");
}

#[test]
fn a_comparison_says_how_many_times_as_long_a_command_takes() {
    let summary = |words: &str| {
        found(&read(&format!("{TEXT}Summary\n  make ran\n    1.86 ± 0.29 times {words} than 'a b'\n"), ""))[7..].to_vec()
    };
    assert_eq!(
        summary("faster"),
        ["time.ratio{benchmark=\"a b\", to=make}=1.86", "time.ratio.stddev{benchmark=\"a b\", to=make}=0.29"]
    );
    assert_eq!(summary("slower")[0], "time.ratio{benchmark=make, to=\"a b\"}=1.86");
}

const JSON: &str = r#"{"results": [{"command": "make", "mean": 0.02541, "stddev": null, "median": 0.025, "times": [0.02, 0.03], "exit_codes": [0, 1]}]}"#;

#[test]
fn an_export_is_more_exact_than_the_text() {
    let both = found(&read(&format!("{TEXT}{JSON}\n"), ""));
    assert_eq!(both[0], "time.mean{benchmark=make}=0.02541");
    assert_eq!(
        both[1..4],
        ["time.p50{benchmark=make}=0.025", "time{benchmark=make, run=1}=0.02", "time{benchmark=make, run=2}=0.03"]
    );
    assert_eq!(both[4], "time.mean{benchmark=make, source=text}=0.0254");
}

#[test]
fn of_an_export_that_grows_the_last_one_counts() {
    let row = |name: &str| format!("{name},1.5,,1.4,1,0.5,1.25,1.75\n");
    let csv = |rows: &str| format!("command,mean,stddev,median,user,system,min,max\n{rows}");
    let grown = csv(&row("a")) + &csv(&(row("a") + &row("\"b, \"\"c\"\"\"")));
    let all = found(&read(&grown, ""));
    assert_eq!(all.len(), 12);
    assert_eq!(all[6], "time.mean{benchmark=\"b, \\\"c\\\"\"}=1.5");
    assert_eq!(codes(&read(&(JSON.to_owned() + JSON), "")), [code::SEVERAL_DOCUMENTS]);
}

#[test]
fn tables_have_their_unit_in_the_header() {
    let markdown = "| Command | Mean [s] | Min [s] | Max [s] | Relative |\n|:---|---:|---:|---:|---:|\n| `a \\| b` | 16.9 ± 3.5 | 14.1 | 21.9 | 1.63 ± 0.36 |\n";
    let all = found(&read(markdown, ""));
    assert_eq!(all[0], "time.mean{benchmark=\"a | b\"}=16.9");
    assert_eq!(all[4..], ["time.ratio{benchmark=\"a | b\"}=1.63", "time.ratio.stddev{benchmark=\"a | b\"}=0.36"]);
}

#[test]
fn failures_and_what_was_ignored_are_said() {
    let failed = read("Benchmark 1: false\n", "Error: Command terminated with non-zero exit code: 1. Use the '-i' option.\n");
    assert_eq!(codes(&failed), [code::TRUNCATED, code::TOOL_FAILED, code::NO_METRICS]);
    assert_eq!(codes(&read(TEXT, " \n  Warning: Ignoring non-zero exit code.\n")), [code::DEGRADED]);
}

#[test]
fn a_line_that_is_cut_gives_nothing() {
    let cut = read(&TEXT[..TEXT.len() - 8], "");
    assert_eq!((found(&cut).len(), codes(&cut)), (4, vec![code::TRUNCATED]));
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("Benchmarking fib: 5\nTime (s): 3\n", "")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(Hyperfine.sniff(&Text::new(b"Time (s): 3\n")), Sniff::No);
}

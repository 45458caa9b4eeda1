use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str) -> Extraction {
    extract::run(&Pgbench, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const SUMMARY: &str = "\
transaction type: <builtin: TPC-B (sort of)>
scaling factor: 1
query mode: simple
number of clients: 2
number of threads: 1
maximum number of tries: 3
duration: 3 s
number of transactions actually processed: 557
number of failed transactions: 5 (0.810%)
number of serialization failures: 4 (0.648%)
number of deadlock failures: 1 (0.162%)
number of transactions retried: 7 (1.134%)
total number of retries: 9
number of transactions skipped: 53 (8.689%)
number of transactions above the 5.0 ms latency limit: 128/557 (22.980%)
latency average = 4.163 ms
latency stddev = 5.187 ms
rate limit schedule lag: avg 1.013 (max 35.533) ms
initial connection time = 17.670 ms
tps = 187.436126 (without initial connection time)
statement latencies in milliseconds, failures and retries:
         0.385           1           2  SELECT 1 + 2;
";

#[test]
fn a_summary_has_times_in_milliseconds_and_shares_in_percent() {
    assert_eq!(
        found(&read(SUMMARY)),
        [
            "transaction.count=557 {transaction}",
            "transaction.failed=5 {transaction}",
            "transaction.failed.ratio=0.0081 1",
            "transaction.failed{kind=serialization}=4 {transaction}",
            "transaction.failed.ratio{kind=serialization}=0.00648 1",
            "transaction.failed{kind=deadlock}=1 {transaction}",
            "transaction.failed.ratio{kind=deadlock}=0.00162 1",
            "transaction.retried=7 {transaction}",
            "transaction.retried.ratio=0.01134 1",
            "transaction.retries=9 {retry}",
            "transaction.skipped=53 {transaction}",
            "transaction.skipped.ratio=0.08689 1",
            "transaction.late=128 {transaction}",
            "transaction.late.ratio=0.2298 1",
            "transaction.latency.mean=0.004163 s",
            "transaction.latency.stddev=0.005187 s",
            "schedule.lag.mean=0.001013 s",
            "schedule.lag.max=0.035533 s",
            "connection.time=0.01767 s",
            "transaction.rate=187.436126 {transaction}/s",
            "statement.latency.mean{statement=\"SELECT 1 + 2;\"}=0.000385 s",
            "statement.failed{statement=\"SELECT 1 + 2;\"}=1 {transaction}",
            "statement.retries{statement=\"SELECT 1 + 2;\"}=2 {retry}",
        ]
    );
    assert_eq!(codes(&read(SUMMARY)), [""; 0]);
}

#[test]
fn older_versions_have_two_rates_and_other_spellings() {
    let old = "\
transaction type: TPC-B (sort of)
number of transactions per client: 1000
number of transactions actually processed: 10000/10000
number of transactions skipped: 53 (8.689 %)
number of transactions above the 5.0 ms latency limit: 128 (22.980 %)
latency average: 1.234 ms
tps = 85.184871 (including connections establishing)
tps = 85.296346 (excluding connections establishing)
statement latencies in milliseconds:
\t0.002000\t\\set nbranches 1 * :scale
";
    assert_eq!(
        found(&read(old)),
        [
            "transaction.count=10000 {transaction}",
            "transaction.skipped=53 {transaction}",
            "transaction.skipped.ratio=0.08689 1",
            "transaction.late=128 {transaction}",
            "transaction.late.ratio=0.2298 1",
            "transaction.latency.mean=0.001234 s",
            "transaction.rate{connections=included}=85.184871 {transaction}/s",
            "transaction.rate=85.296346 {transaction}/s",
            "statement.latency.mean{statement=\"\\\\set nbranches 1 * :scale\"}=0.000002 s",
        ]
    );
}

#[test]
fn scripts_and_their_statements_are_told_apart() {
    let scripts = "\
number of transactions actually processed: 30
tps = 3.000000 (without initial connection time)
SQL script 1: a.sql
 - weight: 9 (targets 90.0% of total)
 - 27 transactions (90.0% of total)
 - number of transactions actually processed: 26 (tps = 2.600000)
 - latency average = 0.225 ms
 - statement latencies in milliseconds and failures:
         0.001           0  SELECT 1;
SQL script 2: b.sql
 - 3 transactions (10.0% of total, tps = 0.300000)
";
    assert_eq!(
        found(&read(scripts)),
        [
            "transaction.count=30 {transaction}",
            "transaction.rate=3 {transaction}/s",
            "transaction.count{script=a.sql}=26 {transaction}",
            "transaction.rate{script=a.sql}=2.6 {transaction}/s",
            "transaction.latency.mean{script=a.sql}=0.000225 s",
            "statement.latency.mean{script=a.sql, statement=\"SELECT 1;\"}=0.000001 s",
            "statement.failed{script=a.sql, statement=\"SELECT 1;\"}=0 {transaction}",
            "transaction.count{script=b.sql}=3 {transaction}",
            "transaction.rate{script=b.sql}=0.3 {transaction}/s",
        ]
    );
}

#[test]
fn progress_has_intervals_and_an_idle_one_has_no_latency() {
    let stderr = "\
starting vacuum...end.
progress: 1.0 s, 190.0 tps, lat 4.234 ms stddev 5.658, lag 1.085 ms, 22 skipped
progress: 2.0 s, 0.0 tps, lat 0.000 ms stddev 0.000, 3 failed, 4 retried, 5 retries
";
    let progress = extract::run(&Pgbench, &Captures::new().with(Stream::Stderr, stderr.as_bytes()), &[]);
    assert_eq!(
        found(&progress),
        [
            "transaction.rate{interval=1}=190 {transaction}/s",
            "transaction.latency.mean{interval=1}=0.004234 s",
            "transaction.latency.stddev{interval=1}=0.005658 s",
            "schedule.lag.mean{interval=1}=0.001085 s",
            "transaction.skipped{interval=1}=22 {transaction}",
            "transaction.rate{interval=2}=0 {transaction}/s",
            "transaction.failed{interval=2}=3 {transaction}",
            "transaction.retried{interval=2}=4 {transaction}",
            "transaction.retries{interval=2}=5 {retry}",
        ]
    );
    assert_eq!(codes(&progress), [code::BELOW_RESOLUTION, code::NO_SAMPLES]);
}

#[test]
fn a_run_that_failed_has_no_share() {
    let aborted = read("number of transactions actually processed: 0/10\nnumber of failed transactions: 0 (NaN%)\n");
    assert_eq!(found(&aborted), ["transaction.count=0 {transaction}", "transaction.failed=0 {transaction}"]);
    assert_eq!(codes(&aborted), [code::NO_SAMPLES]);
    for error in [
        "pgbench: error: could not connect\n",
        "/usr/bin/pgbench: unrecognized option '--x'\n",
        "Client 0 aborted in state 5: E\n",
    ] {
        let said = extract::run(&Pgbench, &Captures::new().with(Stream::Stderr, error.as_bytes()), &[]);
        assert_eq!(codes(&said), [code::TOOL_FAILED, code::NO_METRICS], "{error}");
    }
}

#[test]
fn a_summary_that_was_cut_or_repeated_is_said() {
    assert_eq!(codes(&read(&SUMMARY[..SUMMARY.find("tps = ").unwrap() + 9])), [code::TRUNCATED]);
    let twice = read(&format!("{SUMMARY}{SUMMARY}"));
    assert_eq!((twice.metrics.len(), codes(&twice)), (46, vec![code::SEVERAL_DOCUMENTS]));
    let rates: Vec<String> = twice.metrics.named("transaction.rate").map(|m| m.to_string()).collect();
    assert_eq!(rates, ["transaction.rate{repetition=1}", "transaction.rate"]);
}

#[test]
fn progress_belongs_to_a_summary_of_its_own() {
    let progress = "progress: 1.0 s, 190.0 tps, lat 4.234 ms stddev 5.658, 0 failed\n";
    let init = "done in 0.71 s (drop tables 0.02 s, vacuum 0.23 s).\n";
    for vacuum in ["starting vacuum...end.\n", ""] {
        let both = format!("{vacuum}{progress}{SUMMARY}");
        let once = read(&format!("{init}{both}"));
        assert_eq!((once.metrics.len(), codes(&once)), (30, vec![]));
        let twice = read(&format!("{both}{both}"));
        assert_eq!((twice.metrics.len(), codes(&twice)), (54, vec![code::SEVERAL_DOCUMENTS]));
        let rates: Vec<String> = twice.metrics.named("transaction.rate").map(|m| m.to_string()).collect();
        assert_eq!(rates[..2], ["transaction.rate{interval=1, repetition=1}", "transaction.rate{repetition=1}"]);
        assert_eq!(rates[2..], ["transaction.rate{interval=1}", "transaction.rate"]);
        let behind = read(&format!("{SUMMARY}{vacuum}{progress}"));
        assert_eq!((behind.metrics.len(), codes(&behind)), (27, vec![]));
        assert!(found(&behind).iter().all(|metric| !metric.contains("repetition")));
    }
}

#[test]
fn other_texts_are_not_mine() {
    assert_eq!(Pgbench.sniff(&Text::new(b"transactions: 1219 (121.76 per sec.)\ntps = 5\n")), Sniff::No);
    assert_eq!(codes(&read("hello\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(text: &str) -> Extraction {
    extract::run(&RtApp, &Captures::new().with(Stream::Stderr, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const HEAD: &str = "#idx     perf      run   period           start             end          rel_st      slack c_duration   c_period     wu_lat\n";

fn row(thread: u32, slack: i32, latency: u32) -> String {
    format!(
        "   {thread}   111111     1993    10103     14202364167     14202374270            4085       {slack}       2000      10000        {latency}\n"
    )
}

#[test]
fn a_row_is_one_activation_of_a_thread() {
    let all = found(&read(&(HEAD.to_owned() + &row(3, -322, 127))));
    assert_eq!(
        all[..4],
        [
            "run.duration{loop=1, thread=3}=0.001993",
            "period{loop=1, thread=3}=0.010103",
            "slack{loop=1, thread=3}=-0.000322",
            "wakeup.latency{loop=1, thread=3}=0.000127"
        ]
    );
}

#[test]
fn the_rows_of_a_thread_have_their_extremes_and_percentiles() {
    let rows: String = (1..=200).map(|n| row(0, 0, n)).chain([row(1, 0, 7)]).collect();
    let all = read(&(HEAD.to_owned() + &rows));
    let of = |name: &str| all.metrics.iter().find(|m| m.to_string() == name).map(|m| (m.value(), m.samples()));
    assert_eq!(of("wakeup.latency.min{thread=0}"), Some((0.000001, Some(200))));
    assert_eq!(of("wakeup.latency.p50{thread=0}"), Some((0.0001, Some(200))));
    assert_eq!(of("wakeup.latency.p99{thread=0}"), Some((0.000198, Some(200))));
    assert_eq!(of("wakeup.latency.max{thread=0}"), Some((0.0002, Some(200))));
    assert_eq!(of("wakeup.latency.max{thread=1}"), Some((0.000007, Some(1))));
}

#[test]
fn the_columns_are_read_by_their_names() {
    let old = "#idx\tperiod\tmin_et\tmax_et\trel_st\tstart\t\tend\t\tdeadline\tdur.\tslack\tBudget\tUsed Budget\n0\t10000\t1\t2\t3\t4\t5\t6\t1993\t-7\n";
    assert_eq!(found(&read(old))[..2], ["run.duration{loop=1, thread=0}=0.001993", "slack{loop=1, thread=0}=-0.000007"]);
}

#[test]
fn the_calibration_is_a_time() {
    assert_eq!(found(&read("[rt-app] <notice> pLoad = 9ns : calib_cpu 0\n")), ["calibration.loop.time{cpu=0}=0.000000009"]);
    assert_eq!(found(&read("[rt-app] <notice> pLoad = 100ns\n")), ["calibration.loop.time=0.0000001"]);
}

#[test]
fn refusals_are_failures() {
    for text in [
        "usage:\nrt-app <taskset.json>\n",
        "[rt-app] <error> [json] Error while parsing input JSON\n",
        "pthread_setschedparam: Operation not permitted\n",
    ] {
        assert_eq!(codes(&read(text)), [code::TOOL_FAILED, code::NO_METRICS], "{text}");
    }
}

#[test]
fn a_row_that_is_cut_gives_nothing() {
    let whole = HEAD.to_owned() + &row(0, 5, 127);
    let cut = read(&whole[..whole.len() - 2]);
    assert_eq!((found(&cut).len(), codes(&cut)), (0, vec![code::TRUNCATED, code::NO_METRICS]));
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("usage: x\n1 2 3\n")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(RtApp.sniff(&Text::new(b"#idx a b\n")), Sniff::No);
}

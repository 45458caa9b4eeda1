use prill_core::extract::{Captures, Extraction, run};
use prill_core::{Extractor, Sniff, Stream, Text};

use super::Schbench;

fn extract(stdout: &str, stderr: &str, argv: &[&str]) -> Extraction {
    let argv: Vec<String> = argv.iter().map(ToString::to_string).collect();
    let captures = Captures::new().with(Stream::Stdout, stdout.as_bytes()).with(Stream::Stderr, stderr.as_bytes());
    let captures = if argv.is_empty() { captures } else { captures.with_argv(argv) };
    run(&Schbench, &captures, &[])
}

/// Identity, value, unit and direction of each metric.
fn metrics(extraction: &Extraction) -> Vec<String> {
    let line = |m: prill_core::Metric<'_>| format!("{m} = {} {} {}", m.value(), m.unit().map_or("?", |u| u.code()), m.polarity());
    extraction.metrics.iter().map(line).collect()
}

fn identities(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| m.to_string()).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const TABLES: &str = "\
Wakeup Latencies percentiles (usec) runtime 3 (s) (314 total samples)
\t* 99.0th: 15984      (26 samples)
\t  min=2, max=20053
Request Latencies percentiles (usec) runtime 3 (s) (314 total samples)
\t  99.9th: 68736      (3 samples)
\t  min=3529, max=68829
RPS percentiles (requests) runtime 3 (s) (4 total samples)
\t* 50.0th: 100        (1 samples)
\t  min=100, max=107
average rps: 104.67
sched delay: message 0 (usec) worker 0 (usec)
";

#[test]
fn the_three_tables_and_the_average() {
    let extraction = extract("", TABLES, &[]);
    assert_eq!(
        metrics(&extraction),
        [
            "runtime = 3 s informational",
            "wakeup.latency.count = 314 {sample} informational",
            "wakeup.latency.p99 = 0.015984 s lower",
            "wakeup.latency.min = 0.000002 s lower",
            "wakeup.latency.max = 0.020053 s lower",
            "request.latency.count = 314 {sample} informational",
            "request.latency.p99_9 = 0.068736 s lower",
            "request.latency.min = 0.003529 s lower",
            "request.latency.max = 0.068829 s lower",
            "request.rate.count = 4 {sample} informational",
            "request.rate.p50 = 100 {request}/s higher",
            "request.rate.min = 100 {request}/s higher",
            "request.rate.max = 107 {request}/s higher",
            "request.rate.mean = 104.67 {request}/s higher",
        ]
    );
    assert_eq!(codes(&extraction), ["no-samples"], "the delays are read too late");
    let p99 = extraction.metrics.get("wakeup.latency.p99").unwrap();
    assert_eq!((p99.samples(), p99.resolution()), (Some(314), Some(32.0 * 1e-6)));
    assert_eq!(extraction.metrics.get("wakeup.latency.max").unwrap().resolution(), Some(1e-6));
}

#[test]
fn a_rate_of_zero_is_a_value_and_a_latency_of_zero_is_below_the_step() {
    let text = TABLES.replace("* 50.0th: 100 ", "* 50.0th: 0 ");
    assert_eq!(codes(&extract("", &text, &[])), ["no-samples"]);
    let old = extract("", "Latency percentiles (usec)\n\t50.0th: 7\n\tmin=0, max=9\n", &[]);
    assert_eq!(codes(&old), ["below-resolution"], "the versions of 2016 to 2019 never set the minimum");
}

#[test]
fn the_first_version() {
    let text = "Latency percentiles (usec)\n\t50.0000th: 36\n\t*99.0000th: 25952\n\tOver=3, min=0, max=32762\n";
    assert_eq!(
        metrics(&extract("", text, &[])),
        [
            "wakeup.latency.p50 = 0.000036 s lower",
            "wakeup.latency.p99 = 0.025952 s lower",
            "wakeup.latency.over.count = 3 {sample} lower",
            "wakeup.latency.min = 0 s lower",
            "wakeup.latency.max = 0.032762 s lower",
        ]
    );
}

#[test]
fn with_a_rate_the_one_table_is_about_requests() {
    let table = "Latency percentiles (usec)\n\t*99.0th: 933\n\tmin=0, max=20054\n";
    let names = |extraction: &Extraction| extraction.metrics.iter().map(|m| m.to_string()).collect::<Vec<_>>();
    let asked = extract("", table, &["schbench", "-R", "500"]);
    assert_eq!(names(&asked), ["request.latency.p99", "request.latency.min", "request.latency.max"]);
    let line = "rps: 498.31 p95 (usec) 10 p99 (usec) 933 p95/cputime 0.10% p99/cputime 9.33%\n";
    let said = extract(line, table, &[]);
    assert_eq!(
        metrics(&said),
        [
            "request.rate.mean = 498.31 {request}/s higher",
            "request.latency.p95{source=summary} = 0.00001 s lower",
            "request.latency.p99{source=summary} = 0.000933 s lower",
            "request.slowdown.p95 = 0.001 1 lower",
            "request.slowdown.p99 = 0.0933 1 lower",
            "request.latency.p99 = 0.000933 s lower",
            "request.latency.min = 0 s lower",
            "request.latency.max = 0.020054 s lower",
        ]
    );
    assert_eq!(names(&extract("", table, &["schbench", "-r", "5"]))[0], "wakeup.latency.p99");
}

#[test]
fn intervals_are_labelled_and_the_last_tables_are_not() {
    let interval =
        TABLES.replace("message 0 (usec) worker 0", "message 3393 (usec) worker 5614").replace("average rps: 104.67\n", "");
    let text = format!("{}current rps: 92.29\n{TABLES}", interval.replace("runtime 3", "runtime 2"));
    let extraction = extract("", &text, &[]);
    let metrics = metrics(&extraction);
    for expected in [
        "runtime{interval=1} = 2 s informational",
        "wakeup.latency.p99{interval=1} = 0.015984 s lower",
        "sched.delay{interval=1, role=message} = 0.003393 s lower",
        "sched.delay{interval=1, role=worker} = 0.005614 s lower",
        "request.rate.last{interval=1} = 92.29 {request}/s higher",
        "runtime = 3 s informational",
        "wakeup.latency.p99 = 0.015984 s lower",
        "request.rate.mean = 104.67 {request}/s higher",
    ] {
        assert!(metrics.contains(&expected.to_owned()), "{expected} is not in {metrics:#?}");
    }
    assert_eq!(metrics.len(), 13 + 3 + 14);
}

#[test]
fn a_run_that_ends_after_an_interval_is_cut() {
    let text = TABLES.replace("average rps: 104.67\n", "").replace("worker 0", "worker 7") + "current rps: 92.29\n";
    let extraction = extract("", &text, &[]);
    assert_eq!(codes(&extraction), ["truncated"]);
    let metrics = metrics(&extraction);
    assert!(metrics.contains(&"sched.delay{role=worker} = 0.000007 s lower".to_owned()), "{metrics:?}");
    assert!(metrics.contains(&"request.rate.last{interval=1} = 92.29 {request}/s higher".to_owned()), "{metrics:?}");
}

#[test]
fn of_two_runs_the_last_one_has_the_plain_names() {
    let first = TABLES.replace("104.67", "1.00");
    let extraction = extract("", &(first.clone() + TABLES), &[]);
    assert_eq!(codes(&extraction), ["several-documents", "no-samples", "no-samples"]);
    let (earlier, last): (Vec<_>, Vec<_>) = extraction.metrics.iter().partition(|m| m.labels().get("repetition") == Some("1"));
    assert_eq!(last.iter().map(|m| m.to_string()).collect::<Vec<_>>(), identities(&extract("", TABLES, &[])));
    assert!(last.iter().all(|m| m.span().start >= first.len()), "all of the second run");
    assert_eq!(earlier.len(), last.len());
    assert!(extraction.metrics.iter().any(|m| m.to_string() == "request.rate.mean{repetition=1}" && m.value() == 1.0));
}

#[test]
fn an_interval_of_an_earlier_run_has_both_labels() {
    let interval = TABLES.replace("average rps: 104.67\n", "current rps: 92.29\n");
    let text = format!("{interval}{TABLES}{TABLES}");
    let found = identities(&extract("", &text, &[]));
    for expected in ["wakeup.latency.p99{interval=1, repetition=1}", "wakeup.latency.p99{repetition=1}", "wakeup.latency.p99"] {
        assert!(found.contains(&expected.to_owned()), "{expected} in {found:?}");
    }
}

#[test]
fn a_table_without_samples_has_a_count_and_no_values() {
    let text = TABLES.replacen("(314 total", "(0 total", 1);
    let extraction = extract("", &text, &[]);
    assert_eq!(extraction.metrics.get("wakeup.latency.count").unwrap().value(), 0.0);
    assert_eq!(extraction.metrics.named("wakeup.latency.p99").count(), 0);
    let message = &extraction.diagnostics[0].message;
    assert!(message.contains("wakeup.latency.p99, wakeup.latency.min, wakeup.latency.max"), "{message}");
    let old = extract("", "Latency percentiles (usec)\n\t50.0th: 0\n\tmin=0, max=0\n", &[]);
    assert_eq!((old.metrics.len(), codes(&old)), (0, vec!["no-samples", "no-metrics"]));
}

#[test]
fn the_pipe_mode_of_three_times() {
    let table = "Latency percentiles (usec)\n\t50.0th: 7\n\tmin=0, max=9\n";
    let transfer = |stdout: &str| metrics(&extract(stdout, table, &[]))[..].to_vec();
    assert_eq!(transfer("avg worker transfer: 116.07KB/s\n")[0], "throughput = 118855.68 By/s higher");
    let both = transfer("avg worker transfer: 34425.03 ops/sec 134.47MB/s\n");
    assert_eq!(both[..2], ["transfer.rate = 34425.03 {operation}/s higher", "throughput = 141002014.72 By/s higher"]);
    let new = "Wakeup Latencies percentiles (usec) runtime 3 (s) (9 total samples)\n\t  20.0th: 3          (1 samples)\n\t  \
               min=1, max=9\navg worker transfer: 2.00 ops/sec 8.00B/s\n";
    let extraction = extract("", new, &[]);
    assert_eq!(codes(&extraction), [""; 0]);
    assert_eq!(extraction.metrics.get("throughput").unwrap().value(), 8.0);
}

#[test]
fn goals_of_the_automatic_rate() {
    let text = TABLES.replace("average rps: 104.67", "final rps goal was 1200");
    assert!(metrics(&extract("", &text, &[])).contains(&"request.goal.rate = 1200 {request}/s higher".to_owned()));
    let before = "final rps was 5\nfinal rps was 6\nLatency percentiles (usec) runtime 3 (s)\n\t  50.0th: 4\n\t  min=1, max=9\n";
    let before = metrics(&extract("", before, &["schbench", "-R", "11", "-m", "2"]));
    assert_eq!(before[0], "request.goal.rate{thread=1} = 5 {request}/s informational");
    assert_eq!(before[1], "request.goal.rate{thread=2} = 6 {request}/s informational");
    assert_eq!(before[3], "request.latency.p50 = 0.000004 s lower");
}

#[test]
fn rounds_of_the_automatic_load() {
    let rounds = extract("cputime 30000 threads 16 p99 1234\ncputime 30000 threads 17 p99 2500\n", "", &[]);
    assert_eq!(
        metrics(&rounds),
        ["wakeup.latency.p99{threads=16} = 0.001234 s lower", "wakeup.latency.p99{threads=17} = 0.0025 s lower"]
    );
    let line = |rps| format!("rps: {rps} p95 (usec) 1 p99 (usec) 2 p95/cputime 0.10% p99/cputime 0.20%\n");
    let rates = metrics(&extract(&(line("10.00") + &line("20.00")), "", &[]));
    assert_eq!(rates[0], "request.rate.mean{round=1} = 10 {request}/s higher");
    assert_eq!(rates[5], "request.rate.mean = 20 {request}/s higher");
    let averages = metrics(&extract("rps: 1.00\nrps: 2.00\n", "", &[]));
    assert_eq!(averages, ["request.rate.mean{interval=1} = 1 {request}/s higher", "request.rate.mean = 2 {request}/s higher"]);
}

const FLAT: &str = r#"{"normal": {"version": "6.18.4","cmdline": "schbench -j -"},"int": {"time": 1795362748, "wakeup_latency_pct99.0": 15984, "wakeup_latency_min": 2,"wakeup_latency_max": 20053, "rps_pct50.0": 100, "rps_min": 100,"rps_max": 107, "runtime": 3}}"#;

#[test]
fn json_keeps_the_plain_name() {
    let extraction = extract(FLAT, TABLES, &[]);
    let metrics = metrics(&extraction);
    for expected in [
        "wakeup.latency.p99 = 0.015984 s lower",
        "wakeup.latency.p99{source=table} = 0.015984 s lower",
        "request.rate.p50 = 100 {request}/s higher",
        "runtime{source=table} = 3 s informational",
        "wakeup.latency.count = 314 {sample} informational",
        "request.latency.p99_9 = 0.068736 s lower",
        "request.rate.mean = 104.67 {request}/s higher",
    ] {
        assert!(metrics.contains(&expected.to_owned()), "{expected} is not in {metrics:#?}");
    }
    let plain = extraction.metrics.get("wakeup.latency.p99").unwrap();
    assert_eq!(*plain.stream(), Stream::Stdout);
    assert_eq!(plain.span().of(FLAT.as_bytes()), b"15984");
}

#[test]
fn both_streams_in_one() {
    let apart = metrics(&extract(FLAT, TABLES, &[]));
    let merged = format!("{FLAT}{TABLES}");
    assert_eq!(metrics(&extract(&merged, "", &[])), apart);
}

#[test]
fn the_first_json_is_nested() {
    let text = r#"{"schbench": {"version": "6.1","wakeup_latency": {"percentiles": {"20.0": 6, "99.9": 19296},"min": 2,"max": 19303}, "runtime": 3}}"#;
    assert_eq!(
        metrics(&extract(text, "", &[])),
        [
            "wakeup.latency.p20 = 0.000006 s lower",
            "wakeup.latency.p99_9 = 0.019296 s lower",
            "wakeup.latency.min = 0.000002 s lower",
            "wakeup.latency.max = 0.019303 s lower",
            "runtime = 3 s informational",
        ]
    );
}

#[test]
fn a_job_name_with_quotes_costs_no_number() {
    let text = FLAT.replace("\"cmdline\"", "\"jobname\": \"my job \"x\"\",\"cmdline\"");
    let extraction = extract(&text, "", &[]);
    assert_eq!(metrics(&extraction), metrics(&extract(FLAT, "", &[])));
    assert_eq!(codes(&extraction), ["lenient-json"]);
}

#[test]
fn json_without_samples_and_json_that_is_cut() {
    let empty = extract(&FLAT.replace("15984", "0").replace("20053", "0").replace("_min\": 2", "_min\": 0"), "", &[]);
    assert_eq!(empty.metrics.named("wakeup.latency.p99").count(), 0);
    assert_eq!(codes(&empty), ["no-samples"]);
    let cut = extract(&FLAT[..FLAT.find(" 20053").unwrap()], "", &[]);
    assert_eq!(metrics(&cut), ["wakeup.latency.p99 = 0.015984 s lower", "wakeup.latency.min = 0.000002 s lower"]);
    assert_eq!(codes(&cut), ["truncated"]);
}

#[test]
fn of_two_documents_the_last_whole_one_counts() {
    let text = FLAT.replace("15984", "1") + "\n" + FLAT;
    let extraction = extract(&text, "", &[]);
    assert_eq!(metrics(&extraction), metrics(&extract(FLAT, "", &[])));
    assert_eq!(codes(&extraction), ["several-documents"]);
}

#[test]
fn a_refused_run_failed() {
    for text in [
        "schbench: unrecognized option '--nope'\nschbench usage:\n\t-r (--runtime): How long (seconds, def: 30)\n",
        "Error Extra arguments 'x'\n",
        "unable to allocate message threads: Cannot allocate memory\n",
    ] {
        let extraction = extract("", text, &[]);
        assert_eq!((extraction.metrics.len(), codes(&extraction)), (0, vec!["tool-failed", "no-metrics"]), "{text}");
    }
    let weaker = format!("unable to set CPU affinity\n{TABLES}");
    assert_eq!(codes(&extract("", &weaker, &[])), ["degraded", "no-samples"]);
}

#[test]
fn broken_lines_are_said() {
    let text = TABLES.replace("* 99.0th: 15984 ", "* 99.0th: 370,04 ").replace("average rps: 104.67", "average rps: x");
    let extraction = extract("", &text, &[]);
    assert_eq!(extraction.metrics.named("wakeup.latency.p99").count(), 0);
    assert_eq!(codes(&extraction).iter().filter(|code| **code == "malformed").count(), 2, "{:?}", extraction.diagnostics);
    let many = extract("", &format!("Latency percentiles (usec)\n{}\tmin=1, max=9\n", "\t50.0th: x\n".repeat(1000)), &[]);
    assert_eq!(many.diagnostics.len(), 17, "a flood is said once");
    let threads = extract("", &format!("{}{TABLES}", "unable to set CPU affinity\n".repeat(64)), &[]);
    assert_eq!(codes(&threads), ["degraded", "no-samples"]);
    let stray = extract("", &TABLES[TABLES.find("\t* 99").unwrap()..], &[]);
    assert_eq!(codes(&stray)[0], "truncated", "the rows above the first header belong to nothing");
    assert_eq!(stray.metrics.named("wakeup.latency.p99").count(), 0);
    let unit = extract("", "Latency percentiles (ticks)\n\t50.0th: 7\n\tmin=1, max=9\n", &[]);
    assert_eq!((metrics(&unit)[0].as_str(), codes(&unit)), ("wakeup.latency.p50 = 7 ? lower", vec!["unknown-unit"]));
}

#[test]
fn a_cut_table_gives_what_is_whole() {
    let cut = extract("", "Latency percentiles (usec)\n\t50.0th: 36\n\tmin=2, max=200", &[]);
    assert_eq!(metrics(&cut), ["wakeup.latency.p50 = 0.000036 s lower", "wakeup.latency.min = 0.000002 s lower"]);
    assert_eq!(codes(&cut), ["truncated"]);
    let header = extract("", &TABLES[..TABLES.find("Request").unwrap()], &[]);
    assert_eq!(codes(&header), ["truncated"], "two tables are missing");
}

#[test]
fn only_its_own_marks_are_certain() {
    let sniff = |text: &str| Schbench.sniff(&Text::new(text.as_bytes()));
    assert_eq!(sniff(TABLES), Sniff::Certain);
    assert_eq!(sniff("noise\nLatency percentiles (usec)\n"), Sniff::Certain);
    assert_eq!(sniff(FLAT), Sniff::Certain);
    assert_eq!(sniff("schbench usage:\n"), Sniff::Likely);
    for other in
        ["", "average rps: 1.00\n", "clat percentiles (usec):\n", "{\"schbench\": 1}", "see Latency percentiles (usec) below"]
    {
        assert_eq!(sniff(other), Sniff::No, "{other}");
    }
    assert_eq!(codes(&extract("hello 5\n", "", &[])), ["not-found", "no-metrics"]);
}

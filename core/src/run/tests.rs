use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::*;
use crate::check::{AssertResult, MetricCheck, Verdict};
use crate::diagnostic::code;
use crate::extract::{ExtractError, Extractor, Input, MetricSink, OutputFormat, Sniff, Streams};
use crate::payload::{Payload, PayloadKind};
use crate::process::End;
use crate::registry::Registry;
use prill_scan::{Quantity, Text, unit};

/// `name=microseconds` on each line.
struct Times;

impl Extractor for Times {
    fn name(&self) -> &str {
        "times"
    }

    fn summary(&self) -> &str {
        "name=microseconds on each line"
    }

    fn streams(&self) -> Streams {
        Streams::StdoutThenStderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.as_str().contains("latency=") { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        for (name, value) in input.text().lines().filter_map(|l| l.text.split_once('=')) {
            out.metric(name).unit(unit::US).lower().push(value);
        }
        if out.is_empty() { Err(ExtractError::NotFound) } else { Ok(()) }
    }
}

const SH: Payload = Payload {
    default_args: &["-c"],
    default_checks: &[MetricCheck::exit_code_eq(0)],
    output: OutputFormat::new("times"),
    ..Payload::binary("sh", "/bin/sh")
};

fn context() -> Context {
    Context::new(Registry::bare().with(Times).unwrap())
}

fn run(script: &str, checks: &[MetricCheck]) -> (AssertResult, PayloadMetrics) {
    let context = context();
    let run = context.payload(&SH).arg(script).timeout(Duration::from_secs(20));
    checks.iter().fold(run, |run, check| run.check(*check)).run().unwrap()
}

#[test]
fn a_run_gives_metrics_that_point_into_its_output() {
    let (verdict, metrics) = run("echo latency=431; echo noise >&2", &[MetricCheck::max("latency", Quantity::us(431.0))]);
    assert_eq!(verdict.verdict(), Verdict::Passed, "{verdict}");
    let latency = metrics.get("latency").unwrap();
    assert_eq!((latency.value(), latency.span().of(metrics.stdout().head())), (0.000431, &b"431"[..]));
    assert_eq!((metrics.exit_code(), metrics.stderr().head()), (0, &b"noise\n"[..]));
    assert_eq!(metrics.argv(), ["/bin/sh", "-c", "echo latency=431; echo noise >&2"]);
}

#[test]
fn a_check_that_fails_says_what_was_measured() {
    let (verdict, _) = run("echo latency=431", &[MetricCheck::max("latency", Quantity::us(430.0))]);
    assert_eq!(verdict.verdict(), Verdict::Failed);
    let (verdict, _) = run("echo latency=1; echo the reason >&2; exit 3", &[]);
    assert_eq!(verdict.verdict(), Verdict::Failed);
    assert!(verdict.to_string().contains("the reason"), "{verdict}");
}

#[test]
fn cleared_arguments_and_checks_drop_what_came_before() {
    let context = context();
    let run = context.payload(&SH).arg("exit 1").check(MetricCheck::exists("nothing"));
    let (verdict, metrics) = run.clear_args().args(["-c", "echo latency=1; exit 2"]).clear_checks().run().unwrap();
    assert_eq!((metrics.exit_code(), verdict.verdict()), (2, Verdict::Passed), "{verdict}");
}

#[test]
fn a_time_out_keeps_what_was_printed_and_is_no_error() {
    let context = context();
    let begun = Instant::now();
    let run = context.payload(&SH).arg("echo latency=5; sleep 60").timeout(Duration::from_secs(2));
    let (verdict, metrics) = run.clear_checks().check(MetricCheck::exists("latency")).run().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(30));
    assert!(metrics.timed_out());
    assert_eq!((metrics.exit_code(), metrics.get("latency").map(|m| m.value())), (-1, Some(5e-6)));
    assert_eq!(verdict.verdict(), Verdict::Inconclusive, "{verdict}");
}

#[test]
fn a_background_payload_that_prints_much_before_the_wait_finishes() {
    let context = context();
    let script = "head -c 10000000 /dev/zero; head -c 10000000 /dev/zero >&2; echo; echo latency=7";
    let handle = context.payload(&SH).arg(script).spawn().unwrap();
    assert_eq!(handle.payload_name(), "sh");
    let (verdict, metrics) = handle.wait().unwrap();
    assert_eq!((metrics.stdout().written(), metrics.stderr().written()), (10_000_011, 10_000_000));
    assert_eq!(metrics.get("latency").map(|m| m.value()), Some(7e-6));
    assert_eq!(verdict.verdict(), Verdict::Passed, "{verdict}");
}

#[test]
fn a_killed_payload_leaves_its_metrics_and_no_doubt() {
    let context = context();
    let mut handle = context.payload(&SH).clear_checks().arg("echo latency=7; sleep 60").spawn().unwrap();
    assert!(handle.try_wait().unwrap().is_none());
    // The line must be out before the kill; nothing else tells the test when.
    std::thread::sleep(Duration::from_millis(300));
    let (verdict, metrics) = handle.kill().unwrap();
    assert_eq!(metrics.end(), End::Killed);
    assert_eq!(verdict.verdict(), Verdict::Passed, "{verdict}");
}

#[test]
fn try_wait_gives_the_result_once() {
    let context = context();
    let mut handle = context.payload(&SH).arg("echo latency=7").spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    let (verdict, _) = loop {
        if let Some(result) = handle.try_wait().unwrap() {
            break result;
        }
        assert!(Instant::now() < deadline, "the payload never ended");
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(verdict.verdict(), Verdict::Passed);
    assert!(handle.try_wait().unwrap().is_none());
    assert!(handle.wait().is_err());
}

#[test]
fn a_scheduler_is_refused_with_who_starts_it() {
    const SCHEDULER: Payload = Payload::scheduler("scx_simple", "/bin/sh");
    let context = context();
    for error in [context.payload(&SCHEDULER).run().unwrap_err(), context.payload(&SCHEDULER).spawn().unwrap_err()] {
        assert!(error.to_string().contains("#[prill::test(scheduler"), "{error}");
    }
    assert_eq!(SCHEDULER.kind, PayloadKind::Scheduler("/bin/sh"));
}

#[test]
fn a_format_that_is_not_linked_is_known_before_anything_runs() {
    let context = context();
    let dir = tempfile::tempdir().unwrap();
    let mark = dir.path().join("ran");
    let run = context.payload(&SH).arg(format!("touch {}", mark.display())).format(OutputFormat::new("tmies"));
    let error = run.run().unwrap_err().to_string();
    assert!(error.contains("linked are times"), "{error}");
    assert!(!mark.exists());
}

#[test]
fn auto_finds_the_format_by_the_text() {
    let context = context();
    let (_, metrics) = context.payload(&SH).arg("echo latency=9").format(OutputFormat::AUTO).run().unwrap();
    assert_eq!((metrics.format(), metrics.get("latency").map(|m| m.value())), ("times", Some(9e-6)));
}

#[test]
fn a_cut_capture_is_inconclusive_unless_partial_output_is_allowed() {
    let context = context();
    let script = "yes x=1 | head -c 100000; echo; echo latency=3";
    let run = || context.payload(&SH).arg(script).output_limit(4096).clear_checks().check(MetricCheck::exists("latency"));
    let (verdict, metrics) = run().run().unwrap();
    assert!(metrics.diagnostics().iter().any(|d| d.code == code::CUT));
    assert_eq!(verdict.verdict(), Verdict::Inconclusive, "{verdict}");
    let latency = metrics.get("latency").unwrap();
    assert_eq!(latency.span().end, 100_000 + 1 + "latency=3".len());
    let (verdict, _) = run().allow_partial().run().unwrap();
    assert_eq!(verdict.verdict(), Verdict::Passed, "{verdict}");
}

#[test]
fn an_output_file_is_a_third_source() {
    let context = context();
    let dir = tempfile::tempdir().unwrap();
    let run = |script: &str| context.payload(&SH).arg(script).current_dir(dir.path()).output_file("out.txt").run().unwrap().1;
    let metrics = run("echo latency=8 > out.txt");
    assert_eq!(metrics.get("latency").map(|m| m.stream().to_string()).as_deref(), Some("file"));
    let metrics = run("true");
    assert!(metrics.metrics().is_empty(), "an old file is not the run's");
    assert!(metrics.diagnostics()[0].message.contains("was there before the run"), "{}", metrics.diagnostics()[0]);
}

#[test]
fn a_run_that_is_too_short_is_inconclusive() {
    let context = context();
    let (verdict, _) = context.payload(&SH).arg("echo latency=8").min_duration(Duration::from_secs(60)).run().unwrap();
    assert_eq!(verdict.verdict(), Verdict::Inconclusive, "{verdict}");
}

#[test]
fn usage_can_be_checked() {
    let (verdict, metrics) = run("echo latency=1", &[MetricCheck::max("usage.wall", Quantity::s(20.0))]);
    assert_eq!(verdict.verdict(), Verdict::Passed, "{verdict}");
    assert!(metrics.usage_readings().iter().any(|r| r.name == "usage.wall"));
    let (verdict, _) = run("echo latency=1", &[MetricCheck::min("usage.wall", Quantity::s(20.0))]);
    assert_eq!(verdict.verdict(), Verdict::Failed, "{verdict}");
}

#[test]
fn the_knobs_reach_the_payload() {
    let context = context();
    let dir = tempfile::tempdir().unwrap();
    let script = "read -r line; echo \"$line=$WORTH\"; pwd >&2";
    let run = context.payload(&SH).arg(script).env("WORTH", "12").current_dir(dir.path());
    let (_, metrics) = run.stdin(crate::process::Stdin::Bytes(b"latency\n".to_vec())).run().unwrap();
    assert_eq!(metrics.get("latency").map(|m| m.value()), Some(12e-6));
    assert!(metrics.stderr().head().ends_with(format!("{}\n", dir.path().file_name().unwrap().display()).as_bytes()));
}

#[test]
fn a_warm_up_is_bounded_and_thrown_away() {
    let context = context();
    let dir = tempfile::tempdir().unwrap();
    // The first run would never end.
    let script = "[ -e ran ] && exec echo latency=2; : > ran; echo latency=1; sleep 60";
    let begun = Instant::now();
    let run = || context.payload(&SH).arg(script).current_dir(dir.path()).warmup(Duration::from_secs(1));
    let (verdict, metrics) = run().run().unwrap();
    assert_eq!((verdict.verdict(), metrics.stdout().head()), (Verdict::Passed, &b"latency=2\n"[..]));
    std::fs::remove_file(dir.path().join("ran")).unwrap();
    let (_, metrics) = run().spawn().unwrap().wait().unwrap();
    assert_eq!(metrics.stdout().head(), b"latency=2\n");
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn the_grace_lets_a_payload_print_its_metrics() {
    let context = context();
    let script = "trap 'echo latency=4; exit 0' TERM; while :; do sleep 0.05; done";
    let grace = Duration::from_secs(20);
    let run = context.payload(&SH).clear_checks().arg(script).timeout(Duration::from_secs(1)).kill_grace(grace);
    let (verdict, metrics) = run.check(MetricCheck::exists("latency")).allow_partial().run().unwrap();
    assert_eq!(metrics.end(), End::TimedOut { after: Duration::from_secs(1), grace: Some(grace) });
    assert_eq!(verdict.verdict(), Verdict::Passed, "{verdict}");
}

#[test]
fn a_place_is_taken_and_what_it_counts_is_checked() {
    let context = context();
    context.cgroups.create("here").unwrap();
    let allowed = rustix::thread::sched_getaffinity(None).unwrap();
    let cpu = (0..rustix::thread::CpuSet::MAX_CPU).find(|cpu| allowed.is_set(*cpu)).unwrap();
    let script = "grep ^Cpus_allowed_list: /proc/self/status >&2; nice >&2; grep ^0:: /proc/self/cgroup >&2; echo latency=1";
    let run = context.payload(&SH).arg(script).in_cgroup("here").affinity([cpu]).nice(7);
    let (verdict, metrics) = run.check(MetricCheck::min("usage.cgroup.cpu", Quantity::us(1.0))).run().unwrap();
    assert_eq!(verdict.verdict(), Verdict::Passed, "{verdict}");
    let said = String::from_utf8_lossy(metrics.stderr().head()).into_owned();
    assert!(said.starts_with(&format!("Cpus_allowed_list:\t{cpu}\n7\n0::/")) && said.trim_end().ends_with("/here"), "{said}");
}

#[test]
fn a_signal_is_told_apart_and_leaves_what_was_printed() {
    let (verdict, metrics) = run("echo latency=6; kill -TERM $$", &[]);
    assert_eq!(metrics.end(), End::Signalled { signal: crate::process::Signal::TERM, core_dumped: false });
    assert_eq!((metrics.exit_code(), metrics.get("latency").map(|m| m.value())), (-1, Some(6e-6)));
    assert_eq!(verdict.verdict(), Verdict::Failed, "the exit code was asked for");
}

/// Keeps what it is told, in order.
#[derive(Default)]
struct Kept(Mutex<Vec<String>>);

impl Recorder for Kept {
    fn measured(&self, metrics: &PayloadMetrics) -> anyhow::Result<()> {
        self.0.lock().unwrap().push(format!("measured {:?}", metrics.iter().collect::<Vec<_>>()));
        Ok(())
    }

    fn judged(&self, verdict: &AssertResult, metrics: &PayloadMetrics) -> anyhow::Result<()> {
        self.0.lock().unwrap().push(format!("judged {:?} {:?}", verdict.verdict(), metrics.iter().collect::<Vec<_>>()));
        Ok(())
    }
}

struct Full;

impl Recorder for Full {
    fn measured(&self, _: &PayloadMetrics) -> anyhow::Result<()> {
        anyhow::bail!("write: no space left on device")
    }

    fn judged(&self, _: &AssertResult, _: &PayloadMetrics) -> anyhow::Result<()> {
        Ok(())
    }
}

#[test]
fn the_recorder_gets_what_the_caller_gets() {
    let kept = Arc::new(Kept::default());
    let mut context = context();
    context.recorder = Some(kept.clone());
    let (verdict, metrics) = context.payload(&SH).arg("echo latency=1").run().unwrap();
    let all: Vec<_> = metrics.iter().collect();
    assert_eq!(*kept.0.lock().unwrap(), [format!("measured {all:?}"), format!("judged {:?} {all:?}", verdict.verdict())]);
}

#[test]
fn a_result_that_cannot_be_kept_fails_the_run() {
    let mut context = context();
    context.recorder = Some(Arc::new(Full));
    let error = context.payload(&SH).arg("echo latency=1").run().unwrap_err();
    assert_eq!(format!("{error:#}"), "record the result: write: no space left on device");
}

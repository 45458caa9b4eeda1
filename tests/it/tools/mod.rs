//! Real tools through the payload API, with parameters that keep them short. `scripts/setup` installs them.

use prill::payloads::{CYCLICTEST, FIO, HACKBENCH, STRESS_NG, SYSBENCH};
use prill::prelude::*;

/// No run here takes longer than this, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

/// A job of fio that touches no disk.
const QUICK_JOB: &[&str] =
    &["--ramp_time=0", "--runtime=1", "--name=quick", "--ioengine=null", "--size=64M", "--bs=4k", "--rw=randrw"];

/// A run of `payload`, whose tool has to be there.
fn tool<'a>(ctx: &'a Ctx, payload: &'a Payload) -> PayloadRun<'a> {
    let PayloadKind::Binary(exe) = payload.kind else { panic!("{} is no tool", payload.name) };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(exe).is_file());
    assert!(found, "{exe} is not installed: ./scripts/setup installs what the tests run");
    ctx.payload(payload).timeout(PATIENCE)
}

/// How many different numbers a run gave, so that a table that was half read shows.
fn assert_measured(metrics: &PayloadMetrics, at_least: usize) {
    let found = metrics.iter().count();
    assert!(found >= at_least, "only {found} metrics; {:?}", metrics.diagnostics());
}

#[prill::test]
fn fio_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let (verdict, metrics) = tool(ctx, &FIO)
        .args(QUICK_JOB.iter().copied())
        .check("iops{op=read} > 100".parse()?)
        .check("throughput{op=write} > 100KiB/s".parse()?)
        .check("clat.p99{op=read} in 0s..1s".parse()?)
        .check("each error.code == 0".parse()?)
        .run()?;
    assert_eq!(metrics.format(), "fio");
    assert_measured(&metrics, 40);
    Ok(verdict)
}

#[prill::test]
fn fio_is_read_in_a_cgroup(ctx: &Ctx) -> Result<AssertResult> {
    ctx.cgroups.create("workers")?;
    let (verdict, metrics) = tool(ctx, &FIO)
        .args(QUICK_JOB.iter().copied())
        .in_cgroup("workers")
        .check("iops{op=read} > 100".parse()?)
        .check("usage.cgroup.cpu > 10ms".parse()?)
        .run()?;
    assert!(metrics.usage().cgroup.is_some(), "{:?}", metrics.usage());
    Ok(verdict)
}

#[prill::test]
fn fio_that_is_refused_fails_the_test(ctx: &Ctx) -> Result<()> {
    let (verdict, metrics) = tool(ctx, &FIO).args(["--name=bad", "--rw=sideways"]).run()?;
    assert_eq!(verdict.verdict(), Verdict::Failed, "{verdict}");
    assert_eq!(metrics.iter().count(), 0);
    assert!(!metrics.diagnostics().is_empty());
    Ok(())
}

/// A group of hackbench that is done at once.
const FEW_MESSAGES: [&str; 4] = ["-g", "1", "-l", "100"];

#[prill::test]
fn hackbench_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &HACKBENCH).clear_args().args(FEW_MESSAGES);
    let (verdict, _) = run.check("elapsed in 1us..60s".parse()?).run()?;
    Ok(verdict)
}

#[prill::test]
fn hackbench_is_read_in_a_cgroup(ctx: &Ctx) -> Result<AssertResult> {
    ctx.cgroups.create("messengers")?;
    let run = tool(ctx, &HACKBENCH).clear_args().args(FEW_MESSAGES).in_cgroup("messengers");
    let (verdict, _) = run.check("elapsed > 1us".parse()?).check("usage.cgroup.cpu > 0".parse()?).run()?;
    Ok(verdict)
}

#[prill::test]
fn cyclictest_is_read_in_a_cgroup(ctx: &Ctx) -> Result<AssertResult> {
    ctx.cgroups.create("timers")?;
    // Without a real-time class and locked memory, which a test must not count on.
    let run = tool(ctx, &CYCLICTEST).clear_args().args(["-q", "-t", "2", "-i", "1000", "-l", "200"]).in_cgroup("timers");
    let (verdict, metrics) = run.check("each wakeup.latency.max in 1us..10s".parse()?).run()?;
    assert_eq!(metrics.metrics().named("wakeup.latency.max").count(), 2, "one of each thread");
    Ok(verdict)
}

#[prill::test]
fn stress_ng_is_read_in_a_cgroup(ctx: &Ctx) -> Result<AssertResult> {
    ctx.cgroups.create("hogs")?;
    let run = tool(ctx, &STRESS_NG).args(["--cpu", "1", "-t", "1"]).in_cgroup("hogs");
    let (verdict, _) = run.check("bogo.operations{stressor=cpu} >= 1".parse()?).check("each bogo.rate > 0".parse()?).run()?;
    Ok(verdict)
}

#[prill::test]
fn sysbench_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &SYSBENCH).args(["--time=1", "cpu", "run"]);
    let (verdict, _) = run.check("event.rate > 1".parse()?).check("event.latency.p99 in 1us..1s".parse()?).run()?;
    Ok(verdict)
}

#[prill::test]
fn a_tool_is_stopped_at_its_deadline_and_keeps_what_it_printed(ctx: &Ctx) -> Result<()> {
    let run = tool(ctx, &STRESS_NG).clear_checks().args(["--cpu", "1", "-t", "60"]);
    let (verdict, metrics) = run.timeout(Duration::from_secs(1)).run()?;
    assert!(metrics.timed_out() && metrics.exit_code() == -1, "{metrics:?}");
    assert_eq!(verdict.verdict(), Verdict::Inconclusive, "{verdict}");
    assert!(String::from_utf8_lossy(metrics.stderr().head()).contains("dispatching hogs"), "{metrics:?}");
    Ok(())
}

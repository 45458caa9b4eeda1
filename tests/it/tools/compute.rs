use prill::payloads::compute::{MBW, OPENSSL_SPEED, SEVEN_ZIP, STRESSAPPTEST};
use prill::payloads::{STRESS_NG, SYSBENCH};
use prill::prelude::*;

use super::{assert_measured, tool};

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

#[prill::test]
fn mbw_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &MBW).clear_args().args(["-n", "2", "8"]);
    let (verdict, metrics) = run.check("each throughput > 1MiB/s".parse()?).run()?;
    assert_measured(&metrics, 6);
    Ok(verdict)
}

#[prill::test]
fn openssl_speed_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &OPENSSL_SPEED).args(["-seconds", "1", "-bytes", "4096", "-evp", "aes-128-gcm"]);
    let (verdict, metrics) = run.check("each throughput > 1kB/s".parse()?).run()?;
    assert_measured(&metrics, 1);
    Ok(verdict)
}

#[prill::test]
fn seven_zip_is_read(ctx: &Ctx) -> Result<()> {
    let (_, metrics) = tool(ctx, &SEVEN_ZIP).args(["1", "-md18", "-mmt1"]).run()?;
    assert_measured(&metrics, 4);
    Ok(())
}

#[prill::test]
fn stressapptest_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &STRESSAPPTEST).clear_args().args(["-s", "1", "-M", "16", "-m", "1"]);
    let (verdict, metrics) = run.check("throughput > 1MiB/s".parse()?).check("error.count == 0".parse()?).run()?;
    assert_measured(&metrics, 5);
    Ok(verdict)
}

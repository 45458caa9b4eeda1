//! The rt-tests. Without a real-time class and locked memory, which a test must not count on.

use prill::payloads::CYCLICTEST;
use prill::payloads::rt_tests::{OSLAT, PMQTEST, PTSEMATEST, QUEUELAT, RT_MIGRATE_TEST, SIGNALTEST, SIGWAITTEST, SVSEMATEST};
use prill::prelude::*;

use super::{assert_measured, tool};

#[prill::test]
fn cyclictest_is_read_in_a_cgroup(ctx: &Ctx) -> Result<AssertResult> {
    ctx.cgroups.create("timers")?;
    let run = tool(ctx, &CYCLICTEST).clear_args().args(["-q", "-t", "2", "-i", "1000", "-l", "200"]).in_cgroup("timers");
    let (verdict, metrics) = run.check("each wakeup.latency.max in 1us..10s".parse()?).run()?;
    assert_eq!(metrics.metrics().named("wakeup.latency.max").count(), 2, "one of each thread");
    Ok(verdict)
}

/// Runs `payload` for a moment.
fn short(ctx: &Ctx, payload: &Payload, args: &[&str], at_least: usize) -> Result<AssertResult> {
    let (verdict, metrics) = tool(ctx, payload).clear_args().args(args.iter().copied()).run()?;
    assert_measured(&metrics, at_least);
    Ok(verdict)
}

#[prill::test]
fn signaltest_is_read(ctx: &Ctx) -> Result<AssertResult> {
    short(ctx, &SIGNALTEST, &["-q", "-t", "2", "-l", "200"], 3)
}

#[prill::test]
fn pmqtest_is_read(ctx: &Ctx) -> Result<AssertResult> {
    short(ctx, &PMQTEST, &["-q", "-t", "1", "-l", "100", "-i", "500"], 3)
}

#[prill::test]
fn ptsematest_is_read(ctx: &Ctx) -> Result<AssertResult> {
    short(ctx, &PTSEMATEST, &["-q", "-t", "1", "-l", "100", "-i", "500"], 3)
}

#[prill::test]
fn svsematest_is_read(ctx: &Ctx) -> Result<AssertResult> {
    short(ctx, &SVSEMATEST, &["-q", "-t", "1", "-l", "100", "-i", "500"], 3)
}

#[prill::test]
fn sigwaittest_is_read(ctx: &Ctx) -> Result<AssertResult> {
    short(ctx, &SIGWAITTEST, &["-q", "-t", "1", "-l", "100", "-i", "500"], 3)
}

#[prill::test]
fn oslat_is_read(ctx: &Ctx) -> Result<AssertResult> {
    short(ctx, &OSLAT, &["-q", "-D", "1"], 2)
}

#[prill::test]
fn rt_migrate_test_is_read(ctx: &Ctx) -> Result<AssertResult> {
    short(ctx, &RT_MIGRATE_TEST, &["-l", "5", "-c", "-e", "2"], 3)
}

#[prill::test]
fn queuelat_is_read(ctx: &Ctx) -> Result<AssertResult> {
    short(ctx, &QUEUELAT, &["-m", "20000", "-c", "100", "-p", "1000", "-f", "2000", "-t", "1"], 1)
}

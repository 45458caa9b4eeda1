use prill::payloads::system::{FREE, IOSTAT, MPSTAT, PIDSTAT, SAR, VMSTAT};
use prill::prelude::*;

use super::{assert_measured, tool};

#[prill::test]
fn vmstat_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &VMSTAT).args(["1", "2"]);
    let (verdict, metrics) = run.check("each cpu.idle.utilization in 0..1".parse()?).run()?;
    assert_measured(&metrics, 34);
    Ok(verdict)
}

#[prill::test]
fn free_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let (verdict, metrics) = tool(ctx, &FREE).check("memory.size > 64MiB".parse()?).run()?;
    assert_measured(&metrics, 10);
    Ok(verdict)
}

#[prill::test]
fn iostat_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let (verdict, metrics) = tool(ctx, &IOSTAT).check("cpu.user.utilization in 0..1".parse()?).run()?;
    assert_measured(&metrics, 6);
    Ok(verdict)
}

#[prill::test]
fn mpstat_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &MPSTAT).args(["1", "1"]).env("LC_ALL", "C");
    let (verdict, metrics) = run.check("cpu.idle.utilization{cpu=all} in 0..1".parse()?).run()?;
    assert_measured(&metrics, 40);
    Ok(verdict)
}

#[prill::test]
fn pidstat_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &PIDSTAT).args(["-p", "SELF"]).env("LC_ALL", "C");
    let (verdict, metrics) = run.check("rss > 64KiB".parse()?).run()?;
    assert_measured(&metrics, 8);
    Ok(verdict)
}

#[prill::test]
fn sar_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &SAR).args(["1", "1"]).env("LC_ALL", "C");
    let (verdict, metrics) = run.check("memory.unused.size > 1MiB".parse()?).run()?;
    assert_measured(&metrics, 20);
    Ok(verdict)
}

use prill::payloads::HACKBENCH;
use prill::payloads::perf::{PERF_BENCH, PERF_STAT};
use prill::prelude::*;

use super::{assert_measured, tool};

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
fn perf_stat_is_read(ctx: &Ctx) -> Result<()> {
    let (_, metrics) = tool(ctx, &PERF_STAT).args(["-e", "task-clock,context-switches", "--", "true"]).run()?;
    assert_measured(&metrics, 2);
    Ok(())
}

#[prill::test]
fn perf_bench_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &PERF_BENCH).args(["sched", "pipe", "-l", "2000"]);
    let (verdict, metrics) = run.check("elapsed in 1us..60s".parse()?).run()?;
    assert_measured(&metrics, 3);
    Ok(verdict)
}

use prill::payloads::command::{HYPERFINE, TIME};
use prill::prelude::*;

use super::{assert_measured, tool};

#[prill::test]
fn time_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &TIME).args(["sleep", "0.05"]);
    let (verdict, metrics) = run.check("elapsed in 40ms..10s".parse()?).run()?;
    assert_measured(&metrics, 10);
    Ok(verdict)
}

#[prill::test]
fn hyperfine_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &HYPERFINE).args(["-N", "--runs", "3", "sleep 0.01"]);
    let (verdict, metrics) = run.check("each time.mean in 10ms..10s".parse()?).run()?;
    assert_measured(&metrics, 6);
    Ok(verdict)
}

use prill::payloads::framework::RUBY_BENCHMARK;
use prill::prelude::*;

use super::{assert_measured, tool};

#[prill::test]
fn ruby_benchmark_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let code = "Benchmark.bm(7) { |x| x.report('times') { 10_000.times { 'a'.dup } } }";
    let run = tool(ctx, &RUBY_BENCHMARK).args(["-rbenchmark", "-e", code]);
    let (verdict, metrics) = run.check("elapsed{benchmark=times} in 1us..10s".parse()?).run()?;
    assert_measured(&metrics, 4);
    Ok(verdict)
}

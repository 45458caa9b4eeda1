use prill::payloads::http::{AB, H2LOAD, WRK};
use prill::prelude::*;

use super::server::{Http, free_port, wait_for};
use super::{assert_measured, tool};

#[prill::test]
fn wrk_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let server = Http::start();
    let run = tool(ctx, &WRK).args(["-t1", "-c2", "-d1s"]).arg(server.url());
    let (verdict, metrics) = run.check("request.rate > 1/s".parse()?).run()?;
    assert_measured(&metrics, 10);
    Ok(verdict)
}

#[prill::test]
fn ab_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let server = Http::start();
    let run = tool(ctx, &AB).clear_args().args(["-q", "-n", "200", "-c", "2"]).arg(server.url());
    let (verdict, metrics) = run.check("request.rate > 1/s".parse()?).run()?;
    assert_measured(&metrics, 20);
    Ok(verdict)
}

const NGHTTPD: Payload = Payload::binary("nghttpd", "nghttpd");

#[prill::test]
fn h2load_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page"), "hello, test\n").unwrap();
    let port = free_port();
    let root = format!("--htdocs={}", folder.path().display());
    let mut server = tool(ctx, &NGHTTPD).args(["--no-tls", "--address=127.0.0.1", &root, &port.to_string()]).spawn()?;
    wait_for(port, &mut server);
    let run = tool(ctx, &H2LOAD).clear_args().args(["-n", "200", "-c", "2"]).arg(format!("http://127.0.0.1:{port}/page"));
    let (verdict, metrics) = run.check("request.rate > 1/s".parse()?).run()?;
    assert_measured(&metrics, 20);
    Ok(verdict)
}

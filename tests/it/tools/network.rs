use prill::payloads::network::{FPING, IPERF2, IPERF3, NETPIPE, PING, QPERF, SOCKPERF};
use prill::prelude::*;

use super::server::{free_port, wait_for};
use super::{assert_measured, tool};

const IPERF3_SERVER: Payload = Payload::binary("iperf3-server", "iperf3");
const IPERF2_SERVER: Payload = Payload::binary("iperf2-server", "iperf");
const NETPIPE_SERVER: Payload = Payload::binary("netpipe-server", "NPtcp");
const QPERF_SERVER: Payload = Payload::binary("qperf-server", "qperf");
const SOCKPERF_SERVER: Payload = Payload::binary("sockperf-server", "sockperf");

/// Runs iperf3 against a server of its own, with `args` in place of the defaults.
fn iperf3(ctx: &Ctx, args: &[&str]) -> Result<(AssertResult, PayloadMetrics)> {
    let port = free_port().to_string();
    let mut server = tool(ctx, &IPERF3_SERVER).args(["-s", "-B", "127.0.0.1", "-p", &port]).spawn()?;
    wait_for(port.parse().unwrap(), &mut server);
    let run = tool(ctx, &IPERF3).clear_args().args(["-c", "127.0.0.1", "-p", &port, "-t", "1"]).args(args.iter().copied());
    run.check("any throughput > 1MB/s".parse()?).run()
}

#[prill::test]
fn iperf3_json_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let (verdict, metrics) = iperf3(ctx, &["-J"])?;
    assert_measured(&metrics, 10);
    Ok(verdict)
}

#[prill::test]
fn iperf3_text_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let (verdict, metrics) = iperf3(ctx, &["-P", "2"])?;
    assert_measured(&metrics, 4);
    Ok(verdict)
}

#[prill::test]
fn sockperf_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let port = free_port().to_string();
    let address = ["--tcp", "-i", "127.0.0.1", "-p", &port];
    let mut server = tool(ctx, &SOCKPERF_SERVER).arg("server").args(address).spawn()?;
    wait_for(port.parse().unwrap(), &mut server);
    let run = tool(ctx, &SOCKPERF).clear_args().arg("ping-pong").args(address).args(["-t", "1"]);
    let (verdict, metrics) = run.run()?;
    assert_measured(&metrics, 8);
    Ok(verdict)
}

#[prill::test]
fn iperf2_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let port = free_port().to_string();
    let mut server = tool(ctx, &IPERF2_SERVER).args(["-s", "-B", "127.0.0.1", "-p", &port]).spawn()?;
    wait_for(port.parse().unwrap(), &mut server);
    let run = tool(ctx, &IPERF2).clear_args().args(["-c", "127.0.0.1", "-p", &port, "-t", "1", "-e"]);
    let (verdict, metrics) = run.check("any throughput > 1MB/s".parse()?).run()?;
    assert_measured(&metrics, 4);
    Ok(verdict)
}

#[prill::test]
fn netpipe_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let port = free_port().to_string();
    let mut server = tool(ctx, &NETPIPE_SERVER).args(["-P", &port, "-n", "20", "-u", "64"]).spawn()?;
    wait_for(port.parse().unwrap(), &mut server);
    let (verdict, metrics) =
        tool(ctx, &NETPIPE).args(["-h", "127.0.0.1", "-P", &port, "-n", "20", "-u", "64", "-o", "/dev/null"]).run()?;
    assert_measured(&metrics, 20);
    Ok(verdict)
}

#[prill::test]
fn qperf_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let port = free_port().to_string();
    let mut server = tool(ctx, &QPERF_SERVER).args(["-lp", &port]).spawn()?;
    wait_for(port.parse().unwrap(), &mut server);
    let run = tool(ctx, &QPERF).clear_args().args(["127.0.0.1", "-lp", &port, "-t", "1", "-v", "tcp_bw"]);
    let (verdict, metrics) = run.run()?;
    assert_measured(&metrics, 4);
    Ok(verdict)
}

#[prill::test]
fn ping_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let (verdict, metrics) = tool(ctx, &PING).clear_args().args(["-c", "3", "-i", "0.2", "127.0.0.1"]).run()?;
    assert_measured(&metrics, 8);
    Ok(verdict)
}

#[prill::test]
fn fping_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let (verdict, metrics) = tool(ctx, &FPING).clear_args().args(["-c", "3", "-p", "50", "127.0.0.1"]).run()?;
    assert_measured(&metrics, 6);
    Ok(verdict)
}

use prill::payloads::FIO;
use prill::payloads::storage::{BONNIE, DBENCH, DD, FS_MARK, IOPING};
use prill::prelude::*;

use super::{assert_measured, tool};

/// A job of fio that touches no disk.
const QUICK_JOB: &[&str] =
    &["--ramp_time=0", "--runtime=1", "--name=quick", "--ioengine=null", "--size=64M", "--bs=4k", "--rw=randrw"];

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

#[prill::test]
fn dbench_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let folder = tempfile::tempdir().unwrap();
    let run = tool(ctx, &DBENCH).clear_args().args(["-t", "2", "-D"]).arg(folder.path().to_string_lossy()).arg("1");
    let (verdict, metrics) = run.check("throughput > 1kB/s".parse()?).run()?;
    assert_measured(&metrics, 20);
    Ok(verdict)
}

#[prill::test]
fn ioping_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let folder = tempfile::tempdir().unwrap();
    let run = tool(ctx, &IOPING).clear_args().args(["-c", "5", "-i", "0.01"]).arg(folder.path().to_string_lossy());
    let (verdict, metrics) = run.check("request.latency.mean in 1ns..1s".parse()?).run()?;
    assert_measured(&metrics, 5);
    Ok(verdict)
}

#[prill::test]
fn dd_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let run = tool(ctx, &DD).clear_args().args(["if=/dev/zero", "of=/dev/null", "bs=1M", "count=64"]);
    let (verdict, metrics) = run.check("throughput > 1MB/s".parse()?).run()?;
    assert_measured(&metrics, 2);
    Ok(verdict)
}

#[prill::test]
fn bonnie_is_read(ctx: &Ctx) -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let sizes = ["-s", "16M", "-r", "8M", "-n", "1", "-u", "root", "-d"];
    let (_, metrics) = tool(ctx, &BONNIE).args(sizes).arg(folder.path().to_string_lossy()).run()?;
    assert_measured(&metrics, 2);
    Ok(())
}

#[prill::test]
fn fs_mark_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let folder = tempfile::tempdir().unwrap();
    let in_folder = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    // Without a name it leaves its log in the folder that the test runs in.
    let run = tool(ctx, &FS_MARK).args(["-n", "20", "-s", "512", "-S", "0", "-l", &in_folder("log"), "-d", &in_folder("files")]);
    let (verdict, metrics) = run.check("file.rate{repetition=1} > 1/s".parse()?).run()?;
    assert_measured(&metrics, 10);
    Ok(verdict)
}

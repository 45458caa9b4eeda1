use std::path::{Path, PathBuf};
use std::process::Command;

use prill::payloads::database::{DB_BENCH, PGBENCH, REDIS_BENCHMARK};
use prill::prelude::*;

use super::server::{free_port, wait_for};
use super::{assert_measured, tool};

const REDIS: Payload = Payload::binary("redis", "redis-server");

#[prill::test]
fn redis_benchmark_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let port = free_port().to_string();
    let quiet = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    let mut server = tool(ctx, &REDIS).args(["--port", &port]).args(quiet).spawn()?;
    wait_for(port.parse().unwrap(), &mut server);
    let client = ["-h", "127.0.0.1", "-p", &port, "-t", "set,get", "-n", "1000"];
    for (mode, least) in [(&["--csv"][..], 10), (&[][..], 10), (&["-q"][..], 2)] {
        let run = tool(ctx, &REDIS_BENCHMARK).clear_args().args(client).args(mode.iter().copied());
        let (verdict, metrics) = run.check("each request.rate > 1/s".parse()?).run()?;
        assert!(verdict.is_passed(), "{mode:?}: {verdict}");
        assert_measured(&metrics, least);
    }
    Ok(server.kill()?.0)
}

/// A program of the newest PostgreSQL that is installed: Debian keeps the servers out of `PATH`.
fn postgres(program: &str) -> PathBuf {
    let mut versions: Vec<PathBuf> =
        std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path().join("bin")).collect();
    versions.sort();
    let folder = versions.pop().expect("postgresql is not installed: ./scripts/setup installs what the tests run");
    folder.join(program)
}

/// `program` with `args` as a user whom PostgreSQL serves: it refuses to run as root.
fn unprivileged(folder: &Path, program: &Path, args: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let root = std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
    if root {
        let status = Command::new("chown").arg("-R").arg("postgres").arg(folder).status().unwrap();
        assert!(status.success(), "the package postgresql makes the user postgres");
        words.extend(["runuser", "-u", "postgres", "--"].map(str::to_owned));
    }
    words.push(program.display().to_string());
    words.extend(args.iter().map(|&word| word.to_owned()));
    words
}

const ENV: Payload = Payload::binary("postgres", "env");

#[prill::test]
fn pgbench_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let sockets = folder.path().display().to_string();
    let step = |program: &str, args: &[&str]| {
        let run = tool(ctx, &ENV).args(unprivileged(folder.path(), &postgres(program), args));
        let (verdict, metrics) = run.check(MetricCheck::exit_code_eq(0)).run().unwrap();
        assert!(verdict.is_passed(), "{verdict}\n{}", String::from_utf8_lossy(metrics.stderr().head()));
    };
    step("initdb", &["-D", &data, "-A", "trust", "-U", "tester", "--no-sync"]);
    let port = free_port().to_string();
    let listen = ["-D", &data, "-h", "127.0.0.1", "-p", &port, "-k", &sockets, "-F"];
    let mut server = tool(ctx, &ENV).args(unprivileged(folder.path(), &postgres("postgres"), &listen)).spawn()?;
    wait_for(port.parse().unwrap(), &mut server);
    let client = ["-h", "127.0.0.1", "-p", &port, "-U", "tester"];
    step("pgbench", &[&client[..], &["-i", "-s", "1", "-q", "postgres"]].concat());
    let run = tool(ctx, &PGBENCH).clear_args().args(client).args(["-T", "1", "-c", "2", "-r", "postgres"]);
    let (verdict, metrics) = run.check("any transaction.rate > 1/s".parse()?).run()?;
    assert_measured(&metrics, 4);
    Ok(verdict)
}

#[prill::test]
fn db_bench_is_read(ctx: &Ctx) -> Result<AssertResult> {
    let folder = tempfile::tempdir().unwrap();
    let db = format!("--db={}", folder.path().display());
    let run = tool(ctx, &DB_BENCH).args(["--benchmarks=fillseq,readrandom", "--num=500"]).arg(db);
    let (verdict, metrics) = run.check("each operation.rate > 1/s".parse()?).run()?;
    assert_measured(&metrics, 20);
    Ok(verdict)
}

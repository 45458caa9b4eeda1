//! What a cold `prill extract` of a 72 KB fio file costs beyond `cat` of the same file. The limit is 5 ms.
//!
//! Both are started in turn, so that whatever else the machine does meets both; the medians are compared.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 200;
const BYTES: usize = 72_000;

fn main() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("fio.json");
    std::fs::write(&file, document())?;
    let (mut cat, mut prill) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        cat.push(time(Command::new("cat").arg(&file))?);
        prill.push(time(Command::new(env!("CARGO_BIN_EXE_prill")).args(["extract", "--json"]).arg(&file))?);
    }
    let (cat, prill) = (median(cat), median(prill));
    let more = (prill.as_secs_f64() - cat.as_secs_f64()) * 1e3;
    println!("cold extract of {} bytes, median of {RUNS}:", std::fs::metadata(&file)?.len());
    println!("  cat   {:6.2} ms", cat.as_secs_f64() * 1e3);
    println!(
        "  prill {:6.2} ms, {more:.2} ms more (limit 5 ms), ratio {:.2}",
        prill.as_secs_f64() * 1e3,
        prill.as_secs_f64() / cat.as_secs_f64()
    );
    Ok(())
}

/// A real document of fio with its job repeated until it has the size.
fn document() -> String {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../extractors/fio/samples/randread-json/stdout");
    let text = std::fs::read_to_string(sample).expect("the sample is in the tree");
    let (head, rest) = text.split_once("\"jobs\" : [").expect("fio prints jobs");
    let (job, tail) = rest.rsplit_once("],").expect("disk_util follows the jobs");
    let jobs: Vec<String> = (0..BYTES.div_ceil(job.len())).map(|i| job.replace("\"rr\"", &format!("\"rr{i}\""))).collect();
    format!("{head}\"jobs\" : [{}],{tail}", jobs.join(","))
}

fn time(command: &mut Command) -> std::io::Result<Duration> {
    let begun = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    assert!(status.success(), "{command:?}: {status}");
    Ok(begun.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

//! `prill extract` of an archive of 100,000 results of 7 KB, against a bare read of the same files: at most 2.5 times as long on the
//! same cores, and near twice as fast on two cores as on one.
//!
//! The files are those of fio's JSON, each with a number of its own. They are read from the disk, as an archive is that nobody read for
//! long: before each run their pages are given back to the system. The same is shown with all files in memory, where a read is a
//! copy. All are run in turn. `cargo bench -p prill-cli --bench archive [FILES]`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

const FILES: usize = 100_000;
const ROUNDS: usize = 2;

fn main() -> std::io::Result<()> {
    let files = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(FILES);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let paths = write(folder.path(), files)?;
    println!("{files} files of {} bytes; 2 cores are to be near 2 times as fast as 1", std::fs::metadata(&paths[0])?.len());
    for (from, cold) in [("disk, limit 2.5", true), ("memory", false)] {
        let ready = || if cold { forget(&paths) } else { Ok(_ = bare(&paths, 2)) };
        // Seconds of each, the least of all rounds: bare reads on one core and on two, then extraction.
        let mut best = [f64::INFINITY; 6];
        for _ in 0..ROUNDS {
            for (slot, jobs) in [(0, 1), (1, 2)] {
                ready()?;
                stay_on(jobs)?;
                best[slot] = best[slot].min(time(|| Ok(bare(&paths, jobs)))?);
            }
            for (slot, jobs, to) in [(2, 1, "jsonl"), (3, 2, "jsonl"), (4, 1, "csv"), (5, 2, "csv")] {
                ready()?;
                stay_on(jobs)?;
                best[slot] = best[slot].min(time(|| extract(folder.path(), jobs, to))?);
            }
        }
        println!("from {from}:");
        for (what, slot) in [("jsonl", 2), ("csv", 4)] {
            for (cores, at) in [(1, 0), (2, 1)] {
                let ratio = best[slot + at] / best[at];
                println!("  {what} on {cores}: {:6.2} s, {ratio:.2} times the bare read of {:.2} s", best[slot + at], best[at]);
            }
            println!("  {what}: two cores {:.2} times as fast as one", best[slot] / best[slot + 1]);
        }
    }
    Ok(())
}

/// Has the system read the files from the disk again.
fn forget(paths: &[PathBuf]) -> std::io::Result<()> {
    // Pages that were not written yet stay.
    rustix::fs::sync();
    for path in paths {
        rustix::fs::fadvise(std::fs::File::open(path)?, 0, None, rustix::fs::Advice::DontNeed)?;
    }
    Ok(())
}

/// As many folders as a year has weeks.
fn write(folder: &Path, files: usize) -> std::io::Result<Vec<PathBuf>> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../extractors/fio/samples/randread-json/stdout");
    let text = std::fs::read_to_string(sample)?;
    let mut paths = Vec::with_capacity(files);
    for number in 0..files {
        let week = folder.join(format!("{:02}", number % 52));
        std::fs::create_dir_all(&week)?;
        let path = week.join(format!("{number}.json"));
        std::fs::write(&path, text.replace("\"rr\"", &format!("\"rr{number}\"")))?;
        paths.push(path);
    }
    paths.sort();
    Ok(paths)
}

/// Keeps this process, and what it starts, on that many cores.
fn stay_on(cores: usize) -> std::io::Result<()> {
    let mut set = rustix::thread::CpuSet::new();
    (0..cores).for_each(|cpu| set.set(cpu));
    Ok(rustix::thread::sched_setaffinity(None, &set)?)
}

/// Reads all files, and gives their bytes.
fn bare(paths: &[PathBuf], jobs: usize) -> usize {
    let (next, total) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let bytes = std::fs::read(path).expect("the file is there");
                    total.fetch_add(std::hint::black_box(bytes).len(), Ordering::Relaxed);
                }
            });
        }
    });
    total.into_inner()
}

fn extract(folder: &Path, jobs: usize, to: &str) -> std::io::Result<usize> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prill"));
    command.args(["extract", "--as", "fio", "--to", to, "--jobs", &jobs.to_string()]).arg(folder);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    assert!(status.success(), "{command:?}: {status}");
    Ok(0)
}

fn time(work: impl FnOnce() -> std::io::Result<usize>) -> std::io::Result<f64> {
    let begun = Instant::now();
    std::hint::black_box(work()?);
    Ok(begun.elapsed().as_secs_f64())
}

//! Removing cgroups.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long what was killed may take to leave.
const PATIENCE: Duration = Duration::from_secs(2);

/// Kills what runs in and under `path`, then removes it.
pub(in crate::process) fn kill_and_remove(path: &Path) -> io::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match remove_tree(path) {
            Err(error) if error.kind() == io::ErrorKind::ResourceBusy && Instant::now() < deadline => {
                fs::write(path.join("cgroup.kill"), "1")?;
                std::thread::sleep(Duration::from_millis(1));
            }
            removed => return removed,
        }
    }
}

fn remove_tree(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_tree(&entry.path())?;
        }
    }
    fs::remove_dir(path)
}

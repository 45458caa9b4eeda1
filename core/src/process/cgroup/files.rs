//! A cgroup's files, opened once: a run in a cgroup should cost what a run without costs.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rustix::io::Errno;
use rustix::process::Pid;

use super::CgroupError;

/// The files that each run needs.
#[derive(Debug)]
pub(in crate::process) struct Files {
    path: PathBuf,
    /// The directory, for the kernel to start a process in.
    pub(in crate::process) dir: File,
    /// `cgroup.procs`: who is in it, and the way in.
    pub(in crate::process) procs: File,
    pub(super) cpu: Option<File>,
    pub(super) pressure: [Option<File>; 3],
}

impl Files {
    pub(super) fn open(path: &Path) -> Result<Self, CgroupError> {
        let procs = path.join("cgroup.procs");
        let optional = |file: &str| File::open(path.join(file)).ok();
        Ok(Self {
            path: path.to_owned(),
            dir: File::open(path).map_err(CgroupError::io("open cgroup", path))?,
            procs: File::options().read(true).write(true).open(&procs).map_err(CgroupError::io("open", procs))?,
            cpu: optional("cpu.stat"),
            pressure: ["cpu.pressure", "memory.pressure", "io.pressure"].map(optional),
        })
    }

    /// The processes directly in the cgroup, other than those of which only the zombie is left.
    pub(super) fn processes(&self) -> Result<Vec<Pid>, CgroupError> {
        let text = text(&self.procs).map_err(CgroupError::io("read cgroup.procs of", &self.path))?;
        Ok(text.lines().filter_map(|line| Pid::from_raw(line.parse().ok()?)).collect())
    }
}

/// What a file of the kernel's says now.
pub(super) fn text(file: &File) -> io::Result<String> {
    let mut bytes = Vec::with_capacity(1024);
    loop {
        bytes.reserve(1024);
        let at = bytes.len() as u64;
        match rustix::io::pread(file, rustix::buffer::spare_capacity(&mut bytes), at) {
            Ok(0) => return Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

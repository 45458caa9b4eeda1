//! A cgroup's files, opened once: a run in a cgroup should cost what a run without costs.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::fs::{Mode, OFlags, openat};
use rustix::io::Errno;
use rustix::process::Pid;

use super::CgroupError;
use super::limit::handed_down;

/// The files that each run needs.
#[derive(Debug)]
pub(in crate::process) struct Files {
    /// The directory, for the kernel to start a process in.
    pub(in crate::process) dir: File,
    /// `cgroup.procs`, the way in.
    pub(in crate::process) procs: File,
    /// `cgroup.events`, which the root of the hierarchy does not have.
    pub(super) events: File,
    pub(super) cpu: File,
    pub(super) pressure: [Option<File>; 3],
    /// When `memory.peak` was last looked for in vain ([`handed_down`]).
    peakless: AtomicUsize,
}

impl Files {
    pub(super) fn open(path: &Path) -> Result<Self, CgroupError> {
        let procs = path.join("cgroup.procs");
        let open = |file: &str| File::open(path.join(file)).map_err(CgroupError::io("open", path.join(file)));
        Ok(Self {
            dir: File::open(path).map_err(CgroupError::io("open cgroup", path))?,
            procs: File::options().write(true).open(&procs).map_err(CgroupError::io("open", procs))?,
            events: open("cgroup.events")?,
            cpu: open("cpu.stat")?,
            // Absent where the kernel was built or started without pressure stall information.
            pressure: ["cpu.pressure", "memory.pressure", "io.pressure"].map(|file| open(file).ok()),
            peakless: AtomicUsize::new(usize::MAX),
        })
    }

    /// `memory.peak`, which only the memory controller gives, and before Linux 5.19 nobody. It is not looked for again until a
    /// controller was handed down.
    pub(super) fn peak(&self, flags: OFlags) -> rustix::io::Result<File> {
        let seen = handed_down();
        if self.peakless.load(Ordering::Relaxed) == seen {
            return Err(Errno::NOENT);
        }
        let file = openat(&self.dir, "memory.peak", flags | OFlags::CLOEXEC, Mode::empty()).map(File::from);
        if file.as_ref().is_err_and(|error| *error == Errno::NOENT) {
            self.peakless.store(seen, Ordering::Relaxed);
        }
        file
    }

    /// Whether there are processes in the cgroup or anywhere below it, other than those of which only the zombie is left.
    pub(super) fn populated(&self) -> io::Result<bool> {
        record(&self.events, |text| text.contains("populated 1"))
    }
}

/// The processes in the cgroup and in all below it.
pub(super) fn processes(path: &Path) -> io::Result<Vec<Pid>> {
    let text = match fs::read_to_string(path.join("cgroup.procs")) {
        // The processes of a threaded cgroup are those of a cgroup above it; one that was just removed has none.
        Err(error) if matches!(Errno::from_io_error(&error), Some(Errno::OPNOTSUPP | Errno::NOENT | Errno::NODEV)) => {
            String::new()
        }
        text => text?,
    };
    let mut found: Vec<_> = text.lines().filter_map(|line| Pid::from_raw(line.parse().ok()?)).collect();
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(processes(&entry.path())?);
        }
    }
    Ok(found)
}

/// What `look` sees in a small file of the kernel's as it is now. Such a file comes in one piece (`seq_read_iter`, fs/seq_file.c).
pub(super) fn record<T>(file: &File, look: impl Fn(&str) -> T) -> io::Result<T> {
    let mut bytes = [0; 4096];
    loop {
        match rustix::io::pread(file, &mut bytes, 0) {
            Ok(count) => return Ok(look(&String::from_utf8_lossy(&bytes[..count]))),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

//! One cgroup.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::super::CgroupUsage;
use super::CgroupError;
use super::files::Files;

/// A cgroup to run payloads in; cheap to clone.
///
/// The value does not own the directory: what [`super::Cgroups::create`] made goes with its context.
#[derive(Clone, Debug)]
pub struct Cgroup {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    /// The cgroup that bounds what may be changed: the context's parent, for one that the context has made.
    made_under: Option<PathBuf>,
    files: OnceLock<Files>,
    runs: Mutex<Runs>,
}

/// The runs that are in a cgroup now.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub(super) count: usize,
    /// Somebody else's process was there when the first of them came.
    pub(super) foreign: bool,
    /// What was counted when the last run left, in a cgroup that only runs of ours use: nothing, as long as none was there.
    pub(super) counted: Option<CgroupUsage>,
}

impl Cgroup {
    pub(super) fn existing(path: PathBuf) -> Self {
        Self::new(path, None, Runs::default())
    }

    pub(super) fn made(path: PathBuf, under: PathBuf) -> Self {
        Self::new(path, Some(under), Runs { counted: Some(CgroupUsage::default()), ..Runs::default() })
    }

    fn new(path: PathBuf, made_under: Option<PathBuf>, runs: Runs) -> Self {
        Self { inner: Arc::new(Inner { path, made_under, files: OnceLock::new(), runs: Mutex::new(runs) }) }
    }

    /// Its directory.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    pub(super) fn made_under(&self) -> Option<&Path> {
        self.inner.made_under.as_deref()
    }

    pub(in crate::process) fn files(&self) -> Result<&Files, CgroupError> {
        if let Some(files) = self.inner.files.get() {
            return Ok(files);
        }
        let files = Files::open(self.path())?;
        Ok(self.inner.files.get_or_init(|| files))
    }

    pub(super) fn runs(&self) -> MutexGuard<'_, Runs> {
        self.inner.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

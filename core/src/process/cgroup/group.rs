//! One cgroup.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    runs: Mutex<Runs>,
}

/// The runs that are in a cgroup now.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub(super) count: usize,
    /// Somebody else's process was there when the first of them came.
    pub(super) foreign: bool,
    /// Whether any run was there before.
    pub(super) used: bool,
}

impl Cgroup {
    pub(super) fn existing(path: PathBuf) -> Self {
        Self { inner: Arc::new(Inner { path, made_under: None, runs: Mutex::default() }) }
    }

    pub(super) fn made(path: PathBuf, under: PathBuf) -> Self {
        Self { inner: Arc::new(Inner { path, made_under: Some(under), runs: Mutex::default() }) }
    }

    /// Its directory.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    pub(super) fn made_under(&self) -> Option<&Path> {
        self.inner.made_under.as_deref()
    }

    pub(super) fn runs(&self) -> MutexGuard<'_, Runs> {
        self.inner.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

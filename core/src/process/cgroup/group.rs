//! One cgroup.

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A cgroup to run payloads in; cheap to clone.
///
/// The value does not own the directory: what [`super::Cgroups::create`] made goes with its context.
#[derive(Clone, Debug)]
pub struct Cgroup {
    path: Arc<PathBuf>,
}

impl Cgroup {
    pub(super) fn at(path: PathBuf) -> Self {
        Self { path: Arc::new(path) }
    }

    /// Its directory.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

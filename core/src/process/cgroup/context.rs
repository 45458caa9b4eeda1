//! The cgroups of one context.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::{Cgroup, CgroupError, hierarchy, name};

/// The cgroups that one context makes and uses.
///
/// Nothing is looked up or made before it is asked for. What was made is killed and removed with the value.
#[derive(Debug, Default)]
pub struct Cgroups {
    own: OnceLock<PathBuf>,
    parent: Mutex<Option<PathBuf>>,
}

impl Cgroups {
    /// A context's cgroups; costs nothing until used.
    pub fn new() -> Self {
        Self::default()
    }

    /// The directory under which this context's cgroups are: a child of the caller's own cgroup, made now if need be,
    /// and no other context's.
    ///
    /// # Errors
    /// [`CgroupError::NoHierarchy`] without cgroup v2, [`CgroupError::Io`] where it may not be made.
    pub fn parent_path(&self) -> Result<PathBuf, CgroupError> {
        let mut parent = self.parent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(parent) = &*parent {
            return Ok(parent.clone());
        }
        let path = self.own()?.join(unique_name());
        fs::create_dir(&path).map_err(CgroupError::io("make cgroup", &path))?;
        Ok(parent.insert(path).clone())
    }

    /// Makes the cgroup `name` under [`Cgroups::parent_path`]; it is removed, with all that runs in it, when this value is
    /// dropped. Missing cgroups on the way (`a` of `a/b`) are made too.
    ///
    /// # Errors
    /// [`CgroupError::BadName`], [`CgroupError::Exists`], or what [`Cgroups::parent_path`] gives.
    pub fn create(&self, name: &str) -> Result<Cgroup, CgroupError> {
        let relative = name::check(name)?;
        let path = self.parent_path()?.join(relative);
        let above = path.parent().unwrap_or(&path);
        fs::create_dir_all(above).map_err(CgroupError::io("make cgroup", above))?;
        match fs::create_dir(&path) {
            Ok(()) => Ok(Cgroup::at(path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(CgroupError::Exists { name: name.to_owned() }),
            Err(source) => Err(CgroupError::io("make cgroup", &path)(source)),
        }
    }

    /// Opens the cgroup `name`: one that this context has made, else one that exists under the caller's own cgroup.
    ///
    /// # Errors
    /// [`CgroupError::BadName`], [`CgroupError::Missing`], [`CgroupError::NoHierarchy`].
    pub fn open(&self, name: &str) -> Result<Cgroup, CgroupError> {
        let relative = name::check(name)?;
        let made = self.parent.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let own = self.own()?;
        let candidates = made.iter().map(PathBuf::as_path).chain([own]).map(|parent| parent.join(relative));
        candidates
            .into_iter()
            .find(|path| path.join("cgroup.procs").exists())
            .map(Cgroup::at)
            .ok_or_else(|| CgroupError::Missing { name: name.to_owned(), path: own.join(relative) })
    }

    fn own(&self) -> Result<&Path, CgroupError> {
        if let Some(own) = self.own.get() {
            return Ok(own);
        }
        let found = hierarchy::own_cgroup()?;
        Ok(self.own.get_or_init(|| found))
    }
}

impl Drop for Cgroups {
    fn drop(&mut self) {
        if let Some(parent) = self.parent.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            // What cannot be removed now is removed by a later context, once this process is dead.
            let _ = kill_and_remove(&parent);
        }
    }
}

/// Kills what runs in and under `path`, then removes it.
fn kill_and_remove(path: &Path) -> io::Result<()> {
    fs::write(path.join("cgroup.kill"), "1")?;
    let deadline = Instant::now() + Duration::from_secs(2);
    loop {
        match remove_tree(path) {
            Err(error) if error.kind() == io::ErrorKind::ResourceBusy && Instant::now() < deadline => {
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

fn unique_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("prill-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_goes_with_the_context() {
        let cgroups = Cgroups::new();
        let made = cgroups.create("a/b").unwrap();
        assert!(made.path().starts_with(cgroups.parent_path().unwrap()));
        assert!(cgroups.open("/a/b").is_ok());
        assert!(matches!(cgroups.create("a/b"), Err(CgroupError::Exists { .. })));
        let parent = cgroups.parent_path().unwrap();
        drop(cgroups);
        assert!(!parent.exists());
    }

    #[test]
    fn a_missing_one_is_an_error_that_says_how_to_make_it() {
        let error = Cgroups::new().open("nope").unwrap_err().to_string();
        assert!(error.contains("ctx.cgroups.create(\"nope\")"), "{error}");
    }

    #[test]
    fn two_contexts_do_not_share_names() {
        let (one, other) = (Cgroups::new(), Cgroups::new());
        assert_ne!(one.create("x").unwrap().path(), other.create("x").unwrap().path());
    }
}

//! The cgroups of one context.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::super::warden;
use super::hierarchy::{self, Own};
use super::{Cgroup, CgroupError, kill_and_remove, name, owner, place};

/// The cgroups that one context makes and uses.
///
/// Nothing is looked up or made before it is asked for. What was made is killed and removed with the value.
#[derive(Debug, Default)]
pub struct Cgroups {
    own: OnceLock<Own>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    parent: Option<PathBuf>,
    /// One value for each cgroup, so that runs in the same one know of each other.
    known: BTreeMap<PathBuf, Cgroup>,
}

impl Cgroups {
    /// A context's cgroups; costs nothing until used.
    pub fn new() -> Self {
        Self::default()
    }

    /// The directory under which this context's cgroups are, made now if need be, and no other context's: in the caller's own
    /// cgroup or, where the one above was delegated to the caller, beside it, because a cgroup with processes hands no
    /// controller down. What contexts of dead processes left beside it is removed.
    ///
    /// # Errors
    /// [`CgroupError::NoHierarchy`] without cgroup v2, [`CgroupError::Threaded`] where no process could enter it,
    /// [`CgroupError::Io`] where it may not be made.
    pub fn parent_path(&self) -> Result<PathBuf, CgroupError> {
        let base = place::base(self.own()?);
        let mut state = self.state();
        if let Some(parent) = &state.parent {
            return Ok(parent.clone());
        }
        owner::remove_stale(base);
        let path = base.join(owner::unique_name());
        warden::made_cgroup(&path).map_err(CgroupError::io("have the warden remove", &path))?;
        fs::create_dir(&path).map_err(CgroupError::io("make cgroup", &path))?;
        if fs::read_to_string(path.join("cgroup.type")).is_ok_and(|kind| kind.trim() == "domain invalid") {
            let removed = fs::remove_dir(&path);
            removed.map_err(CgroupError::io("remove cgroup", &path))?;
            warden::removed_cgroup(&path);
            return Err(CgroupError::Threaded { path });
        }
        Ok(state.parent.insert(path).clone())
    }

    /// Makes the cgroup `name` under [`Cgroups::parent_path`]; it is removed, with all that runs in it, when this value is
    /// dropped. Missing cgroups on the way (`a` of `a/b`) are made too.
    ///
    /// # Errors
    /// [`CgroupError::BadName`], [`CgroupError::Exists`], or what [`Cgroups::parent_path`] gives.
    pub fn create(&self, name: &str) -> Result<Cgroup, CgroupError> {
        let relative = name::check(name)?;
        let parent = self.parent_path()?;
        let path = parent.join(relative);
        let above = path.parent().unwrap_or(&path);
        fs::create_dir_all(above).map_err(CgroupError::io("make cgroup", above))?;
        match fs::create_dir(&path) {
            Ok(()) => {
                let cgroup = Cgroup::made(path.clone(), parent);
                self.state().known.insert(path, cgroup.clone());
                Ok(cgroup)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(CgroupError::Exists { name: name.to_owned() }),
            Err(source) => Err(CgroupError::io("make cgroup", &path)(source)),
        }
    }

    /// Opens the cgroup `name`: one under [`Cgroups::parent_path`], else one that exists in the caller's own cgroup, or where
    /// contexts make theirs. Nothing is made.
    ///
    /// # Errors
    /// [`CgroupError::BadName`], [`CgroupError::Missing`], [`CgroupError::NoHierarchy`].
    pub fn open(&self, name: &str) -> Result<Cgroup, CgroupError> {
        let relative = name::check(name)?;
        let own = self.own()?;
        let mut state = self.state();
        let parents = [state.parent.as_deref(), Some(&own.dir)].into_iter().flatten();
        let parents = parents.chain(std::iter::once_with(|| place::base(own)));
        let found = parents.map(|parent| parent.join(relative)).find(|path| path.join("cgroup.procs").exists());
        let path = found.ok_or_else(|| CgroupError::Missing { name: name.to_owned(), path: own.dir.join(relative) })?;
        Ok(state.known.entry(path.clone()).or_insert_with(|| Cgroup::existing(path)).clone())
    }

    /// The directory of the caller's own cgroup.
    ///
    /// # Errors
    /// [`CgroupError::NoHierarchy`] without cgroup v2.
    pub fn own_path(&self) -> Result<&Path, CgroupError> {
        self.own().map(|own| own.dir.as_path())
    }

    fn own(&self) -> Result<&Own, CgroupError> {
        if let Some(own) = self.own.get() {
            return Ok(own);
        }
        let found = hierarchy::own_cgroup()?;
        Ok(self.own.get_or_init(|| found))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Cgroups {
    fn drop(&mut self) {
        let parent = self.state().parent.take();
        // What cannot be removed now is removed by the warden, or by a later context, once this process is dead.
        if let Some(parent) = parent
            && kill_and_remove(&parent).is_ok()
        {
            warden::removed_cgroup(&parent);
        }
    }
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

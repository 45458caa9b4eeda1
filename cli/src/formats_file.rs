//! The formats that TOML files describe: those of `--format-file`, of the nearest `prill.toml`, and of the user.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use prill_core::Registry;
use prill_declare::{Declared, Entry, Project};

use crate::status::Failure;

/// The file of a project that names its formats.
const PROJECT: &str = "prill.toml";

/// The linked formats, and all that files describe. A file that is found twice counts once.
pub(crate) fn registry(files: &[PathBuf]) -> Result<Registry, Failure> {
    let mut known = Known { registry: Registry::linked()?, seen: BTreeSet::new() };
    for file in files {
        known.file(file)?;
    }
    if let Some(project) = env::current_dir().ok().and_then(|dir| nearest(&dir)) {
        known.project(&project)?;
    }
    if let Some(folder) = user_folder(env::var_os("XDG_CONFIG_HOME"), env::var_os("HOME")) {
        known.folder(&folder)?;
    }
    Ok(known.registry)
}

struct Known {
    registry: Registry,
    seen: BTreeSet<PathBuf>,
}

impl Known {
    fn file(&mut self, path: &Path) -> Result<(), Failure> {
        if self.seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_owned())) {
            self.join(Declared::from_file(path).map_err(Failure::usage)?)?;
        }
        Ok(())
    }

    fn project(&mut self, path: &Path) -> Result<(), Failure> {
        for entry in Project::from_file(path).map_err(Failure::usage)?.formats {
            match entry {
                Entry::File(file) => self.file(&file)?,
                Entry::Inline(format) => self.join(*format)?,
            }
        }
        Ok(())
    }

    /// Every `*.toml` of a folder, by name. No folder, no formats.
    fn folder(&mut self, path: &Path) -> Result<(), Failure> {
        let entries = match std::fs::read_dir(path) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(Failure::usage(anyhow!("list the formats in {}: {e}", path.display()))),
        };
        let mut files: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "toml"));
        files.sort();
        files.iter().try_for_each(|file| self.file(file))
    }

    fn join(&mut self, format: Declared) -> Result<(), Failure> {
        let place = format.origin().to_owned();
        self.registry = self.registry.clone().with_from(format, place).map_err(Failure::usage)?;
        Ok(())
    }
}

/// The first `prill.toml` in `dir` or above it.
fn nearest(dir: &Path) -> Option<PathBuf> {
    dir.ancestors().map(|dir| dir.join(PROJECT)).find(|file| file.is_file())
}

/// `prill/formats` in the user's configuration folder, which the XDG Base Directory Specification names; a relative one is
/// to be passed over.
fn user_folder(config: Option<OsString>, home: Option<OsString>) -> Option<PathBuf> {
    let config = config.map(PathBuf::from).filter(|path| path.is_absolute());
    let config = config.or_else(|| Some(PathBuf::from(home?).join(".config")).filter(|path| path.is_absolute()))?;
    Some(config.join("prill/formats"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_folder_is_that_of_xdg() {
        let folder = |config: &str, home: &str| user_folder(Some(config.into()), Some(home.into())).unwrap();
        assert_eq!(folder("/c", "/h"), Path::new("/c/prill/formats"));
        assert_eq!(folder("", "/h"), Path::new("/h/.config/prill/formats"));
        assert_eq!(folder("relative", "/h"), Path::new("/h/.config/prill/formats"));
        assert_eq!(user_folder(None, None), None);
    }
}

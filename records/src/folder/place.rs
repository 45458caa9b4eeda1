//! Where run folders are.

use std::env;
use std::path::{Path, PathBuf};

/// The folder that holds the run folders, for this process: `prill` in the target folder of cargo that the program is in, or that
/// `CARGO_TARGET_DIR` or the workspace around the working directory has; `prill/runs` in the user's state folder
/// (`$XDG_STATE_HOME`, or `~/.local/state`) where there is none.
#[must_use]
pub fn root() -> PathBuf {
    let target = built_into().or_else(asked_for).or_else(around);
    target.map_or_else(state, |target| target.join("prill"))
}

/// The target folder that this program was built into: cargo marks it (cachedir tag specification, brynosaurus.com/cachedir).
fn built_into() -> Option<PathBuf> {
    marked(&env::current_exe().ok()?)
}

fn marked(program: &Path) -> Option<PathBuf> {
    program.ancestors().skip(1).find(|folder| folder.join("CACHEDIR.TAG").is_file()).map(Path::to_owned)
}

fn asked_for() -> Option<PathBuf> {
    env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from)
}

/// The target folder of the workspace around the working directory, which has a lock file.
fn around() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors().find(|folder| folder.join("Cargo.lock").is_file()).map(|folder| folder.join("target"))
}

/// Where programs keep what is no cache and no document (XDG Base Directory Specification 0.8).
fn state() -> PathBuf {
    let home = || env::var_os("HOME").map(|home| Path::new(&home).join(".local/state"));
    let asked = env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
    asked.or_else(home).unwrap_or_else(env::temp_dir).join("prill/runs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_binary_knows_its_target_folder() {
        let dir = tempfile::tempdir().unwrap();
        let program = dir.path().join("target/debug/deps/it-0123");
        assert_eq!(marked(&program), None);
        std::fs::create_dir_all(program.parent().unwrap()).unwrap();
        std::fs::write(dir.path().join("target/CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55").unwrap();
        assert_eq!(marked(&program), Some(dir.path().join("target")));
    }
}

//! A machine made of files, for tests.

use std::fs;

use tempfile::TempDir;

use super::Machine;

/// A machine with these files, which lives as long as the directory.
pub(super) fn machine(files: &[(&str, &str)]) -> (TempDir, Machine) {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = dir.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let machine = Machine::at(dir.path());
    (dir, machine)
}

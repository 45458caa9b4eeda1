//! Which programs are installed.

use std::path::PathBuf;

use rustix::fs::{Access, access};

use super::super::{Command, program};

/// The file that a payload with this executable runs: a path as it is, a name as it is found in `PATH`; `None` where there is none
/// that may be executed.
#[must_use]
pub fn find_program(executable: &str) -> Option<PathBuf> {
    found(&Command::new(executable))
}

fn found(command: &Command) -> Option<PathBuf> {
    program::find(command).ok().filter(|file| file.is_file() && access(file, Access::EXEC_OK).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_up_and_a_path_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let there = dir.path().join("there");
        std::fs::copy(std::env::current_exe().unwrap(), &there).unwrap();
        std::fs::write(dir.path().join("text"), "no program").unwrap();
        let path = dir.path().to_str().unwrap();
        assert_eq!(found(&Command::new("there").env("PATH", path)).as_deref(), Some(there.as_path()));
        assert_eq!(found(&Command::new("text").env("PATH", path)), None);
        assert_eq!(find_program(there.to_str().unwrap()).as_deref(), Some(there.as_path()));
        assert_eq!(find_program(&format!("{path}/absent")), None);
    }
}

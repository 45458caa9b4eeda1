//! Finding the file that a program's name means.

use std::env;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use super::{Command, SpawnError};

/// The file to execute, absolute where the working directory of the payload is another one.
pub(super) fn find(command: &Command) -> Result<PathBuf, SpawnError> {
    let program = &command.program;
    if program.is_empty() {
        return Err(SpawnError::Missing { program: program.clone(), searched: None });
    }
    if program.as_bytes().contains(&b'/') {
        let path = PathBuf::from(program);
        return Ok(if command.current_dir.is_some() {
            env::current_dir().map_or(path.clone(), |dir| dir.join(path))
        } else {
            path
        });
    }
    search(program, &search_path(command))
}

fn search(program: &OsStr, path: &OsStr) -> Result<PathBuf, SpawnError> {
    let mut found = false;
    for dir in env::split_paths(path) {
        // An empty entry is the working directory (POSIX, "Other Environment Variables").
        let file = if dir.as_os_str().is_empty() { Path::new(".").join(program) } else { dir.join(program) };
        if file.is_file() {
            found = true;
            if access(&file, Access::EXEC_OK).is_ok() {
                return Ok(file);
            }
        }
    }
    let program = program.to_owned();
    Err(if found {
        SpawnError::NotExecutable { program }
    } else {
        SpawnError::Missing { program, searched: Some(path.to_owned()) }
    })
}

/// The payload's own `PATH`, else the caller's, else what execvp(3) falls back to.
fn search_path(command: &Command) -> OsString {
    let own = command.env.iter().rev().find(|(name, _)| name == "PATH").map(|(_, value)| value.clone());
    own.or_else(|| env::var_os("PATH")).unwrap_or_else(|| "/bin:/usr/bin".into())
}

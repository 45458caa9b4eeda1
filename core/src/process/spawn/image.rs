//! What is executed, all decided before the start.

use std::collections::BTreeMap;
use std::ffi::{CString, OsStr, OsString};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::PathBuf;

use super::super::{Command, SpawnError, cookie, program};

/// A command with its file found and its environment made.
pub(super) struct Image<'a> {
    pub(super) command: &'a Command,
    pub(super) path: PathBuf,
    pub(super) env: BTreeMap<OsString, OsString>,
}

impl<'a> Image<'a> {
    pub(super) fn new(command: &'a Command, cookie: &str) -> Result<Self, SpawnError> {
        let path = program::find(command)?;
        let mut env = BTreeMap::new();
        if !command.clear_env {
            env.extend(std::env::vars_os());
        }
        env.extend(command.env.iter().cloned());
        env.insert(cookie::VARIABLE.into(), cookie::value(cookie));
        Ok(Self { command, path, env })
    }

    /// The arguments, the program's name first.
    pub(super) fn arguments(&self) -> impl Iterator<Item = &OsStr> {
        let command = self.command;
        let name = command.arg0.as_ref().unwrap_or(&command.program);
        [name].into_iter().chain(&command.args).map(OsString::as_os_str)
    }

    /// The environment as `execve` takes it.
    pub(super) fn variables(&self) -> impl Iterator<Item = OsString> {
        self.env.iter().map(|(name, value)| OsString::from_vec([name.as_bytes(), b"=", value.as_bytes()].concat()))
    }

    /// A string for the kernel.
    pub(super) fn c_string(&self, text: &OsStr, what: &str) -> Result<CString, SpawnError> {
        CString::new(text.as_bytes())
            .map_err(|_| SpawnError::Nul { program: self.command.program.clone(), what: format!("{what} {:?}", text.display()) })
    }
}

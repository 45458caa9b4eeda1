//! What is executed, all made before the start: the child may allocate nothing.

use std::ffi::{CString, OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;

use super::super::{Command, SpawnError, cookie, program};

/// A command with its file found, and all its strings as the kernel takes them.
pub(super) struct Image<'a> {
    pub(super) command: &'a Command,
    pub(super) path: PathBuf,
    pub(super) file: CString,
    pub(super) arguments: Vec<CString>,
    pub(super) variables: Vec<CString>,
    pub(super) dir: Option<CString>,
}

impl<'a> Image<'a> {
    pub(super) fn new(command: &'a Command, cookie: &str) -> Result<Self, SpawnError> {
        let path = program::find(command)?;
        let name = command.arg0.as_ref().unwrap_or(&command.program);
        let arguments = [name].into_iter().chain(&command.args);
        Ok(Self {
            file: c_string(command, path.as_os_str().as_bytes(), "the path")?,
            arguments: arguments
                .map(|argument| c_string(command, argument.as_bytes(), "an argument"))
                .collect::<Result<_, _>>()?,
            variables: variables(command, cookie)?,
            dir: command
                .current_dir
                .as_ref()
                .map(|dir| c_string(command, dir.as_os_str().as_bytes(), "the working directory"))
                .transpose()?,
            path,
            command,
        })
    }
}

/// The environment: the cookie, what the command sets, and what is inherited beside it.
fn variables(command: &Command, cookie: &str) -> Result<Vec<CString>, SpawnError> {
    let cookie = (OsString::from(cookie::VARIABLE), cookie::value(cookie));
    let set: Vec<_> = [&cookie].into_iter().chain(command.env.iter().rev()).collect();
    let is_set = |name: &OsStr, by: &[&(OsString, OsString)]| by.iter().any(|(set, _)| set == name);
    let mut variables = Vec::with_capacity(64);
    for (place, (name, value)) in set.iter().enumerate() {
        // The last value of a name wins, and is the first in this order.
        if !is_set(name, &set[..place]) {
            variables.push(variable(command, name, value)?);
        }
    }
    if !command.clear_env {
        for (name, value) in std::env::vars_os().filter(|(name, _)| !is_set(name, &set)) {
            variables.push(variable(command, &name, &value)?);
        }
    }
    Ok(variables)
}

fn variable(command: &Command, name: &OsStr, value: &OsStr) -> Result<CString, SpawnError> {
    if name.is_empty() || name.as_bytes().contains(&b'=') {
        return Err(SpawnError::BadVariable { program: command.program.clone(), name: name.to_owned() });
    }
    c_string(command, [name.as_bytes(), b"=", value.as_bytes()].concat(), "a variable")
}

fn c_string(command: &Command, text: impl Into<Vec<u8>>, what: &str) -> Result<CString, SpawnError> {
    CString::new(text).map_err(|error| {
        let text = String::from_utf8_lossy(&error.into_vec()).into_owned();
        SpawnError::Nul { program: command.program.clone(), what: format!("{what}, {text:?},") }
    })
}

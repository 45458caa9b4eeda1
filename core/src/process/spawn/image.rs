//! What is executed, all made before the start: the child may allocate nothing.

use std::ffi::{CString, OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;

use super::super::{Command, SpawnError, cookie, program};
use super::strings::Strings;

/// A command with its file found, and all its strings as the kernel takes them.
pub(super) struct Image<'a> {
    pub(super) command: &'a Command,
    pub(super) path: PathBuf,
    pub(super) file: CString,
    pub(super) arguments: Strings,
    pub(super) variables: Strings,
    pub(super) dir: Option<CString>,
}

impl<'a> Image<'a> {
    pub(super) fn new(command: &'a Command, cookie: &str) -> Result<Self, SpawnError> {
        let path = program::find(command)?;
        let c_string =
            |text: &OsStr, what| CString::new(text.as_bytes()).map_err(|_| nul(command, what, &text.to_string_lossy()));
        Ok(Self {
            file: c_string(path.as_os_str(), "the path")?,
            arguments: arguments(command)?,
            variables: variables(command, cookie)?,
            dir: command.current_dir.as_ref().map(|dir| c_string(dir.as_os_str(), "the directory")).transpose()?,
            path,
            command,
        })
    }
}

fn arguments(command: &Command) -> Result<Strings, SpawnError> {
    let name = command.arg0.as_ref().unwrap_or(&command.program);
    let mut arguments = Strings::default();
    for argument in [name].into_iter().chain(&command.args) {
        arguments.push(&[argument.as_bytes()]).map_err(|text| nul(command, "the argument", &text))?;
    }
    Ok(arguments)
}

/// The environment: the cookie, what the command sets, and what is inherited beside it.
fn variables(command: &Command, cookie: &str) -> Result<Strings, SpawnError> {
    let cookie = (OsString::from(cookie::VARIABLE), cookie::value(cookie));
    let set: Vec<_> = [&cookie].into_iter().chain(command.env.iter().rev()).collect();
    let is_set = |name: &OsStr, by: &[&(OsString, OsString)]| by.iter().any(|(set, _)| set == name);
    let mut variables = Strings::with_capacity(64, 4096);
    let mut push = |name: &OsStr, value: &OsStr| {
        if name.is_empty() || name.as_bytes().contains(&b'=') {
            return Err(SpawnError::BadVariable { program: command.program.clone(), name: name.to_owned() });
        }
        let pushed = variables.push(&[name.as_bytes(), b"=", value.as_bytes()]);
        pushed.map_err(|text| nul(command, "the variable", &text))
    };
    for (place, (name, value)) in set.iter().enumerate() {
        // The last value of a name wins, and is the first in this order.
        if !is_set(name, &set[..place]) {
            push(name, value)?;
        }
    }
    if !command.clear_env {
        for (name, value) in std::env::vars_os().filter(|(name, _)| !is_set(name, &set)) {
            variables.push_without_nul(&[name.as_bytes(), b"=", value.as_bytes()]);
        }
    }
    Ok(variables)
}

fn nul(command: &Command, what: &str, text: &str) -> SpawnError {
    SpawnError::Nul { program: command.program.clone(), what: format!("{what} {text:?}") }
}

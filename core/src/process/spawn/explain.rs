//! What a failed start means.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use rustix::io::Errno;

use super::super::{Command, SpawnError};

/// Why `path` could not be executed.
pub(super) fn exec(command: &Command, path: &Path, source: io::Error) -> SpawnError {
    let program = command.program.clone();
    if let Some(error) = wrong_dir(command) {
        return error;
    }
    match Errno::from_io_error(&source) {
        Some(Errno::NOENT | Errno::ACCESS | Errno::NOTDIR) if path.is_file() => match interpreter(path) {
            Some(interpreter) if !Path::new(&interpreter).is_file() || executable(path) => {
                SpawnError::BadInterpreter { program, interpreter }
            }
            _ => SpawnError::NotExecutable { program },
        },
        Some(Errno::NOENT | Errno::NOTDIR) => SpawnError::Missing { program, searched: None },
        Some(Errno::ACCESS | Errno::PERM) => SpawnError::NotExecutable { program },
        Some(Errno::NOEXEC) => SpawnError::BadFormat { program },
        Some(Errno::TXTBSY) => SpawnError::TextBusy { program },
        Some(Errno::TOOBIG) => SpawnError::ArgumentsTooLong { program, bytes: argument_bytes(command) },
        _ => resource(command, source),
    }
}

/// Which limit of the system `source` means, if it means one.
pub(super) fn resource(command: &Command, source: io::Error) -> SpawnError {
    let program = command.program.clone();
    let (what, remedy) = match Errno::from_io_error(&source) {
        Some(Errno::MFILE) => ("no file descriptor is left in this process", "ulimit -n"),
        Some(Errno::NFILE) => ("no file is left in the system", "sysctl fs.file-max"),
        Some(Errno::AGAIN) => ("no process is left", "ulimit -u"),
        Some(Errno::NOMEM) => ("no memory is left", "ulimit -v"),
        _ => return SpawnError::Other { program, what: "execute it", source },
    };
    SpawnError::Limit { program, what, remedy, source }
}

fn wrong_dir(command: &Command) -> Option<SpawnError> {
    let dir = command.current_dir.as_ref()?;
    let source = match std::fs::metadata(dir) {
        Ok(metadata) if metadata.is_dir() => rustix::fs::access(dir, rustix::fs::Access::EXEC_OK).err()?.into(),
        Ok(_) => io::Error::from(io::ErrorKind::NotADirectory),
        Err(source) => source,
    };
    Some(SpawnError::CurrentDir { program: command.program.clone(), dir: dir.clone(), source })
}

fn executable(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok()
}

/// What the file asks to be run by: the `#!` line of a script, the loader of an ELF file.
fn interpreter(path: &Path) -> Option<String> {
    let mut start = Vec::new();
    File::open(path).ok()?.take(4096).read_to_end(&mut start).ok()?;
    if let Some(line) = start.strip_prefix(b"#!") {
        let line = line.split(|byte| *byte == b'\n').next()?;
        return String::from_utf8_lossy(line).split_whitespace().next().map(str::to_owned);
    }
    elf_loader(&start)
}

/// The `PT_INTERP` string of a 64-bit little-endian ELF file whose headers are in its first page, as linkers lay them out.
fn elf_loader(start: &[u8]) -> Option<String> {
    let word = |at: usize, width: usize| {
        let bytes = start.get(at..at + width)?;
        bytes.iter().rev().try_fold(0_usize, |value, byte| Some(value.checked_mul(256)? | usize::from(*byte)))
    };
    if !start.starts_with(b"\x7fELF\x02\x01") {
        return None;
    }
    let (table, size, count) = (word(32, 8)?, word(54, 2)?, word(56, 2)?);
    let header = (0..count).map(|index| table + index * size).find(|at| word(*at, 4) == Some(3))?;
    let (offset, length) = (word(header + 8, 8)?, word(header + 32, 8)?);
    let name = start.get(offset..offset.checked_add(length)?)?;
    Some(String::from_utf8_lossy(name).trim_end_matches('\0').to_owned())
}

fn argument_bytes(command: &Command) -> usize {
    let own = command.args.iter().map(|arg| arg.len() + 1).sum::<usize>() + command.program.len() + 1;
    let set: usize = command.env.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    let inherited: usize =
        if command.clear_env { 0 } else { std::env::vars_os().map(|(name, value)| name.len() + value.len() + 2).sum() };
    own + set + inherited
}

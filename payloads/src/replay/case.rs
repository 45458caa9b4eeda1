use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// A recorded run: what it printed, and how it ended.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Case {
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
    /// As a shell gives it: 128+N for the death by signal N.
    pub(super) exit_code: i32,
}

impl Case {
    /// Reads the case in the folder `dir`.
    ///
    /// # Errors
    /// When none of its files is there, one cannot be read, or the exit code is no number.
    pub(super) fn read(dir: &Path) -> io::Result<Self> {
        let (stdout, stderr, code) = (file(dir, "stdout")?, file(dir, "stderr")?, file(dir, "exit_code")?);
        if stdout.is_none() && stderr.is_none() && code.is_none() {
            return Err(io::Error::new(ErrorKind::NotFound, "it has neither stdout nor stderr nor exit_code"));
        }
        let exit_code = code.map_or(Ok(0), |text| number(&text))?;
        Ok(Self { stdout: stdout.unwrap_or_default(), stderr: stderr.unwrap_or_default(), exit_code })
    }
}

fn file(dir: &Path, name: &str) -> io::Result<Option<Vec<u8>>> {
    match fs::read(dir.join(name)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(io::Error::new(e.kind(), format!("{name}: {e}"))),
    }
}

fn number(text: &[u8]) -> io::Result<i32> {
    let text = String::from_utf8_lossy(text);
    let code = text.trim().parse().ok().filter(|code| (0..=255).contains(code));
    code.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, format!("exit_code `{}` is not from 0 to 255", text.trim())))
}

//! Reading a record back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::model::{Record, SCHEMA};

/// Why a file is of no use as a record.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be read.
    #[error("read {}: {why}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// A later prill wrote it.
    #[error("read {}: its schema is version {found}, and this prill knows up to {SCHEMA}; use the prill that wrote it, or a later one", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: u32,
    },
    /// It ends too early: it was copied in part, or the disk lost something.
    #[error("read {}: it ends after {bytes} bytes, in the middle of the record; copy it again", path.display())]
    Truncated {
        /// The file.
        path: PathBuf,
        /// Its length.
        bytes: usize,
    },
    /// It is something else.
    #[error("read {}: it is not a record of prill: {why}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: serde_json::Error,
    },
}

/// Reads a record.
///
/// # Errors
/// When it is not there, not whole, of a later schema, or something else.
pub fn read(path: &Path) -> Result<Record, ReadError> {
    #[derive(Deserialize)]
    struct Version {
        schema: u32,
    }
    let bytes = fs::read(path).map_err(|why| ReadError::Io { path: path.to_owned(), why })?;
    let wrong = |why: serde_json::Error| match why.is_eof() {
        true => ReadError::Truncated { path: path.to_owned(), bytes: bytes.len() },
        false => ReadError::Other { path: path.to_owned(), why },
    };
    // Another schema may have other keys, so its version is asked first.
    let Version { schema } = serde_json::from_slice(&bytes).map_err(wrong)?;
    if schema > SCHEMA {
        return Err(ReadError::Newer { path: path.to_owned(), found: schema });
    }
    serde_json::from_slice(&bytes).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.prill.json");
        fs::write(&path, text).unwrap();
        read(&path).unwrap_err().to_string().replace(&path.display().to_string(), "FILE")
    }

    #[test]
    fn what_is_no_record_says_why() {
        assert_eq!(
            said("{\"schema\":2,\"state\":7}"),
            "read FILE: its schema is version 2, and this prill knows up to 1; use the prill that wrote it, or a later one"
        );
        assert_eq!(said("{\"schema\":1,\"sta"), "read FILE: it ends after 16 bytes, in the middle of the record; copy it again");
        assert_eq!(said(""), "read FILE: it ends after 0 bytes, in the middle of the record; copy it again");
        assert!(said("{\"schema\":1}").starts_with("read FILE: it is not a record of prill: missing field"));
        assert!(said("[1]").starts_with("read FILE: it is not a record of prill: "));
        let none = read(Path::new("/nonexistent/t.prill.json")).unwrap_err().to_string();
        assert!(none.starts_with("read /nonexistent/t.prill.json: No such file"), "{none}");
    }
}

use std::path::{Path, PathBuf};

use crate::error::{DeclareError, Source};
use crate::keys::Keys;
use crate::{Declared, declared, parse};

/// The formats of a `prill.toml`.
#[derive(Debug)]
pub struct Project {
    /// In the order of the file.
    pub formats: Vec<Entry>,
}

/// One `[[format]]`.
#[derive(Debug)]
pub enum Entry {
    /// `file = "..."`: in a file of its own. A relative path counts from the folder of `prill.toml`.
    File(PathBuf),
    /// The keys of a format, right there.
    Inline(Box<Declared>),
}

impl Project {
    /// The project that `text` describes, the text of the file `path`.
    ///
    /// # Errors
    /// When it is no TOML, or says what makes no sense; with line and column.
    pub fn from_toml(text: &str, path: &Path) -> Result<Self, DeclareError> {
        let origin = path.display().to_string();
        let folder = path.parent().unwrap_or(Path::new(""));
        parse::document(Source { origin: &origin, text }, |mut keys| {
            let formats = keys.tables("format")?.into_iter().map(|keys| entry(keys, folder)).collect::<Result<_, _>>()?;
            keys.done()?;
            Ok(Self { formats })
        })
    }

    /// The project that the file at `path` describes.
    ///
    /// # Errors
    /// When the file cannot be read, and as [`Project::from_toml`].
    pub fn from_file(path: &Path) -> Result<Self, DeclareError> {
        Self::from_toml(&declared::read(path)?, path)
    }
}

fn entry(mut keys: Keys<'_, '_>, folder: &Path) -> Result<Entry, DeclareError> {
    match keys.text("file")? {
        Some(file) => {
            keys.done()?;
            Ok(Entry::File(folder.join(file.text)))
        }
        None => Declared::from_keys(keys).map(|format| Entry::Inline(Box::new(format))),
    }
}

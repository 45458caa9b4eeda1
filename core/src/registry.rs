//! The formats that are linked into a program, by name.
//!
//! A format registers itself with [`crate::register_extractor!`]. A crate that nobody names is not linked, so a program
//! that wants a format has a `use its_crate as _;` line.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::extract::{ExitCode, Extractor, OutputFormat};

mod error;
mod registration;

pub use error::{RegistryError, UnknownFormat};
pub use registration::Registration;

/// Formats by name, in the order of their names.
#[derive(Clone)]
pub struct Registry {
    formats: BTreeMap<String, Format>,
}

#[derive(Clone)]
struct Format {
    extractor: Held,
    place: String,
}

#[derive(Clone)]
enum Held {
    Linked(&'static dyn Extractor),
    Joined(Arc<dyn Extractor + Send>),
}

impl Held {
    fn get(&self) -> &dyn Extractor {
        match self {
            Self::Linked(extractor) => *extractor,
            Self::Joined(extractor) => extractor.as_ref(),
        }
    }
}

impl Registry {
    /// All formats that are linked into this program.
    ///
    /// # Errors
    /// When no format is linked, or two have one name.
    pub fn linked() -> Result<Self, RegistryError> {
        Self::of(inventory::iter::<Registration>())
    }

    /// No format but `exit-code`: others join by [`Registry::with`].
    #[must_use]
    pub fn bare() -> Self {
        let mut formats = BTreeMap::new();
        let place = concat!(env!("CARGO_PKG_NAME"), " (built in)").to_owned();
        formats.insert(OutputFormat::EXIT_CODE.name().to_owned(), Format { extractor: Held::Linked(&ExitCode), place });
        Self { formats }
    }

    fn of<'r>(registrations: impl IntoIterator<Item = &'r Registration>) -> Result<Self, RegistryError> {
        let mut registry = Self::bare();
        for r in registrations {
            registry.add(Held::Linked(r.extractor()), r.place())?;
        }
        if registry.formats.len() == Self::bare().formats.len() { Err(RegistryError::Empty) } else { Ok(registry) }
    }

    /// The same with a format that was made at run time.
    ///
    /// # Errors
    /// When a format of that name is there already.
    #[track_caller]
    pub fn with(self, extractor: impl Extractor + Send + 'static) -> Result<Self, RegistryError> {
        let caller = std::panic::Location::caller();
        self.with_from(extractor, format!("{}:{}", caller.file(), caller.line()))
    }

    /// As [`Registry::with`], for a format that came from `place`: the file that describes it.
    ///
    /// # Errors
    /// When a format of that name is there already.
    pub fn with_from(
        mut self,
        extractor: impl Extractor + Send + 'static,
        place: impl Into<String>,
    ) -> Result<Self, RegistryError> {
        self.add(Held::Joined(Arc::new(extractor)), place.into())?;
        Ok(self)
    }

    /// The format called `name`.
    ///
    /// # Errors
    /// When there is none; the error lists those that there are, the nearest names first.
    pub fn get(&self, name: &str) -> Result<&dyn Extractor, UnknownFormat> {
        match self.formats.get(name) {
            Some(format) => Ok(format.extractor.get()),
            None => Err(UnknownFormat::new(name, self.names())),
        }
    }

    /// The format named by `format`.
    ///
    /// # Errors
    /// As [`Registry::get`].
    pub fn find(&self, format: OutputFormat) -> Result<&dyn Extractor, UnknownFormat> {
        self.get(format.name())
    }

    /// The formats, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &dyn Extractor> {
        self.formats.values().map(|f| f.extractor.get())
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.formats.keys().map(String::as_str)
    }

    /// Where the format called `name` was registered: crate, file and line.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<&str> {
        self.formats.get(name).map(|f| f.place.as_str())
    }

    fn add(&mut self, extractor: Held, place: String) -> Result<(), RegistryError> {
        let name = extractor.get().name().to_owned();
        if name == OutputFormat::AUTO.name() {
            return Err(RegistryError::Reserved { name, place });
        }
        if let Some(first) = self.formats.get(&name) {
            return Err(RegistryError::Duplicate { name, first: first.place.clone(), second: place });
        }
        self.formats.insert(name, Format { extractor, place });
        Ok(())
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}

#[cfg(test)]
mod tests;

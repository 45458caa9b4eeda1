use crate::extract::Extractor;

/// A format that a crate registered, and where.
pub struct Registration {
    extractor: &'static dyn Extractor,
    krate: &'static str,
    file: &'static str,
    line: u32,
}

impl Registration {
    /// What [`crate::register_extractor!`] submits.
    #[must_use]
    pub const fn new(extractor: &'static dyn Extractor, krate: &'static str, file: &'static str, line: u32) -> Self {
        Self { extractor, krate, file, line }
    }

    /// The format.
    #[must_use]
    pub fn extractor(&self) -> &'static dyn Extractor {
        self.extractor
    }

    /// The package that registered it.
    #[must_use]
    pub fn package(&self) -> &'static str {
        self.krate
    }

    /// Package, file and line.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{} ({}:{})", self.krate, self.file, self.line)
    }
}

inventory::collect!(Registration);

/// Registers a format, a value of a type that implements [`crate::Extractor`], with every program that links this crate.
#[macro_export]
macro_rules! register_extractor {
    ($extractor:expr) => {
        $crate::__private::inventory::submit! {
            $crate::Registration::new(&$extractor, ::core::env!("CARGO_PKG_NAME"), ::core::file!(), ::core::line!())
        }
    };
}

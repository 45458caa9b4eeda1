use std::fmt;

use prill_scan::Unit;

/// The name of an output format, resolved in a [`crate::Registry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputFormat(&'static str);

impl OutputFormat {
    /// No numbers in the output: the exit code is the result.
    pub const EXIT_CODE: Self = Self("exit-code");
    /// Each finite numeric leaf of a JSON document, by its path.
    pub const JSON: Self = Self("json");
    /// The format that recognises the text best.
    pub const AUTO: Self = Self("auto");

    /// The format called `name`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The format with a name that is known at run time only. Each different name is kept for the life of the process.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(Unit::named(name).code())
    }

    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

use std::sync::OnceLock;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use crate::error::{DeclareError, Source};
use crate::format::Head;
use crate::{Declared, parse};

/// A format whose TOML is part of a program; [`crate::declare_format!`] makes it.
///
/// A list of formats asks each for its name, so that the regexes are compiled with the first text and not before.
#[derive(Debug)]
pub struct BuiltIn {
    text: &'static str,
    origin: &'static str,
    head: OnceLock<Head>,
    whole: OnceLock<Declared>,
}

impl BuiltIn {
    /// The format that `text` describes. `origin` is what errors call it.
    #[must_use]
    pub const fn new(text: &'static str, origin: &'static str) -> Self {
        Self { text, origin, head: OnceLock::new(), whole: OnceLock::new() }
    }

    /// Reads all of it, as [`Declared::from_toml`] does.
    ///
    /// # Errors
    /// As [`Declared::from_toml`].
    pub fn check(&self) -> Result<(), DeclareError> {
        Declared::from_toml(self.text, self.origin).map(|_| ())
    }

    fn head(&self) -> &Head {
        let source = Source { origin: self.origin, text: self.text };
        self.head.get_or_init(|| sound(parse::document(source, |mut keys| parse::head(&mut keys))))
    }

    fn whole(&self) -> &Declared {
        self.whole.get_or_init(|| sound(Declared::from_toml(self.text, self.origin)))
    }
}

/// The test that the macro makes has seen the same text, so that only a program built without it gets here.
fn sound<T>(read: Result<T, DeclareError>) -> T {
    read.unwrap_or_else(|error| panic!("failed to {error}"))
}

impl Extractor for BuiltIn {
    fn name(&self) -> &str {
        &self.head().name
    }

    fn summary(&self) -> &str {
        &self.head().summary
    }

    fn streams(&self) -> Streams {
        self.head().streams
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        self.whole().sniff(text)
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        self.whole().extract(input, out)
    }
}

/// Builds the format that a TOML file describes into a crate, and registers it. The path is relative to the source file.
///
/// The crate's tests get one more, `the_declared_format_is_sound`, which fails with the place of what is wrong in the file.
#[macro_export]
macro_rules! declare_format {
    ($path:literal) => {
        static DECLARED: $crate::BuiltIn = $crate::BuiltIn::new(::core::include_str!($path), $path);
        $crate::__private::register_extractor!(DECLARED);

        #[cfg(test)]
        #[test]
        fn the_declared_format_is_sound() {
            if let ::core::result::Result::Err(error) = DECLARED.check() {
                ::core::panic!("failed to {error}");
            }
        }
    };
}

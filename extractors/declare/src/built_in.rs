use std::sync::OnceLock;

use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use crate::error::{DeclareError, Source};
use crate::format::Top;
use crate::pattern::Pattern;
use crate::{Declared, parse, reader};

/// A format whose TOML is part of a program; [`crate::declare_format!`] makes it.
///
/// Every command asks each format for its name, and most ask each whether a text is its own. So what stands above the first `[[`,
/// where both are said, is read by itself, and the rest with the first text that is the format's.
#[derive(Debug)]
pub struct BuiltIn {
    text: &'static str,
    origin: &'static str,
    top: OnceLock<Top>,
    whole: OnceLock<Declared>,
}

impl BuiltIn {
    /// The format that `text` describes. `origin` is what errors call it.
    #[must_use]
    pub const fn new(text: &'static str, origin: &'static str) -> Self {
        Self { text, origin, top: OnceLock::new(), whole: OnceLock::new() }
    }

    /// Reads all of it, as [`Declared::from_toml`] does.
    ///
    /// # Errors
    /// As [`Declared::from_toml`]; and when what tells whether a text is the format's stands below the first `[[`.
    pub fn check(&self) -> Result<(), DeclareError> {
        let whole = Declared::from_toml(self.text, self.origin)?.format;
        let top = parse::document(self.source(), parse::top)?;
        let same = |((a, one), (b, other)): (&(Sniff, Pattern), &(Sniff, Pattern))| a == b && one.text() == other.text();
        if whole.head == top.head && whole.marks.len() == top.marks.len() && whole.marks.iter().zip(&top.marks).all(same) {
            return Ok(());
        }
        let cause = "`[sniff]` stands below the first `[[`".to_owned();
        Err(self.source().error(0..0, cause, "move it up, to the name and the summary"))
    }

    fn top(&self) -> &Top {
        self.top.get_or_init(|| sound(parse::document(self.source(), parse::top)))
    }

    /// What stands above the first table that there are several of.
    fn source(&self) -> Source<'static> {
        let end = if self.text.starts_with("[[") { Some(0) } else { self.text.place("\n[[") };
        Source { origin: self.origin, text: &self.text[..end.unwrap_or(self.text.len())] }
    }

    fn whole(&self) -> &Declared {
        let source = Source { origin: self.origin, text: self.text };
        self.whole.get_or_init(|| sound(parse::document(source, parse::sound).map(|format| Declared::new(format, self.origin))))
    }
}

/// The test that the macro makes has seen the same text, so that only a program built without it gets here.
fn sound<T>(read: Result<T, DeclareError>) -> T {
    read.unwrap_or_else(|error| panic!("failed to {error}"))
}

impl Extractor for BuiltIn {
    fn name(&self) -> &str {
        &self.top().head.name
    }

    fn summary(&self) -> &str {
        &self.top().head.summary
    }

    fn streams(&self) -> Streams {
        self.top().head.streams
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        reader::sniff(&self.top().marks, text)
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

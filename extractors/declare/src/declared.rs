use std::io::Read as _;
use std::path::Path;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use crate::error::{DeclareError, Source};
use crate::format::Format;
use crate::keys::Keys;
use crate::parse;
use crate::reader;

/// A format that a TOML file describes.
///
/// ```
/// # use prill_declare::Declared;
/// let format = Declared::from_toml(
///     r#"
///     name = "my-bench"
///     summary = "requests a second"
///     [[line]]
///     regex = '^rate: (?<rate>\S+)$'
///     metrics.rate = { name = "request.rate", unit = "{request}/s", polarity = "higher" }
///     "#,
///     "my-bench.toml",
/// )?;
/// let registry = prill_core::Registry::bare().with(format).expect("the only format");
/// assert!(registry.get("my-bench").is_ok());
/// # Ok::<(), prill_declare::DeclareError>(())
/// ```
#[derive(Debug)]
pub struct Declared {
    pub(crate) format: Format,
    origin: String,
}

impl Declared {
    /// The format that `text` describes. `origin` is what errors call it: the path of the file.
    ///
    /// # Errors
    /// When it is no TOML, or says what makes no sense; with line and column.
    pub fn from_toml(text: &str, origin: &str) -> Result<Self, DeclareError> {
        parse::document(Source { origin, text }, Self::from_keys)
    }

    /// The format that the file at `path` describes.
    ///
    /// # Errors
    /// When the file cannot be read, and as [`Declared::from_toml`].
    pub fn from_file(path: &Path) -> Result<Self, DeclareError> {
        let origin = path.display().to_string();
        Self::from_toml(&read(path)?, &origin)
    }

    /// The file it was read from.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn new(format: Format, origin: &str) -> Self {
        Self { format, origin: origin.to_owned() }
    }

    pub(crate) fn from_keys(keys: Keys<'_, '_>) -> Result<Self, DeclareError> {
        let origin = keys.source.origin;
        Ok(Self::new(parse::format(keys)?, origin))
    }
}

/// The text of a file, at most one byte more than may be read of it: a device that never ends is no file.
pub(crate) fn read(path: &Path) -> Result<String, DeclareError> {
    let origin = path.display().to_string();
    let source = Source { origin: &origin, text: "" };
    let limit = u64::try_from(parse::LONGEST + 1).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    file.map_err(|e| source.error(0..0, format!("the file cannot be read: {e}"), "check the path and its permissions"))?;
    String::from_utf8(bytes).map_err(|e| {
        let cause = format!("byte {} is no UTF-8", e.utf8_error().valid_up_to());
        source.error(0..0, cause, "save the file as UTF-8")
    })
}

impl Extractor for Declared {
    fn name(&self) -> &str {
        &self.format.head.name
    }

    fn summary(&self) -> &str {
        &self.format.head.summary
    }

    fn streams(&self) -> Streams {
        self.format.head.streams
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        reader::sniff(&self.format.marks, text)
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        reader::extract(&self.format, input, out)
    }
}

//! What the tests of both formats need.

use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Extractor, Stream};

/// What `format` reads in `text`, a text of `stream`.
pub(crate) fn read(format: &dyn Extractor, stream: Stream, text: &str) -> Extraction {
    extract::run(format, &Captures::new().with(stream, text.as_bytes()), &[])
}

/// The metrics, as `name{labels}=value`.
pub(crate) fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

/// The codes of the diagnostics.
pub(crate) fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

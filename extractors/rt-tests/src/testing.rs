//! What the tests of every format need.

use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Extractor, Stream};

/// What `format` reads in `stdout`, printed by the command `argv`.
pub(crate) fn read(format: &dyn Extractor, stdout: &str, argv: &str) -> Extraction {
    let argv: Vec<String> = argv.split(' ').map(str::to_owned).collect();
    extract::run(format, &Captures::new().with(Stream::Stdout, stdout.as_bytes()).with_argv(argv), &[])
}

/// The metrics, as `name{labels}=value`.
pub(crate) fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

/// The codes of the diagnostics.
pub(crate) fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

//! What holds for all linked formats together; each alone is held to the conformance kit by its own crate.
//!
//! - [`samples`]: each format has samples and the kit, each sample one format that knows it best
//! - [`strangers`]: the samples of all other formats
//! - [`commas`]: what the tools that know locales print in other ones
//! - [`damage`]: any bytes, and samples with bytes changed

mod commas;
mod damage;
mod samples;
mod strangers;

use std::collections::BTreeSet;
use std::path::Path;

use prill_core::{Extractor, OutputFormat, Registry};
use prill_extract_all as _;
use prill_testkit::{Case, cases};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn registry() -> Registry {
    Registry::linked().unwrap()
}

/// The recorded cases of all formats, sorted by path.
fn all_cases() -> Vec<Case> {
    let mut found = cases(&root().join("extractors")).unwrap();
    found.retain(|case| case.dir.ancestors().any(|above| above.ends_with("samples")));
    assert!(!found.is_empty(), "failed to find a recorded case in extractors/*/samples");
    found
}

/// The names of the metrics in the recorded outputs of `format`.
pub(crate) fn samples_of(format: &str) -> BTreeSet<String> {
    let registry = registry();
    let extractor = registry.get(format).unwrap();
    let own = all_cases().into_iter().filter(|case| case.group == format);
    own.flat_map(|case| case.extract(extractor).metrics.iter().map(|m| m.name().to_owned()).collect::<Vec<_>>()).collect()
}

/// `format/case`, for messages.
fn name(case: &Case) -> String {
    format!("{}/{}", case.group, case.name)
}

/// Whether the format takes its names from the text, so that it reads any text of a kind and no naming rule holds.
fn is_generic(format: &dyn Extractor) -> bool {
    format.name() == OutputFormat::JSON.name()
}

/// Formats of programs whose plain text is the same: only a report or the command line says which of them printed it.
const TWINS: &[&[&str]] = &[&["ptsematest", "sigwaittest", "svsematest"]];

/// Whether a text of the format `one` may as well be one of `other`.
fn are_twins(one: &str, other: &str) -> bool {
    TWINS.iter().any(|twins| twins.contains(&one) && twins.contains(&other))
}

/// Fails with all of `wrong`, if there is any.
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}

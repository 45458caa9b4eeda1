//! All that a format must satisfy over its samples.
//!
//! - [`Kit`]: a format and its samples; [`Guarantee`]: what is asked of them; [`Broken`]: what does not hold
//! - `samples`, `values`, `places`, `words`, `names`, `covered`, `claims`: one recorded output at a time
//! - `damage`, `dress`, `twice`: what outputs become on their way

mod claims;
mod covered;
mod damage;
mod dress;
mod finding;
mod guarantee;
mod names;
mod places;
mod samples;
mod shots;
mod twice;
mod values;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use prill_core::extract::{self, Captures};
use prill_core::registry::RegistryError;
use prill_core::{Extraction, Extractor, Registry};

use crate::case::{Case, CaseError, cases};

pub use finding::{Broken, Finding};
pub use guarantee::Guarantee;

/// A format and its recorded outputs.
pub struct Kit {
    extractor: Source,
    folder: PathBuf,
    cases: Vec<Case>,
    generic: bool,
}

enum Source {
    Linked(Registry, String),
    Given(&'static dyn Extractor),
}

/// Why there is no kit.
#[derive(Debug, thiserror::Error)]
pub enum KitError {
    /// The registry is broken.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The format is not linked.
    #[error(
        "find the format {name} among those that are linked ({known}): name its crate, as in `use prill_extract_{ident} as _;`"
    )]
    Unlinked {
        /// The format.
        name: String,
        /// Its name as a part of the crate's.
        ident: String,
        /// What is linked.
        known: String,
    },
    /// A sample cannot be read.
    #[error(transparent)]
    Case(#[from] CaseError),
}

impl Kit {
    /// The linked format called `format`, with the samples of the crate in the folder `manifest`: `samples/FORMAT/CASE` where
    /// the crate has several formats, else `samples/CASE`.
    ///
    /// # Errors
    /// When no such format is linked, or a sample cannot be read.
    pub fn linked(format: &str, manifest: &str) -> Result<Self, KitError> {
        let registry = Registry::linked()?;
        if registry.get(format).is_err() {
            let known = registry.names().collect::<Vec<_>>().join(", ");
            return Err(KitError::Unlinked { name: format.to_owned(), ident: format.replace('-', "_"), known });
        }
        let samples = Path::new(manifest).join("samples");
        let own = samples.join(format);
        Self::new(Source::Linked(registry, format.to_owned()), if own.is_dir() { own } else { samples })
    }

    /// `extractor` with the samples in the folder `samples`.
    ///
    /// # Errors
    /// When a sample cannot be read.
    pub fn of(extractor: &'static dyn Extractor, samples: &Path) -> Result<Self, KitError> {
        Self::new(Source::Given(extractor), samples.to_owned())
    }

    /// Says that the format reads any text of a kind and takes its names from it, so that no rule of names and units holds
    /// and the outputs of other tools are its own too.
    #[must_use]
    pub fn generic(mut self) -> Self {
        self.generic = true;
        self
    }

    /// Whether the guarantee holds. [`Guarantee::Snapshots`] is asked for by [`Kit::snapshots`].
    ///
    /// # Errors
    /// When it does not: what is wrong, where, and what to do.
    pub fn check(&self, guarantee: Guarantee) -> Result<(), Broken> {
        let findings = match guarantee {
            Guarantee::Samples => samples::check(self),
            Guarantee::Values => values::check(self),
            Guarantee::Places => places::check(self),
            Guarantee::Words => words::check(self),
            Guarantee::Names => names::check(self),
            Guarantee::Covered => covered::check(self),
            Guarantee::Own => claims::own(self),
            Guarantee::Foreign => claims::foreign(self),
            Guarantee::Prefixes => damage::prefixes(self),
            Guarantee::LostBytes => damage::lost_bytes(self),
            Guarantee::LineEnds => dress::line_ends(self),
            Guarantee::Colours => dress::colours(self),
            Guarantee::BadBytes => dress::bad_bytes(self),
            Guarantee::Twice => twice::check(self),
            Guarantee::Snapshots => shots::stale(self),
        };
        self.verdict(guarantee, findings)
    }

    /// Whether every sample gives what its snapshot says: `assert(name, text)` is asked, with the insta settings that put the
    /// snapshots into `snapshots/FORMAT` of the workspace.
    ///
    /// # Errors
    /// When a snapshot differs, or belongs to no sample.
    pub fn snapshots(&self, assert: impl Fn(&str, &str)) -> Result<(), Broken> {
        let mut findings = shots::differ(self, &assert);
        findings.extend(shots::stale(self));
        self.verdict(Guarantee::Snapshots, findings)
    }

    fn new(extractor: Source, folder: PathBuf) -> Result<Self, KitError> {
        let cases = if folder.is_dir() { cases(&folder)? } else { Vec::new() };
        Ok(Self { extractor, folder, cases, generic: false })
    }

    fn verdict(&self, guarantee: Guarantee, findings: Vec<Finding>) -> Result<(), Broken> {
        if findings.is_empty() {
            return Ok(());
        }
        Err(Broken { format: self.extractor().name().to_owned(), guarantee, findings })
    }

    fn extractor(&self) -> &dyn Extractor {
        match &self.extractor {
            Source::Given(extractor) => *extractor,
            Source::Linked(registry, name) => registry.get(name).unwrap_or_else(|e| panic!("failed to {e}")),
        }
    }

    /// The outputs that numbers are known to be in.
    fn measured(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| case.expect.as_ref().is_some_and(|list| !list.is_empty()))
    }

    /// What the extractor makes of `captures`; what it says when it panics.
    fn try_extract(&self, captures: &Captures<'_>) -> Result<Extraction, String> {
        let extractor = self.extractor();
        catch_unwind(AssertUnwindSafe(|| extract::run(extractor, captures, &[]))).map_err(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
            format!("the extractor panicked: {}", text.unwrap_or("without a message"))
        })
    }

    /// What `look` finds in the extraction of each case, and the panics.
    fn each(&self, look: impl Fn(&Case, &Extraction) -> Vec<Finding>) -> Vec<Finding> {
        let findings = self.cases.iter().map(|case| match self.try_extract(&case.captures()) {
            Ok(extraction) => look(case, &extraction),
            Err(panic) => vec![Finding::new(&case.name, panic, finding::NO_PANIC)],
        });
        findings.flatten().collect()
    }
}

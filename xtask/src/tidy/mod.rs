//! The rules of the house that the compiler does not know. Each module holds one kind of rule; a rule is a function from the
//! workspace, or from a file, to findings.

mod arrows;
mod extractors;
mod purity;
mod text;
mod tree;

use std::fmt;
use std::process::ExitCode;

use anyhow::Result;

use crate::workspace::Workspace;
use tree::Tree;

/// A breach of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// File and line, or a package.
    place: String,
    /// What is wrong.
    cause: String,
    /// What to do about it.
    remedy: String,
}

impl Finding {
    fn new(place: impl Into<String>, cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place: place.into(), cause: cause.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    {}", self.place, self.cause, self.remedy)
    }
}

pub(crate) fn main() -> Result<ExitCode> {
    let workspace = Workspace::load()?;
    let tree = Tree::read(&workspace.root)?;
    let mut findings = arrows::check(&workspace.packages);
    findings.extend(extractors::check(&workspace));
    findings.extend(purity::check(&workspace.packages, &tree));
    findings.extend(text::check(&tree));
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    println!("tidy: {} packages, {} files, {} findings", workspace.packages.len(), tree.len(), findings.len());
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

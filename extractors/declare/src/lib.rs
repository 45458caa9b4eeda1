//! Output formats that a TOML file describes: named regexes over lines, read by the same sink as formats made of code.
//!
//! - [`Declared`]: a format, made of TOML at run time; it joins a registry by [`prill_core::Registry::with`]
//! - [`declare_format!`]: the same built into a crate; [`BuiltIn`] is what it registers
//! - [`Project`]: the formats that a `prill.toml` names or holds
//! - [`DeclareError`]: what is wrong with a file, and where
//!
//! The keys are described in `docs/declare.md`.
#![forbid(unsafe_code)]

mod built_in;
mod declared;
mod error;
mod format;
mod keys;
mod needs;
mod parse;
mod pattern;
mod plan;
mod project;
mod reader;
mod starts;
mod template;

pub use built_in::BuiltIn;
pub use declared::Declared;
pub use error::DeclareError;
pub use project::{Entry, Project};

/// What the macros of this crate expand to.
#[doc(hidden)]
pub mod __private {
    pub use prill_core::register_extractor;
}

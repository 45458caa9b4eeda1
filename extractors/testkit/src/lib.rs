//! What an extractor must make of recorded outputs of its tool.
//!
//! - [`conformance!`]: the tests that every format must pass, in one line; [`Kit`], [`Guarantee`], [`Broken`]: what they do
//! - [`Case`], [`cases`]: the folder of one recorded run, and all of them below a folder; [`Hard`]: those that are mandatory
//! - [`Expected`]: one number that is known to be in a case, read by hand
//! - [`judge`]: which of the expected numbers an extraction found, and what is wrong with the others;
//!   [`invented`]: the numbers that it found where there are none
//! - [`recognised`]: what `auto` makes of a case
//! - [`invariants`]: what holds for every extraction of every text
//! - [`snapshot`]: an extraction as text that a person can review
#![forbid(unsafe_code)]

mod case;
mod conformance;
mod expect;
mod hard;
mod invariant;
mod judge;
mod kit;
mod recognised;
mod snapshot;
#[cfg(test)]
mod testing;

pub use case::{Case, CaseError, cases};
pub use expect::{Better, Expected};
pub use hard::Hard;
pub use invariant::{invariants, wording};
pub use judge::{Match, invented, judge};
pub use kit::{Broken, Finding, Guarantee, Kit, KitError};
pub use recognised::{Recognised, recognised};
pub use snapshot::snapshot;

/// What [`conformance!`] expands to.
#[doc(hidden)]
pub use insta;

//! The runtime of `#[prill::test]`.
//!
//! - [`run`]: what the macro's test calls
//! - [`IntoVerdict`]: what a body may return
//! - `journal`: every verdict of the body's runs; `report`: what is said of them
//! - `keep`: the record of the test

mod journal;
mod keep;
mod report;
mod run;
mod verdict;

pub(crate) use keep::Keeper;
pub use run::run;
pub use verdict::IntoVerdict;

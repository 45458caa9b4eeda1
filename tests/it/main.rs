//! The integration tests, in one binary.
//!
//! - [`derive`]: what `#[derive(Payload)]` declares, and what the macros refuse
//! - [`prill_test`]: every end of a `#[prill::test]`, under cargo test and nextest

mod derive;
mod prill_test;

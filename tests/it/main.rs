//! The integration tests, in one binary.
//!
//! - [`deadline`]: what is left of a payload that was stopped
//! - [`derive`]: what `#[derive(Payload)]` declares, and what the macros refuse
//! - [`formats`]: every linked format over every recorded case; a new case is new files and no new test code
//! - [`prill_test`]: every end of a `#[prill::test]`, under cargo test and nextest
//! - [`tools`]: real tools through the payload API

mod deadline;
mod derive;
mod formats;
mod prill_test;
mod recorded;
mod tools;

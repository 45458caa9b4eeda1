//! The JSON of results, as the command prints it and as records keep it: written as it is made, so that a million metrics
//! take no memory of their own.

mod extraction;
mod object;
mod result;

pub use extraction::{extraction, extraction_line, identity};
pub use object::{Object, string, value};
pub use result::{End, checks, outcomes, result};

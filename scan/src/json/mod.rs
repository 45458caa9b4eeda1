//! JSON as benchmark programs print it.

mod document;
mod event;
mod find;
mod keys;
mod leads;
mod lex;
mod number;
mod odd;
mod parser;
mod problem;
mod reader;
mod steps;
mod string;

pub use document::{Document, Node};
pub use event::{Event, Kind};
pub use number::Number;
pub use parser::End;
pub use problem::{Expected, Problem, ProblemKind, Problems};
pub use reader::{Finish, Outcome, Reader, documents};
pub use string::Str;

/// How many levels an array or object may be nested.
pub const MAX_DEPTH: usize = 1 << 17;

#[cfg(test)]
mod tests;

//! JSON as benchmark programs print it: between other lines, cut, twice over, not quite JSON; and where each token stands.
//!
//! - [`Reader`]: event by event, in one pass over the text where that is possible
//! - [`Document`], [`Node`]: to walk about in
//! - [`documents`]: all that there are; [`Reader::at`] and [`Document::at`] read any of them
//! - [`Problems`]: what was odd; nothing is passed over in silence
//!
//! # Which document
//!
//! A document is an array or object. Of what starts with a bracket, that counts which comes first in this list, and of those of
//! one kind the last:
//!
//! 1. a whole object, or a whole array with an object in it, that has members;
//! 2. one that is cut or broken (of several, the one with most complete members);
//! 3. a whole one in a line of text: `done {"status": 0} in 5 s`;
//! 4. a whole array or object without members that is alone on its lines: `[1.5, 2.5]`, `{}`; or the start of one.
//!
//! The others of these are named in [`Problems`]. Never a document, and not worth a word: brackets without a complete member in
//! a line of text (`[26710] started`, `[INFO]`, `{not json}`). Never read, but named: what follows `"key":` on its line or `},`,
//! because the document around it has lost its beginning.
//!
//! # Which values
//!
//! A number or word counts only when a comma or a closing bracket follows it: `58` at the end of a cut text may have been
//! `5863`, and `5ms` or `370,04` is no number. Of duplicate keys the last one with a value counts. Reading goes on behind a
//! broken value where a comma and a key with a colon show the next member, or, once a member was complete, at the closing
//! bracket; an unescaped quote within a string is taken for part of it where the same shows its end.
//!
//! # Cost
//!
//! Time is linear in the text, whatever stands in it. Memory is that of the open levels, at most [`MAX_DEPTH`], and of their keys.

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

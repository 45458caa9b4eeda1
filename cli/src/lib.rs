//! The `prill` command as a library.
//!
//! [`main`] is the whole command, with the formats and payloads that come with prill and those of every crate that the
//! program names:
//!
//! ```no_run
//! # mod my_format {}
//! use std::process::ExitCode;
//!
//! fn main() -> ExitCode {
//!     prill_cli::main()
//! }
//! ```
//!
//! preceded by `use my_format as _;` is a full custom `prill`. [`main_with`] is the same with arguments and streams of the
//! caller's choice, for tests of a custom command.
//!
//! - [`Io`], [`Look`]: where a command reads and writes
//! - [`mod@new`]: the skeleton of a crate for a new format

mod archive;
mod args;
mod command;
mod doctor;
mod duration;
mod explain;
mod export;
mod extract;
mod formats;
mod formats_file;
mod generate;
mod io;
pub mod new;
mod payloads;
mod records;
mod run;
mod status;
mod style;
mod table;

// The formats and payloads that come with prill: a custom command has them too.
use prill_extract_all as _;
use prill_payloads as _;

pub use command::{main, main_with};
pub use io::{Io, Look};

//! What a run measured, kept.
//!
//! - [`Recording`]: the record of one test while it is made; [`recover`](recover()): those of processes that died
//! - [`Record`], [`read`](read()): what is in a record, and reading one; [`model`]: its parts
//! - [`folder`]: where records are; [`runs`](mod@runs): which there are
//! - `export` (a feature): records in the formats of others
//! - [`json`]: results as JSON, which the command prints and records hold
//! - [`ring`]: the ring in shared memory that survives the process
//!
//! `docs/records.md` describes the files.
#![deny(unsafe_code)]

#[cfg(feature = "export")]
pub mod export;
pub mod folder;
pub mod json;
pub mod model;
mod reading;
pub mod ring;
pub mod runs;
mod sidecar;
mod source;
mod whole_file;

pub use folder::{Claim, RunFolder};
pub use model::{Identity, Record, RunResult};
pub use reading::{ReadError, read};
pub use sidecar::{LIMIT, Options, RecordError, Recording, Recovery, read_raw, recover};

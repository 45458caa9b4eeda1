//! The record of one test, from its begin to its end.
//!
//! - [`Recording`]: a record that is being made; it is what core calls a [`Recorder`](prill_core::Recorder)
//! - `entry`: what is put into the ring, and when; `chain`: rings that follow one another
//! - `raw`: the raw output, compressed
//! - `assemble`: the record, out of what is in the rings; the same for one that is closed and for one that is [recovered](recover())
//! - [`RecordError`]: why there is none
//!
//! A record is never put together from the memory of the process: what is read back after a crash is what is always read.

mod assemble;
mod chain;
mod entry;
mod error;
mod raw;
mod recording;
mod recover;

pub use error::RecordError;
pub use raw::{LIMIT, read as read_raw};
pub use recording::{Options, Recording};
pub use recover::{Recovery, recover};

//! What a run measured, kept.
//!
//! - [`ring`]: the ring in shared memory that survives the process
#![deny(unsafe_code)]

pub mod ring;

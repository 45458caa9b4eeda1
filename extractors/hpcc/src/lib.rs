//! HPC Challenge, and High-Performance Linpack, which is a part of it.
//!
//! - [`Hpcc`]: the summary at the end of `hpccoutf.txt`; `summary`: what its keys mean
//! - [`Hpl`]: the table of xhpl
#![forbid(unsafe_code)]

mod hpcc;
mod hpl;
mod summary;

pub use hpcc::Hpcc;
pub use hpl::Hpl;

//! perf of the kernel's `tools/perf`.
//!
//! - [`PerfStat`]: `perf stat`, which counts events while a command runs
#![forbid(unsafe_code)]

mod stat;
#[cfg(test)]
mod testing;

pub use stat::PerfStat;

//! perf of the kernel's `tools/perf`.
//!
//! - [`PerfStat`]: `perf stat`, which counts events while a command runs
//! - [`PerfBench`]: `perf bench`, the kernel's microbenchmarks
#![forbid(unsafe_code)]

mod bench;
mod called;
mod stat;
mod step;
#[cfg(test)]
mod testing;
mod writer;

pub use bench::PerfBench;
pub use stat::PerfStat;

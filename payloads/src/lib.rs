//! Declared payloads: programs with arguments that make their output readable and their runs long enough to say something.
//!
//! Every payload checks that the tool exits 0, and nothing else: what latency is good depends on the machine. Its format is
//! named by a string, so a format that is not linked matters only to who runs the payload. Arguments that a tool cannot do
//! without (a host, a file, a sub-command) are the caller's: `ctx.payload(&SYSBENCH).args(["cpu", "run"])`.
//!
//! - nothing to install: [`PINGPONG`] measures wake-ups between threads; [`REPLAY`] prints a recorded run again,
//!   [`replay_of`] in the place of another payload
//! - scheduling: [`SCHBENCH`], [`HACKBENCH`], [`CYCLICTEST`], [`rt_tests`], [`realtime`]
//! - storage: [`FIO`], [`storage`]; network and servers: [`network`], [`http`], [`database`]
//! - processors and memory: [`STRESS_NG`], [`SYSBENCH`], [`compute`], [`perf`]
//! - whole machines: [`suite`]
//! - what a machine is used for beside them: [`system`]
//! - other programs: [`command`], and [`framework`] for benchmarks of your own

pub mod command;
pub mod compute;
mod cyclictest;
pub mod database;
mod fio;
pub mod framework;
mod hackbench;
pub mod http;
pub mod network;
pub mod perf;
mod pingpong;
pub mod realtime;
mod replay;
pub mod rt_tests;
mod schbench;
pub mod storage;
mod stress_ng;
pub mod suite;
mod sysbench;
pub mod system;
mod tool;

pub use cyclictest::CYCLICTEST;
pub use fio::FIO;
pub use hackbench::HACKBENCH;
pub use pingpong::PINGPONG;
pub use replay::{REPLAY, replay_of};
pub use schbench::SCHBENCH;
pub use stress_ng::STRESS_NG;
pub use sysbench::SYSBENCH;

#[cfg(test)]
mod tests;

//! [perf](https://perfwiki.github.io) of the kernel's `tools/perf`.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// `perf bench`. The collection and the benchmark are the caller's: `sched pipe`.
pub const PERF_BENCH: Payload = tool("perf-bench", "perf", "perf-bench", &["bench"]);
/// `perf stat` with JSON, which is exact. The command is the caller's, and its output is captured with it.
pub const PERF_STAT: Payload = tool("perf-stat", "perf", "perf-stat", &["stat", "-j"]);

register_payload!(&PERF_BENCH, "scheduler, system calls, memory, futex, epoll");
register_payload!(&PERF_STAT, "event counts of a command");

//! What this machine offers to payloads and their measurements: facts, not advice.
//!
//! What the kernel says in its files is read by [`Machine`], below any root directory; what only an attempt shows is tried by
//! functions: [`try_cgroup`], [`spawn_path`], [`try_pipe`], [`count_cycles`], [`try_kvm`], [`find_program`].

mod attempt;
mod cgroup;
mod counters;
mod cpu;
mod cpu_list;
mod frequency;
mod kernel;
mod kvm;
mod limits;
mod load;
mod memory;
mod program;
mod root;
mod spawn;

#[cfg(test)]
mod fake;

pub use attempt::{Attempt, CONTROLLERS, try_cgroup};
pub use cgroup::{CgroupMode, Hierarchies};
pub use counters::{Cycles, Paranoid, count_cycles};
pub use cpu::{Cpus, Smt};
pub use frequency::Frequency;
pub use kernel::{Clocksource, Kernel, Mitigations};
pub use kvm::{KvmError, try_kvm};
pub use limits::{Limit, Limits, PipeLimits, try_pipe};
pub use load::{Load, Steal};
pub use memory::{HugePages, Numa};
pub use program::find_program;
pub use root::Machine;
pub use spawn::{SpawnPath, spawn_path};

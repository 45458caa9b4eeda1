//! The warden: a small process that outlives this one just long enough to kill what it left behind.
//!
//! There is one per process, started with the first run. It holds nothing but the ends of two pipes. It is told of each
//! run, and sleeps: what it is told stays in the pipe, which wakes it only by its end, or by the bell when it fills.
//! `PR_SET_PDEATHSIG` would not do: it follows the thread that started the payload, and misses grandchildren.

mod deaf;
mod desk;
mod keeper;
mod start;

pub(super) use desk::{Ward, made_cgroup, removed_cgroup};

//! What a payload used up.

use std::time::Duration;

/// What a payload and the descendants it waited for used up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// From just before the start until the engine saw the end.
    pub wall: Duration,
    /// CPU time in user mode (`ru_utime`).
    pub user: Duration,
    /// CPU time in the kernel (`ru_stime`).
    pub system: Duration,
    /// Peak resident set of the largest single process, in bytes (`ru_maxrss`).
    ///
    /// `None` where the payload stayed below what the harness itself occupied when it started it: the kernel hands the
    /// peak of the old memory on through `exec` (`setmax_mm_hiwater_rss` in `exec_mmap`, fs/exec.c), so that a smaller
    /// payload's own peak cannot be told. [`CgroupUsage::memory_peak`] does not suffer from it.
    pub max_rss: Option<u64>,
    /// Times it gave up the CPU to wait (`ru_nvcsw`).
    pub voluntary_switches: u64,
    /// Times the CPU was taken from it (`ru_nivcsw`).
    pub involuntary_switches: u64,
    /// Page faults served without I/O (`ru_minflt`).
    pub minor_faults: u64,
    /// Page faults that needed I/O (`ru_majflt`).
    pub major_faults: u64,
    /// What its cgroup counted meanwhile, where it ran in one of its own.
    pub cgroup: Option<CgroupUsage>,
}

/// What a cgroup counted between the start and the end of a run.
///
/// The counts are the cgroup's: they include every process in it, other runs at the same time too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CgroupUsage {
    /// CPU time (`usage_usec` of `cpu.stat`).
    pub cpu: Duration,
    /// CPU time in user mode (`user_usec`).
    pub user: Duration,
    /// CPU time in the kernel (`system_usec`).
    pub system: Duration,
    /// Enforcement periods in which the quota ran out (`nr_throttled`); `None` without the cpu controller.
    pub throttled_periods: Option<u64>,
    /// Time for which the quota kept it off the CPU (`throttled_usec`); `None` without the cpu controller.
    pub throttled: Option<Duration>,
    /// Highest memory use in bytes (`memory.peak`); `None` without the memory controller, and where the kernel cannot
    /// reset the peak of a cgroup that was used before.
    pub memory_peak: Option<u64>,
    /// Stalls for lack of CPU (`cpu.pressure`); `None` where the kernel does not count them.
    pub cpu_pressure: Option<Pressure>,
    /// Stalls for lack of memory (`memory.pressure`).
    pub memory_pressure: Option<Pressure>,
    /// Stalls for lack of I/O (`io.pressure`).
    pub io_pressure: Option<Pressure>,
}

/// Total stall times of one resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pressure {
    /// Time in which at least one task stalled.
    pub some: Duration,
    /// Time in which all tasks stalled.
    pub full: Duration,
}

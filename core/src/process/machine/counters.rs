//! Hardware counters.
#![allow(unsafe_code)]

use std::fs::File;
use std::hint::black_box;
use std::io::{self, Read as _};
use std::mem::size_of;
use std::os::fd::FromRawFd as _;

use super::Machine;

/// Who may count what (`kernel.perf_event_paranoid`; Documentation/admin-guide/sysctl/kernel.rst).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paranoid(pub i32);

/// Which cycles are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cycles {
    /// Those in user space.
    User,
    /// Those in the kernel too.
    All,
}

impl Machine {
    /// From `/proc/sys/kernel/perf_event_paranoid`; `None` where the kernel has no perf events.
    #[must_use]
    pub fn perf_event_paranoid(&self) -> Option<Paranoid> {
        self.value("proc/sys/kernel/perf_event_paranoid").map(Paranoid)
    }
}

/// Counts the cycles of a short loop with a hardware counter; never 0.
///
/// # Errors
/// What perf_event_open(2) says; one that says so where the counter is there and does not move.
pub fn count_cycles(which: Cycles) -> io::Result<u64> {
    let mut counter = open(which)?;
    let mut sum = 0u64;
    for i in 0..200_000 {
        sum = black_box(sum.wrapping_add(i));
    }
    let mut count = [0; size_of::<u64>()];
    counter.read_exact(&mut count)?;
    match u64::from_ne_bytes(count) {
        0 => Err(io::Error::other("the counter opens and does not count")),
        count => Ok(count),
    }
}

/// The first version of the kernel's `struct perf_event_attr` (include/uapi/linux/perf_event.h, `PERF_ATTR_SIZE_VER0`).
#[repr(C)]
#[derive(Default)]
struct Attributes {
    kind: u32,
    size: u32,
    config: u64,
    sample_period: u64,
    sample_type: u64,
    read_format: u64,
    flags: u64,
    wakeup_events: u32,
    breakpoint_type: u32,
    breakpoint_address: u64,
}

const PERF_TYPE_HARDWARE: u32 = 0;
const PERF_COUNT_HW_CPU_CYCLES: u64 = 0;
const EXCLUDE_KERNEL: u64 = 1 << 5;
const EXCLUDE_HYPERVISOR: u64 = 1 << 6;
const PERF_FLAG_FD_CLOEXEC: libc::c_ulong = 1 << 3;

/// A counter of this thread's, already counting.
fn open(which: Cycles) -> io::Result<File> {
    let mut attributes = Attributes {
        kind: PERF_TYPE_HARDWARE,
        size: size_of::<Attributes>() as u32,
        config: PERF_COUNT_HW_CPU_CYCLES,
        flags: EXCLUDE_HYPERVISOR | if which == Cycles::User { EXCLUDE_KERNEL } else { 0 },
        ..Attributes::default()
    };
    let (this_thread, any_cpu, no_group): (libc::pid_t, libc::c_int, libc::c_int) = (0, -1, -1);
    // SAFETY: perf_event_open(2) reads `size` bytes of the attributes, which live until it returns, and writes at most their `size`
    // field, to which nothing else refers meanwhile.
    let file = unsafe {
        let attributes = &raw mut attributes;
        libc::syscall(libc::SYS_perf_event_open, attributes, this_thread, any_cpu, no_group, PERF_FLAG_FD_CLOEXEC)
    };
    match i32::try_from(file) {
        // SAFETY: the kernel has opened this descriptor for the caller, and nothing else knows it.
        Ok(file @ 0..) => Ok(unsafe { File::from_raw_fd(file) }),
        _ => Err(io::Error::last_os_error()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::machine;
    use super::*;

    #[test]
    fn the_attributes_are_as_long_as_the_kernel_says() {
        assert_eq!(size_of::<Attributes>(), 64);
    }

    #[test]
    fn cycles_are_counted_or_refused_for_a_reason() {
        for which in [Cycles::User, Cycles::All] {
            match count_cycles(which) {
                // The loop has an addition, a store and a load a turn.
                Ok(cycles) => assert!(cycles > 50_000, "{cycles}"),
                Err(error) => {
                    assert!(!matches!(error.raw_os_error(), Some(libc::EINVAL | libc::E2BIG | libc::EFAULT)), "{error}");
                }
            }
        }
    }

    #[test]
    fn the_level_may_be_negative() {
        let (_dir, machine) = machine(&[("proc/sys/kernel/perf_event_paranoid", "-1\n")]);
        assert_eq!(machine.perf_event_paranoid(), Some(Paranoid(-1)));
    }
}

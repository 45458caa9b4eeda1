//! Keeping the harness off the payload's CPUs.

use std::marker::PhantomData;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// The calling thread stays off some CPUs until the value is dropped, on the same thread.
pub(super) struct KeepOff {
    before: Option<CpuSet>,
    here: PhantomData<*const ()>,
}

impl KeepOff {
    /// Leaves `cpus` to the payload, where the thread may run on others.
    pub(super) fn these(cpus: &[usize]) -> Self {
        Self { before: leave(cpus), here: PhantomData }
    }
}

fn leave(cpus: &[usize]) -> Option<CpuSet> {
    let before = sched_getaffinity(None).ok()?;
    let mut others = before;
    cpus.iter().filter(|cpu| **cpu < CpuSet::MAX_CPU).for_each(|cpu| others.unset(*cpu));
    (others.count() > 0 && sched_setaffinity(None, &others).is_ok()).then_some(before)
}

impl Drop for KeepOff {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            // It was allowed before; where CPUs went offline meanwhile, where the thread is now is as good.
            let _ = sched_setaffinity(None, before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thread_leaves_and_comes_back() {
        let before = sched_getaffinity(None).unwrap();
        let first = (0..CpuSet::MAX_CPU).find(|cpu| before.is_set(*cpu)).unwrap();
        let off = KeepOff::these(&[first]);
        assert_eq!(sched_getaffinity(None).unwrap().is_set(first), before.count() == 1);
        drop(off);
        assert!(sched_getaffinity(None).unwrap() == before);
    }

    #[test]
    fn a_thread_that_has_nowhere_else_to_go_stays() {
        let before = sched_getaffinity(None).unwrap();
        let _off = KeepOff::these(&(0..CpuSet::MAX_CPU).collect::<Vec<_>>());
        assert!(sched_getaffinity(None).unwrap() == before);
    }
}

//! A count of the bytes looked at, for the tests that hold the reader to linear time. Outside of tests it is nothing.

#[cfg(not(test))]
#[inline(always)]
pub(super) fn add(_bytes: usize) {}

#[cfg(test)]
pub(super) use counted::{add, take};

#[cfg(test)]
mod counted {
    use std::cell::Cell;

    thread_local!(static STEPS: Cell<usize> = const { Cell::new(0) });

    pub(in crate::json) fn add(bytes: usize) {
        STEPS.set(STEPS.get() + bytes);
    }

    /// What was counted in this thread since the last call.
    pub(in crate::json) fn take() -> usize {
        STEPS.take()
    }
}

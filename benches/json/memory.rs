//! Counts the memory that the program has.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Off while times are taken: a side that allocates much must not pay for being watched.
static WATCHED: AtomicBool = AtomicBool::new(false);
static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// The most bytes that `work` had at a time.
///
/// A block that moves counts twice while it is copied, although the system's allocator mostly moves its pages.
pub(crate) fn peak<T>(work: impl FnOnce() -> T) -> usize {
    NOW.store(0, Ordering::Relaxed);
    MOST.store(0, Ordering::Relaxed);
    WATCHED.store(true, Ordering::Relaxed);
    std::hint::black_box(work());
    WATCHED.store(false, Ordering::Relaxed);
    MOST.load(Ordering::Relaxed)
}

struct Counting;

fn grow(bytes: usize) {
    if !WATCHED.load(Ordering::Relaxed) {
        return;
    }
    let now = NOW.fetch_add(bytes, Ordering::Relaxed) + bytes;
    MOST.fetch_max(now, Ordering::Relaxed);
}

fn shrink(bytes: usize) {
    if WATCHED.load(Ordering::Relaxed) {
        NOW.fetch_sub(bytes, Ordering::Relaxed);
    }
}

// SAFETY: each call goes to the system's allocator with the arguments that came; the counters beside it allocate nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller keeps the rules of `alloc`, which are the same here and there.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller keeps the rules of `alloc_zeroed`, which are the same here and there.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        shrink(layout.size());
        // SAFETY: `block` came from `System` with this layout, because every allocation above did.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        grow(size);
        // SAFETY: as in `dealloc`; the caller keeps the rules for `size`.
        let moved = unsafe { System.realloc(block, layout, size) };
        shrink(layout.size());
        moved
    }
}

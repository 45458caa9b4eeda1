//! What takes `unsafe`: mapped memory and locks that belong to an open file.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::mem;
use std::os::fd::AsRawFd as _;
use std::ptr::{self, NonNull};
use std::slice;
use std::sync::atomic::AtomicU64;

use rustix::mm::{self, Advice, MapFlags, ProtFlags};

/// Mapped memory that is unmapped at the end.
#[derive(Debug)]
pub(super) struct Pages {
    base: NonNull<AtomicU64>,
    words: usize,
}

// SAFETY: `Pages` owns its mapping, which is valid in every thread, and hands out nothing but shared references to atomics.
unsafe impl Send for Pages {}
// SAFETY: as above.
unsafe impl Sync for Pages {}

impl Pages {
    /// The first `words` words of a file, shared with all who map it. There is at least one.
    pub(super) fn of_file(file: &File, words: usize) -> io::Result<Self> {
        let access = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: with a null address the kernel puts the mapping where nothing is.
        let base = unsafe { mm::mmap(ptr::null_mut(), words * 8, access, MapFlags::SHARED, file, 0) }?;
        Ok(Self { base: NonNull::new(base.cast()).ok_or(io::ErrorKind::OutOfMemory)?, words })
    }

    /// One word of zero, which is zero again in every process that this one forks.
    pub(super) fn wiped_on_fork() -> io::Result<Self> {
        let access = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: as in `of_file`.
        let base = unsafe { mm::mmap_anonymous(ptr::null_mut(), 8, access, MapFlags::PRIVATE) }?;
        let pages = Self { base: NonNull::new(base.cast()).ok_or(io::ErrorKind::OutOfMemory)?, words: 1 };
        // SAFETY: it is our mapping, no reference to it exists, and its content is not changed here.
        unsafe { mm::madvise(base, 8, Advice::LinuxWipeOnFork) }?;
        Ok(pages)
    }

    pub(super) fn words(&self) -> &[AtomicU64] {
        // SAFETY: the mapping is page-aligned, `words` words long, readable and writable, and stays for as long as `self`.
        // Any bytes are an `AtomicU64`, and what other processes do to them are at worst other values: they are never
        // accessed but as atomics here. A file that is cut short while it is mapped ends the process by SIGBUS, which is
        // not undefined behaviour.
        unsafe { slice::from_raw_parts(self.base.as_ptr(), self.words) }
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: it is our mapping, and with `self` the last reference into it is gone.
        let _ = unsafe { mm::munmap(self.base.as_ptr().cast(), self.words * 8) };
    }
}

/// Locks one byte of a file for as long as it is open; `false` when somebody else has it. The lock belongs to the open file
/// (fcntl_locking(2), "open file description locks"), so that it is gone with the process however that ends, and holds
/// between two files opened by one process, too.
pub(super) fn try_lock(file: &File, byte: i64) -> io::Result<bool> {
    match fcntl_lock(file, libc::F_OFD_SETLK, byte) {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.raw_os_error(), Some(libc::EAGAIN | libc::EACCES)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether anybody else has that byte locked. It takes no lock, so nobody is kept out meanwhile.
pub(super) fn is_locked(file: &File, byte: i64) -> io::Result<bool> {
    Ok(fcntl_lock(file, libc::F_OFD_GETLK, byte)?.l_type != libc::F_UNLCK as libc::c_short)
}

fn fcntl_lock(file: &File, command: libc::c_int, byte: i64) -> io::Result<libc::flock> {
    // SAFETY: `flock` is integers all through, for which zero is a value.
    let mut lock: libc::flock = unsafe { mem::zeroed() };
    lock.l_type = libc::F_WRLCK as libc::c_short;
    lock.l_whence = libc::SEEK_SET as libc::c_short;
    lock.l_start = byte;
    lock.l_len = 1;
    // SAFETY: the descriptor is open, and both commands read and write one `flock` and nothing beyond.
    match unsafe { libc::fcntl(file.as_raw_fd(), command, ptr::from_mut(&mut lock)) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(lock),
    }
}

//! Making the warden deaf to everything but the end of its pipe.
#![allow(unsafe_code)]

use std::mem::MaybeUninit;

/// Blocks every signal that can be blocked, and closes every file but the first three: those that the harness was itself
/// given without close-on-exec must not be held open by the warden.
pub(super) fn become_warden() {
    let mut all = MaybeUninit::uninit();
    // SAFETY: sigfillset(3) initialises the set that sigprocmask(2) then reads; the process has one thread. Closing the
    // files is sound because nothing in this process, which is before its `main`, has opened one.
    unsafe {
        libc::sigfillset(all.as_mut_ptr());
        libc::sigprocmask(libc::SIG_BLOCK, all.as_ptr(), std::ptr::null_mut());
        libc::syscall(libc::SYS_close_range, 3, libc::c_uint::MAX, 0);
    }
    // Only the name that `ps` shows.
    let _ = rustix::thread::set_name(c"prill-warden");
}

//! The rules of the terminal, for a payload that inherits it as its stdin.
//!
//! Only a terminal's foreground group may read from it, and the payload has a group of its own: it is made the foreground
//! group while it runs, as a shell does. The interrupt key then reaches the payload, not the harness.

use std::marker::PhantomData;

use rustix::process::{Pid, getpgrp};
use rustix::stdio::stdin;
use rustix::termios::{tcgetpgrp, tcsetpgrp};

use super::mask::Blocked;
use super::{Signal, reap};

/// The payload has the terminal until the value is dropped.
pub(super) struct Foreground {
    here: PhantomData<*const ()>,
}

impl Foreground {
    /// Hands the terminal to `group`, where stdin is one and it is the caller's to give.
    pub(super) fn give(group: Pid) -> Option<Self> {
        let owner = tcgetpgrp(stdin()).ok()?;
        if owner != getpgrp() {
            return None;
        }
        tcsetpgrp(stdin(), group).ok()?;
        // It may have been stopped for reading before the terminal was its own.
        reap::signal_group(group, Signal(libc::SIGCONT));
        Some(Self { here: PhantomData })
    }
}

impl Drop for Foreground {
    fn drop(&mut self) {
        // The caller is in the background now, and taking the terminal back would stop it by SIGTTOU.
        let _blocked = Blocked::all();
        let _ = tcsetpgrp(stdin(), getpgrp());
    }
}

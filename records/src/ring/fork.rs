//! Whether this is still the process that it was.

use std::sync::atomic::Ordering::Relaxed;

use super::error::Fault;
use super::sys::Pages;

/// A word that a forked child finds wiped: the one way to know that costs no system call.
#[derive(Debug)]
pub(super) struct ForkMark(Option<Pages>);

impl ForkMark {
    pub(super) fn new() -> Result<Self, Fault> {
        match Pages::wiped_on_fork() {
            Ok(pages) => {
                pages.words()[0].store(1, Relaxed);
                Ok(Self(Some(pages)))
            }
            // Linux before 4.14: a forked child goes unnoticed.
            Err(error) if error.kind() == std::io::ErrorKind::InvalidInput => Ok(Self(None)),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn is_forked(&self) -> bool {
        self.0.as_ref().is_some_and(|pages| pages.words()[0].load(Relaxed) == 0)
    }
}

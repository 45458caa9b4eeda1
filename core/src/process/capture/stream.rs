//! One output stream of a payload.

use std::io;
use std::os::fd::OwnedFd;

use rustix::fs::{OFlags, fcntl_setfl};
use rustix::io::Errno;
use rustix::pipe::{PipeFlags, fcntl_getpipe_size, fcntl_setpipe_size, pipe_with};

use super::super::Output;
use super::keep::Keep;

/// How large a pipe is asked for: the most that an unprivileged process gets by default (`fs.pipe-max-size`).
pub(in crate::process) const PIPE_BYTES: usize = 1 << 20;

/// A pipe for one stream: the end to read, and the end for the payload.
pub(in crate::process) fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let (read, write) = pipe_with(PipeFlags::CLOEXEC)?;
    // Only the reader must never wait; the payload's end is as a shell would give it.
    fcntl_setfl(&read, OFlags::NONBLOCK)?;
    // A smaller pipe works too, with more wake-ups: the limit for this user's pipes may be reached.
    let _ = fcntl_setpipe_size(&read, PIPE_BYTES);
    Ok((read, write))
}

/// The reading end of a stream and what came out of it.
pub(in crate::process) struct Stream {
    pipe: Option<OwnedFd>,
    size: usize,
    keep: Keep,
}

/// What one look at a stream found.
#[derive(Clone, Copy, Default)]
pub(in crate::process) struct Taken {
    /// Bytes read.
    pub(in crate::process) bytes: usize,
    /// What the pipe can hold.
    pub(in crate::process) size: usize,
}

impl Stream {
    pub(in crate::process) fn new(pipe: OwnedFd, limit: Option<usize>) -> Self {
        let size = fcntl_getpipe_size(&pipe).unwrap_or(4096);
        Self { pipe: Some(pipe), size, keep: Keep::new(limit) }
    }

    /// The pipe, until its end was read.
    pub(in crate::process) fn pipe(&self) -> Option<&OwnedFd> {
        self.pipe.as_ref()
    }

    /// What the pipe can hold; `None` once its end was read.
    pub(in crate::process) fn size(&self) -> Option<usize> {
        self.pipe.as_ref().map(|_| self.size)
    }

    /// Takes what the pipe has now, one pipe's worth at most, so that neither stream keeps the other waiting.
    pub(in crate::process) fn take(&mut self) -> io::Result<Taken> {
        let mut taken = Taken { bytes: 0, size: self.size };
        while let Some(pipe) = self.pipe.as_ref().filter(|_| taken.bytes < self.size) {
            match self.keep.read(pipe) {
                Ok(0) => self.pipe = None,
                Ok(count) => taken.bytes += count,
                Err(error) => match Errno::from_io_error(&error) {
                    Some(Errno::AGAIN) => break,
                    Some(Errno::INTR) => {}
                    _ => return Err(error),
                },
            }
        }
        Ok(taken)
    }

    /// Closes the pipe and gives what was captured.
    pub(in crate::process) fn finish(self) -> Output {
        self.keep.finish()
    }
}

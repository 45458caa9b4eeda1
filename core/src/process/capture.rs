//! Reading one output stream of a payload.

use std::collections::VecDeque;
use std::io;
use std::os::fd::OwnedFd;

use rustix::buffer::spare_capacity;
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::io::Errno;
use rustix::pipe::{PipeFlags, fcntl_setpipe_size, pipe_with};

use super::Output;

/// How large a pipe is asked for: the most that an unprivileged process gets by default (fs.pipe-max-size).
const PIPE_BYTES: usize = 1 << 20;
/// How much is read at once.
const CHUNK: usize = 128 << 10;

/// The reading end of a stream and what came out of it.
pub(super) struct Capture {
    pipe: Option<OwnedFd>,
    head: Vec<u8>,
    tail: VecDeque<u8>,
    limit: Option<usize>,
    cut: u64,
    chunk: Vec<u8>,
}

/// A pipe for one stream: the end to read, and the end for the payload.
pub(super) fn stream_pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let (read, write) = pipe_with(PipeFlags::CLOEXEC)?;
    let flags = fcntl_getfl(&read)?;
    fcntl_setfl(&read, flags | OFlags::NONBLOCK)?;
    // A smaller pipe works too: the limit for the user's pipes may be reached.
    let _ = fcntl_setpipe_size(&read, PIPE_BYTES);
    Ok((read, write))
}

impl Capture {
    pub(super) fn new(pipe: OwnedFd, limit: Option<usize>) -> Self {
        Self { pipe: Some(pipe), head: Vec::new(), tail: VecDeque::new(), limit, cut: 0, chunk: Vec::new() }
    }

    /// The pipe, until its end was read.
    pub(super) fn pipe(&self) -> Option<&OwnedFd> {
        self.pipe.as_ref()
    }

    /// Takes what the pipe has now; true when something came.
    pub(super) fn take(&mut self) -> io::Result<bool> {
        let mut took = false;
        while let Some(pipe) = &self.pipe {
            self.chunk.clear();
            self.chunk.reserve(CHUNK);
            match rustix::io::read(pipe, spare_capacity(&mut self.chunk)) {
                Ok(0) => self.pipe = None,
                Ok(_) => {
                    took = true;
                    self.keep();
                }
                Err(Errno::AGAIN) => break,
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(took)
    }

    fn keep(&mut self) {
        let Some(limit) = self.limit else {
            self.head.extend_from_slice(&self.chunk);
            return;
        };
        let head_room = (limit.div_ceil(2)).saturating_sub(self.head.len()).min(self.chunk.len());
        self.head.extend_from_slice(&self.chunk[..head_room]);
        self.tail.extend(&self.chunk[head_room..]);
        let excess = self.tail.len().saturating_sub(limit / 2);
        self.tail.drain(..excess);
        self.cut += excess as u64;
    }

    /// Closes the pipe and gives what was captured.
    pub(super) fn finish(self) -> Output {
        Output::cut_between(self.head, self.cut, self.tail)
    }
}

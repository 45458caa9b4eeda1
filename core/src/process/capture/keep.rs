//! What is kept of a stream: everything, or the head and the tail.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;

use rustix::buffer::spare_capacity;

use super::super::Output;

/// The room that the first read is given, on the stack: most payloads print little, and on one of their streams nothing.
const FIRST: usize = 16 << 10;
/// The least room of what comes after a limit's head.
const CHUNK: usize = 128 << 10;

/// The bytes kept so far.
pub(super) struct Keep {
    head: Vec<u8>,
    /// `None` keeps everything in `head`.
    limit: Option<usize>,
    tail: Ring,
}

/// The last bytes written to it, in a buffer that starts over at its end.
#[derive(Default)]
struct Ring {
    bytes: Vec<u8>,
    at: usize,
    written: u64,
}

impl Keep {
    pub(super) fn new(limit: Option<usize>) -> Self {
        Self { head: Vec::new(), limit, tail: Ring::default() }
    }

    /// Reads once; gives how much came, 0 at the end of the stream.
    pub(super) fn read(&mut self, pipe: &OwnedFd) -> io::Result<usize> {
        let head_limit = self.head_limit();
        if self.head.len() == head_limit {
            return self.tail.read(pipe, self.tail_limit());
        }
        if self.head.capacity() == 0 {
            let mut first = [MaybeUninit::uninit(); FIRST];
            let (first, _) = rustix::io::read(pipe, &mut first)?;
            let (head, over) = first.split_at(first.len().min(head_limit));
            self.head.extend_from_slice(head);
            self.tail.push(over, self.tail_limit());
            return Ok(first.len());
        }
        if self.head.capacity() - self.head.len() < FIRST / 2 {
            // Doubles, so that a byte is moved once on average; never far beyond the limit.
            let more = self.head.capacity().clamp(FIRST, (head_limit - self.head.len()).max(FIRST));
            self.head.reserve_exact(more);
        }
        let count = rustix::io::read(pipe, spare_capacity(&mut self.head))?;
        if self.head.len() > head_limit {
            let over = self.head.split_off(head_limit);
            self.tail.push(&over, self.tail_limit());
        }
        Ok(count)
    }

    pub(super) fn finish(self) -> Output {
        let tail_limit = self.tail_limit();
        let (cut, tail) = self.tail.finish(tail_limit);
        Output::cut_between(self.head, cut, tail)
    }

    fn head_limit(&self) -> usize {
        self.limit.map_or(usize::MAX, |limit| limit.div_ceil(2))
    }

    fn tail_limit(&self) -> usize {
        self.limit.map_or(0, |limit| limit / 2)
    }
}

impl Ring {
    fn read(&mut self, pipe: &OwnedFd, limit: usize) -> io::Result<usize> {
        let count = rustix::io::read(pipe, self.room(limit))?;
        self.advance(count);
        Ok(count)
    }

    fn push(&mut self, mut bytes: &[u8], limit: usize) {
        while !bytes.is_empty() {
            let room = self.room(limit);
            let count = room.len().min(bytes.len());
            room[..count].copy_from_slice(&bytes[..count]);
            self.advance(count);
            bytes = &bytes[count..];
        }
    }

    fn room(&mut self, limit: usize) -> &mut [u8] {
        if self.bytes.is_empty() {
            // Zeroed pages cost nothing until they are written to.
            self.bytes = vec![0; limit.max(CHUNK)];
        }
        &mut self.bytes[self.at..]
    }

    fn advance(&mut self, count: usize) {
        self.at = (self.at + count) % self.bytes.len();
        self.written += count as u64;
    }

    /// How much was lost, and the last `limit` bytes in order.
    fn finish(mut self, limit: usize) -> (u64, Vec<u8>) {
        let held = usize::try_from(self.written).unwrap_or(usize::MAX).min(self.bytes.len());
        if held == self.bytes.len() {
            self.bytes.rotate_left(self.at);
        }
        self.bytes.truncate(held);
        let tail = self.bytes.split_off(held.saturating_sub(limit));
        (self.written - tail.len() as u64, tail)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn kept(limit: Option<usize>, writes: &[Vec<u8>]) -> Output {
        let (read, write) = rustix::pipe::pipe().unwrap();
        let mut write = std::fs::File::from(write);
        let mut keep = Keep::new(limit);
        for bytes in writes {
            write.write_all(bytes).unwrap();
            let mut left = bytes.len();
            while left > 0 {
                left -= keep.read(&read).unwrap();
            }
        }
        keep.finish()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn head_and_tail_are_what_was_written(
            limit in prop_oneof![0_usize..40, 200_000_usize..400_000],
            writes in prop::collection::vec((any::<u8>(), 0_usize..60_000), 0..12),
        ) {
            let writes: Vec<Vec<u8>> =
                writes.iter().map(|(seed, len)| (0..*len).map(|i| (i % 251) as u8 ^ seed).collect()).collect();
            let all = writes.concat();
            let output = kept(Some(limit), &writes);
            prop_assert_eq!(output.written(), all.len() as u64);
            prop_assert!(output.head().len() + output.tail().len() <= limit);
            prop_assert_eq!(output.head(), &all[..output.head().len()]);
            prop_assert_eq!(output.tail(), &all[all.len() - output.tail().len()..]);
            prop_assert_eq!(output.is_cut(), all.len() > limit);
            prop_assert_eq!(kept(None, &writes), Output::whole(all));
        }
    }

    #[test]
    fn memory_stays_near_the_limit() {
        let limit = 1 << 20;
        let (read, write) = rustix::pipe::pipe().unwrap();
        let mut write = std::fs::File::from(write);
        let mut keep = Keep::new(Some(limit));
        for _ in 0..1000 {
            write.write_all(&[7; 60_000]).unwrap();
            let mut left = 60_000;
            while left > 0 {
                left -= keep.read(&read).unwrap();
            }
        }
        assert!(keep.head.capacity() + keep.tail.bytes.capacity() <= limit + 2 * CHUNK);
    }
}

//! The reading end.

use super::error::{Damage, Fault, Flaw};
use super::frame::{self, Frame};
use super::layout::{Counters, HEAD_AT, Ring};
use super::mapping::Mapping;
use super::memory::Memory;
use super::owner::Owner;

/// Reads frames in the order in which they were put in. It never waits, and what is in the memory can make it stop but do no
/// harm.
///
/// Reading changes nothing in the ring; [`release`](Self::release) makes room.
#[derive(Debug)]
pub struct Reader<M = Mapping> {
    pub(super) ring: Ring<M>,
    position: u64,
    /// The sequence of the last frame.
    last: u64,
    damage: Option<Damage>,
}

impl<M: Memory> Reader<M> {
    /// Reads the ring in `memory` from its tail on.
    pub fn new(memory: M) -> Result<Self, Fault> {
        Ok(Self::of(Ring::open(memory)?))
    }

    pub(super) fn of(ring: Ring<M>) -> Self {
        Self { position: ring.tail(), ring, last: 0, damage: None }
    }

    /// The next frame, or `None` when there is none yet. After an error it is the same error for ever: where the next frame
    /// would begin is not known.
    #[expect(clippy::should_implement_trait, reason = "None is not the end: there may be a frame later")]
    pub fn next(&mut self) -> Result<Option<Frame>, Damage> {
        if let Some(damage) = self.damage {
            return Err(damage);
        }
        let read = self.read();
        self.damage = read.as_ref().err().copied();
        read
    }

    fn read(&mut self) -> Result<Option<Frame>, Damage> {
        let head = self.ring.head();
        match self.ring.used(self.position, head) {
            None => Err(Damage { at: 8 * HEAD_AT as u64, why: Flaw::Positions }),
            Some(0) => Ok(None),
            Some(_) => {
                let (frame, end) = frame::load(&self.ring, self.position, head, self.last)?;
                (self.position, self.last) = (end, frame.sequence);
                Ok(Some(frame))
            }
        }
    }

    /// Gives the room of all frames that were read back to the writer. Until then they are there for whoever reads the ring
    /// after this process.
    pub fn release(&mut self) {
        self.ring.release(self.position);
    }

    /// What the writer counted.
    pub fn counters(&self) -> Counters {
        self.ring.counters()
    }

    /// Who writes; `None` when nobody does, or the last one said that it was done.
    pub fn owner(&self) -> Option<Owner> {
        self.ring.owner()
    }
}

//! What can be wrong with a ring.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::owner::Owner;

/// Why a file is of no use as a ring.
#[derive(Debug, thiserror::Error)]
#[error("use {} as a ring: {why}", path.display())]
pub struct OpenError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub why: Fault,
}

/// Why memory is of no use as a ring.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It begins with something else.
    #[error("it is not a ring of prill; name a file that prill has made")]
    NotARing,
    /// It begins with zeros, or is empty: whoever made it came to an end before it was a ring, so nothing was emitted.
    #[error("whoever made it did not finish, so there is nothing in it; remove it")]
    Unfinished,
    /// Another version of prill made it.
    #[error("its layout is version {found}, and this prill reads version {known}; use the prill that wrote it")]
    Version {
        /// The version of the ring.
        found: u64,
        /// The version that is read here.
        known: u64,
    },
    /// It is shorter than its header says, or than any ring is.
    #[error("it is {has} bytes long, and the ring takes {needs}; part of it was cut off")]
    TooShort {
        /// Its length in bytes.
        has: u64,
        /// The length of the ring in bytes.
        needs: u64,
    },
    /// No ring is so large, or so small.
    #[error("its header says that it holds {words} words, which no ring does; its header is damaged")]
    Capacity {
        /// What the header says.
        words: u64,
    },
    /// Head and tail cannot belong to one ring.
    #[error("its head {head} and its tail {tail} do not fit together; its header is damaged")]
    Positions {
        /// Words that were ever written, as the header says.
        head: u64,
        /// Words that were ever consumed, as the header says.
        tail: u64,
    },
    /// Somebody else has it.
    #[error("{role} has it already{}; wait for its end, or use another file", owner.map(|owner| format!(", {owner}")).unwrap_or_default())]
    Busy {
        /// Who.
        role: Role,
        /// The process, where it is known.
        owner: Option<Owner>,
    },
    /// The disk is full, or a quota is.
    #[error("there is no room for its {needs} bytes; free some, or ask for a smaller ring")]
    NoSpace {
        /// Length of the file in bytes.
        needs: u64,
    },
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The two ends of a ring, each of which one process has at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It emits.
    Writer,
    /// It consumes.
    Consumer,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Writer => "a writer",
            Self::Consumer => "a consumer",
        })
    }
}

/// Why a frame was not taken. All but [`Forked`](Self::Forked) are counted in the ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmitError {
    /// There was no room for it, and none came in time.
    #[error("emit {bytes} bytes: the ring is full; make it larger, or wait longer for its consumer")]
    Full {
        /// Length of the payload.
        bytes: usize,
    },
    /// It would not fit into the empty ring.
    #[error("emit {bytes} bytes: the ring holds frames of up to {limit}; make it larger")]
    TooLarge {
        /// Length of the payload.
        bytes: usize,
        /// The longest payload that fits, in bytes.
        limit: usize,
    },
    /// Somebody wrote a tail that cannot be.
    #[error("emit {bytes} bytes: the ring's tail is damaged; make a new one")]
    Damaged {
        /// Length of the payload.
        bytes: usize,
    },
    /// The caller is a child that was forked without executing a program; the ring stays its parent's.
    #[error("emit from a forked child: the ring belongs to the process that made it; execute a program, or make a new one")]
    Forked,
}

/// Where reading a ring came to an end before its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("read the ring at byte {at}: {why}; what is behind it is lost")]
pub struct Damage {
    /// Bytes from the beginning of the ring.
    pub at: u64,
    /// What is wrong there.
    pub why: Flaw,
}

/// What is wrong with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Head and tail do not fit together, so that it is not known where frames are.
    #[error("head and tail do not fit together")]
    Positions,
    /// The frame is longer than what was written.
    #[error("a frame ends behind the last one")]
    Length,
    /// The memory ends before it.
    #[error("the rest was cut off")]
    Cut,
    /// Its number is not above that of the frame before it.
    #[error("a frame is not the next one")]
    Sequence,
    /// It is not what was written.
    #[error("a checksum is wrong")]
    Checksum,
}

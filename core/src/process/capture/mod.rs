//! Reading what a payload prints, all of it, without waking up for each line.

mod keep;
mod pace;
mod stream;

pub(super) use pace::{Pace, Rest};
pub(super) use stream::{PIPE_BYTES, Stream, pipe};

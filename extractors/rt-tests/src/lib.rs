//! The rt-tests: cyclictest.
//!
//! - [`Cyclictest`]: the latency of timer wake-ups, as rows, as a histogram's summary and as JSON
//!
//! What other programs of the rt-tests print in the same way is apart: `row` reads a `T:` row, `report` the JSON that
//! `rt_write_json` of `rt-utils.c` writes around any of them, `options` the flags of a command line.
#![forbid(unsafe_code)]

mod cyclictest;
mod handoff;
mod latency;
mod options;
mod oslat;
mod page;
mod pi_stress;
mod report;
mod row;
mod signaltest;
#[cfg(test)]
mod testing;

pub use cyclictest::Cyclictest;
pub use handoff::{Handoff, Pmqtest, Ptsematest, Sigwaittest, Svsematest};
pub use oslat::Oslat;
pub use pi_stress::PiStress;
pub use signaltest::Signaltest;

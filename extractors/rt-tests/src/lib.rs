//! The rt-tests.
//!
//! - [`Cyclictest`], [`Cyclicdeadline`], [`RtMigrateTest`]: how late threads wake
//! - [`Signaltest`], [`Pmqtest`], [`Ptsematest`], [`Sigwaittest`], [`Svsematest`]: how long it takes from one thread to another
//! - [`Oslat`], [`Queuelat`]: what interrupts a busy loop
//! - [`PiStress`], [`DeadlineTest`]: what the scheduler gets done, or misses
//!
//! What they share is apart: `page` reads the lines of a program and its report, `row` a `T:` row, `latency` what such a row and
//! such a report measure, `report` the JSON that `rt_write_json` of `rt-utils.c` writes, `options` the flags of a command line.
#![forbid(unsafe_code)]

mod cyclicdeadline;
mod cyclictest;
mod deadline_test;
mod handoff;
mod latency;
mod options;
mod oslat;
mod page;
mod pi_stress;
mod queuelat;
mod report;
mod row;
mod rt_migrate_test;
mod signaltest;
#[cfg(test)]
mod testing;

pub use cyclicdeadline::Cyclicdeadline;
pub use cyclictest::Cyclictest;
pub use deadline_test::DeadlineTest;
pub use handoff::{Handoff, Pmqtest, Ptsematest, Sigwaittest, Svsematest};
pub use oslat::Oslat;
pub use pi_stress::PiStress;
pub use queuelat::Queuelat;
pub use rt_migrate_test::RtMigrateTest;
pub use signaltest::Signaltest;

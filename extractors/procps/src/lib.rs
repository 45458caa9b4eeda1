//! procps: what memory, processors and disks are used for.
//!
//! - [`Vmstat`], [`Free`]: the formats
//! - `size`: in which unit memory is printed, which only the command line says; `page`: what both do with a line
#![forbid(unsafe_code)]

mod free;
mod page;
mod size;
mod vmstat;

pub use free::Free;
pub use vmstat::Vmstat;

//! Running a payload: the builder, the handle of one in the background, and what comes of it.
//!
//! The way of a run: [`PayloadRun`] makes a [`crate::process::Command`], the engine gives [`crate::process::Ended`], the
//! format reads the captured streams ([`crate::extract`]), the [`Recorder`] gets the [`PayloadMetrics`], the checks are
//! judged ([`crate::check`]), the recorder gets the verdict, the caller gets both.

mod builder;
mod context;
mod error;
mod finish;
mod handle;
mod metrics;
mod recorder;
mod usage;

pub use builder::PayloadRun;
pub use context::Context;
pub use error::NotRunnable;
pub use handle::PayloadHandle;
pub use metrics::PayloadMetrics;
pub use recorder::Recorder;

#[cfg(test)]
mod tests;

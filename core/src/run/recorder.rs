use super::PayloadMetrics;
use crate::check::AssertResult;

/// What keeps the results of a run. Core only calls it; where and how is its own business.
///
/// Both calls are made by the thread that called `run` or `wait`. An error fails the run: a result that cannot be kept
/// must not look like one that was.
pub trait Recorder: Send + Sync {
    /// A result exists; no check has been judged, so that a crash from here on loses nothing.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn measured(&self, metrics: &PayloadMetrics) -> anyhow::Result<()>;

    /// The checks were judged; `metrics` is what `measured` got.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn judged(&self, verdict: &AssertResult, metrics: &PayloadMetrics) -> anyhow::Result<()>;
}

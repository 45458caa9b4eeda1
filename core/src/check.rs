//! Checks: what is asked of the metrics of a run, and the verdict.
//!
//! - [`MetricCheck`]: one question, built in a `const` or read from text: `clat.p99{op=read} in 1ms..5ms`
//! - [`Selector`]: which metrics it is about
//! - [`judge`]: the checks against a [`Subject`], a run that has ended
//! - [`AssertResult`]: every [`Outcome`], and the [`Verdict`] over all

mod judge;
mod metric_check;
mod outcome;
mod parse;
mod result;
mod selector;
mod term;

pub use judge::{ExitState, Reading, Subject, judge};
pub use metric_check::MetricCheck;
pub use outcome::{Actual, Evidence, Outcome, Verdict};
pub use parse::ParseCheckError;
pub use result::AssertResult;
pub use selector::Selector;

//! Payload, run, extractor, metrics, checks: the core of prill, which names no tool.
//!
//! - [`metric`]: [`Metric`], its unit and polarity, and the compact table that holds all of one run
//! - [`check`]: [`MetricCheck`], what is asked of the metrics, and [`AssertResult`], the verdict
//! - [`diagnostic`]: [`Diagnostic`], what is said instead of dropping something in silence
//! - [`extract`]: the [`Extractor`] trait, the [`MetricSink`] it writes to, and the driver that runs it over captured output
//! - [`coverage`]: [`Coverage`], how many of the printed numbers an extractor understood
//! - [`process`]: the engine that starts, watches, captures and ends payload processes
//! - [`registry`]: the linked formats, by name
//! - [`payload`]: [`Payload`], a declared program; [`run`]: [`PayloadRun`], one run of it, and what comes of it
#![deny(unsafe_code)]

pub mod check;
pub mod coverage;
pub mod diagnostic;
pub mod extract;
pub mod metric;
mod nearest;
pub mod payload;
pub mod process;
pub mod registry;
pub mod run;

pub use check::{AssertResult, MetricCheck, Outcome, Selector, Verdict};
pub use coverage::{Coverage, Fate};
pub use diagnostic::{Diagnostic, Severity};
pub use extract::{ExtractError, Extraction, Extractor, Input, MetricSink, OutputFormat, Sniff, Streams};
pub use metric::{Human, Labels, Metric, MetricHint, MetricTable, Polarity, Stream};
pub use payload::{Payload, PayloadKind, RegisteredPayload};
pub use prill_scan as scan;
pub use prill_scan::{Printed, Quantity, Span, Text, Unit};
pub use registry::{Registration, Registry, RegistryError};
pub use run::{Context, PayloadHandle, PayloadMetrics, PayloadRun, Recorder};

/// What the macros of this crate expand to.
#[doc(hidden)]
pub mod __private {
    pub use inventory;
}

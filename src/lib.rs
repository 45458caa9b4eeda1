//! prill turns any benchmark program into a test: a payload is run, its output is read into metrics, checks judge them.
//!
//! - [`prelude`]: what a test needs, in one `use`
//! - [`macro@test`]: `#[prill::test]` turns a body into a test for `cargo test` and nextest; [`Ctx`]: what a body gets
//! - [`Payload`](struct@Payload): a declared program; [`payloads`]: those that come with prill; [`#[derive(Payload)]`](derive@Payload): your own
//! - [`PayloadRun`]: one run of it; [`PayloadHandle`]: one in the background; [`PayloadMetrics`]: what came of it
//! - [`MetricCheck`]: what is asked of the metrics; [`AssertResult`]: the verdict
//! - [`check`], [`diagnostic`], [`extract`], [`metric`], [`payload`], [`process`], [`registry`], [`run`], [`scan`]: the modules of
//!   `prill-core`, with all the rest
//! - [`records`]: what is kept of every test, and where
//!
//! A test runs a payload and gives back its verdict. This one needs nothing installed:
//!
//! ```test_harness
//! use prill::payloads::PINGPONG;
//! use prill::prelude::*;
//!
//! #[prill::test]
//! fn threads_wake_up_soon(ctx: &Ctx) -> Result<AssertResult> {
//!     let (verdict, metrics) = ctx.payload(&PINGPONG)
//!         .args(["-r", "0.5"])
//!         .check(MetricCheck::max("wakeup.latency.p50", Quantity::ms(50.0)))
//!         .timeout(Duration::from_secs(30))
//!         .run()?;
//!     println!("{} wake-ups", metrics.get("wakeup.latency.count").map_or(0.0, |count| count.value()));
//!     Ok(verdict)
//! }
//! ```
//!
//! The same outside of tests:
//!
//! ```
//! use prill::payloads::PINGPONG;
//! use prill::prelude::*;
//!
//! # fn main() -> Result<()> {
//! let ctx = Ctx::local()?;
//! let (verdict, metrics) = ctx.payload(&PINGPONG).args(["-r", "0.1"]).check("wakeup.latency.p99 > 0".parse()?).run()?;
//! assert!(verdict.is_passed(), "{verdict}");
//! let p99 = metrics.get("wakeup.latency.p99").expect("pingpong prints it");
//! assert_eq!(p99.unit(), Some(Unit::SECOND));
//! assert!(p99.value() < 10.0);
//! # Ok(()) }
//! ```
//!
//! The feature `formats` (default) links every output format that comes with prill.
#![forbid(unsafe_code)]

#[cfg(feature = "formats")]
use prill_extract_all as _;

mod context;
mod macros;
pub mod prelude;
mod scheduler;
mod test;

pub use context::Ctx;
pub use macros::*;
pub use prill_core::{
    AssertResult, Diagnostic, Metric, MetricCheck, MetricHint, Outcome, OutputFormat, Payload, PayloadHandle, PayloadKind,
    PayloadMetrics, PayloadRun, Polarity, Quantity, Recorder, Registry, Stream, Unit, Verdict,
};
pub use prill_core::{check, diagnostic, extract, metric, payload, process, registry, run, scan};
pub use prill_core::{register_builtin, register_extractor, register_payload};
pub use prill_payloads as payloads;
pub use prill_records as records;

/// The result of a body: any error will do.
pub type Result<T, E = anyhow::Error> = std::result::Result<T, E>;

/// What the macros of this crate expand to.
#[doc(hidden)]
pub mod __private {
    pub use crate::test::{IntoVerdict, run};
}

/// The code in the README is compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

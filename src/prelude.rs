//! What a test needs: `use prill::prelude::*;`.
//!
//! The attribute `test` is not here: it would take the place of the standard one. Write `#[prill::test]`.

pub use std::time::Duration;

pub use crate::process::Stdin;
pub use crate::{
    AssertResult, Ctx, Metric, MetricCheck, OutputFormat, Payload, PayloadHandle, PayloadKind, PayloadMetrics, PayloadRun,
    Polarity, Quantity, Result, Unit, Verdict,
};

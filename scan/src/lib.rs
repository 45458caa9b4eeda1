//! Reading the text that benchmark programs print.
//!
//! - [`Text`], [`Line`]: a length-preserving view of raw bytes, so that every offset is an offset in the raw capture
//! - [`Search`]: a word in a line, found sooner than by `str::find`
//! - [`number`]: numbers as tools print them, scaled without a rounding step of our own
//! - [`Unit`], [`Printed`], [`Quantity`], [`mod@unit`]: base units, printed units and their spellings
//! - [`percentile`]: the names of percentiles (`99.9000` is `p99_9`) and the rows of their tables
//! - [`Reports`]: which of several reports a row is of
//! - [`keyvalue`]: `min=2, max=3` and `average rps: 104.67`
//! - [`Span`]: a byte range
//! - [`json`]: a JSON reader that knows where every token stands and finds the document in noise
#![forbid(unsafe_code)]

pub mod json;
pub mod keyvalue;
pub mod number;
pub mod percentile;
mod reports;
mod span;
mod text;
pub mod unit;

pub use reports::Reports;
pub use span::Span;
pub use text::{Line, Lines, Search, Text, Words};
pub use unit::{Printed, Quantity, Scale, Unit};

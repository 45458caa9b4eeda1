//! Reading the text that benchmark programs print.
//!
//! - [`Text`] and [`Line`]: a length-preserving view of raw bytes, so that every offset is an offset in the raw capture
//! - [`Span`]: a byte range
#![forbid(unsafe_code)]

mod span;

pub use span::Span;

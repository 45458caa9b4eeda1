//! Payload, run, extractor, metrics, checks: the core of prill, which names no tool.

pub use prill_scan as scan;

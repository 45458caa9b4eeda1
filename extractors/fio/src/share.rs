//! The distributions that fio prints as shares of a fixed set of buckets.

/// Depths of the I/O queue, `iodepth_level`.
pub(crate) const DEPTHS: [&str; 7] = ["1", "2", "4", "8", "16", "32", ">=64"];
/// Upper bounds of the latency buckets.
pub(crate) const US_BOUNDS: [&str; 10] = ["2us", "4us", "10us", "20us", "50us", "100us", "250us", "500us", "750us", "1000us"];
/// Upper bounds of the latency buckets, but for the last.
pub(crate) const MS_BOUNDS: [&str; 12] =
    ["2ms", "4ms", "10ms", "20ms", "50ms", "100ms", "250ms", "500ms", "750ms", "1000ms", "2000ms", ">=2000ms"];

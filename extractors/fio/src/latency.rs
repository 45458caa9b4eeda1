//! What fio's latency statistics have in common in all its formats.

use prill_core::Printed;
use prill_core::scan::number;

/// The width of the bucket that a latency percentile stands for, in the base unit.
///
/// fio counts latencies in buckets of 1 up to 127 and of `2^(msb - 6)` above it, in nanoseconds since fio 3.0 and in
/// microseconds before (`FIO_IO_U_PLAT_BITS` in `stat.h`, `plat_val_to_idx` in `stat.c`), and prints the middle of one.
pub(crate) fn bucket_width(token: &str, printed: Printed, counted: Printed) -> Option<f64> {
    let value = number::value(token, printed.scale)? / counted.scale.factor();
    // 2^53 ns are a hundred days.
    if !(0.0..9.0e15).contains(&value) {
        return None;
    }
    let msb = (value.round().max(1.0)).log2().floor();
    let bucket = 2f64.powf((msb - 6.0).max(0.0)) * counted.scale.factor();
    Some(bucket.max(printed.scale.factor()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use prill_core::scan::unit::{MS, NS, US};

    fn near(a: Option<f64>, b: f64) -> bool {
        a.is_some_and(|a| (a - b).abs() <= b * 1e-12)
    }

    #[test]
    fn buckets_double_with_the_value() {
        assert!(near(bucket_width("10", NS, NS), 1e-9));
        assert!(near(bucket_width("127", NS, NS), 1e-9));
        assert!(near(bucket_width("66048", NS, NS), 1024e-9));
        assert!(near(bucket_width("872448", US, US), 8192e-6));
    }

    #[test]
    fn a_coarser_print_is_the_coarser_step() {
        assert!(near(bucket_width("50", US, NS), 1e-6));
        assert!(near(bucket_width("396", US, NS), 4096e-9));
        assert!(near(bucket_width("3", MS, US), 1e-3));
    }
}

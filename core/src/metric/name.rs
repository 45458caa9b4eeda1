/// The statistics that a name may end with, beside percentiles (`p50`, `p99_9`; a median is `p50`).
pub const STATS: &[&str] = &["mean", "min", "max", "stddev", "stderr", "cv", "range", "iqr", "sum", "count", "last"];

/// True when `name` follows the grammar: lower_snake segments joined by dots, each starting with a letter.
#[must_use]
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.split('.').all(is_segment)
}

fn is_segment(segment: &str) -> bool {
    segment.starts_with(|c: char| c.is_ascii_lowercase())
        && segment.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && !segment.ends_with('_')
        && !segment.contains("__")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_snake_segments() {
        for good in ["iops", "wakeup.latency.p99_9", "lat.mean", "l2.misses"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", ".", "a..b", "Iops", "p99.9", "a b", "a-b", "_a", "a_", "a__b", "jobs.0.read"] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}

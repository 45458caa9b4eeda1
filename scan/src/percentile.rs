//! Names of percentiles.

use std::fmt::Write as _;

/// The statistic's name of a percentile as printed: `99.9000` is `p99_9`, `50` is `p50`, `100.00` is `p100`.
///
/// `None` for anything that is not a decimal number from 0 to 100.
#[must_use]
pub fn stat(printed: &str) -> Option<String> {
    let (whole, part) = printed.split_once('.').unwrap_or((printed, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let part = part.trim_end_matches('0');
    if whole.is_empty() || whole.len() > 3 || !digits(whole) || !digits(part) || part.len() > 12 {
        return None;
    }
    let number: u16 = whole.parse().ok()?;
    if number > 100 || (number == 100 && !part.is_empty()) {
        return None;
    }
    let mut name = format!("p{number}");
    if !part.is_empty() {
        let _ = write!(name, "_{part}");
    }
    Some(name)
}

/// The percentile that a statistic's name means (`p99_9` is 99.9), as a percentage.
#[must_use]
pub fn value(stat: &str) -> Option<f64> {
    let (whole, part) = match stat.strip_prefix('p')?.split_once('_') {
        Some((whole, part)) => (whole, part),
        None => (stat.strip_prefix('p')?, "0"),
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}.{part}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_percentiles_have_one_name() {
        for (printed, name) in [
            ("99.9000", "p99_9"),
            ("50", "p50"),
            ("50.0", "p50"),
            ("99.99", "p99_99"),
            ("100.00", "p100"),
            ("0", "p0"),
            ("99.05", "p99_05"),
        ] {
            assert_eq!(stat(printed).as_deref(), Some(name));
        }
        for junk in ["", "th", "101", "100.5", "-1", "9 9", "1e2", "."] {
            assert_eq!(stat(junk), None, "{junk}");
        }
    }

    #[test]
    fn a_name_gives_the_percentage_back() {
        assert_eq!(value("p99_9"), Some(99.9));
        assert_eq!(value("p50"), Some(50.0));
        assert_eq!(value("mean"), None);
        assert_eq!(value("p"), None);
        assert_eq!(value("p99_"), None);
    }
}

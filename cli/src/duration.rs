//! Durations as people write them on a command line.

use std::time::Duration;

use prill_core::scan::{number, unit};
use prill_core::{Quantity, Unit};

/// `500ms`, `30s`, `2m`, `1.5h`; a bare number is in seconds.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let wrong = || format!("read `{text}` as a duration: write a number and ns, us, ms, s, m or h, such as 500ms, 30s or 2m");
    let (token, suffix) = number::leading(text.trim()).ok_or_else(wrong)?;
    let written: f64 = token.parse().map_err(|_| wrong())?;
    let printed = match suffix {
        "" => unit::SECOND,
        "m" => unit::MINUTE,
        _ => unit::spelled(suffix).ok().filter(|printed| printed.unit == Unit::SECOND).ok_or_else(wrong)?,
    };
    Duration::try_from_secs_f64(Quantity::of(written, printed).value()).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_number_is_in_seconds() {
        for (text, ms) in [("30s", 30_000), ("2m", 120_000), ("500ms", 500), ("7", 7000), ("0.25", 250), ("1.5h", 5_400_000)] {
            assert_eq!(parse(text), Ok(Duration::from_millis(ms)), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_refused_with_an_example() {
        for text in ["", "s", "-1s", "5 apples", "10MB", "1e99", "nan"] {
            assert!(parse(text).unwrap_err().contains("such as 500ms"), "{text}");
        }
    }
}

use prill_core::Printed;
use prill_core::scan::{Search, number, unit};

/// The line about the transfer. Numbers are slices of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Transfer<'t> {
    pub(crate) bytes: &'t str,
    /// The same for people, which are no metrics.
    pub(crate) rounded: &'t str,
    /// In seconds.
    pub(crate) time: &'t str,
    /// `Infinity` when no time passed.
    pub(crate) rate: (&'t str, Printed),
}

impl<'t> Transfer<'t> {
    /// `None` for another line, or one that is cut.
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let (bytes, rest) = number::leading(line)?;
        let rest = rest.strip_prefix(" byte")?;
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        if let Some(rest) = rest.strip_prefix(" transferred in ") {
            return bsd(bytes, rest);
        }
        let (rounded, rest) = rest.cut(" copied, ")?;
        let (time, rest) = number::leading(rest)?;
        // coreutils 5 wrote `seconds` out, and a blank before the unit.
        let rate = match rest.strip_prefix(" seconds, ") {
            Some(rest) => busybox(rest).or_else(|| gnu(rest))?,
            None => rest.strip_prefix(" s, ").and_then(|rest| gnu(rest).or_else(|| toybox(rest)))?,
        };
        Some(Self { bytes, rounded, time, rate })
    }
}

/// `0.000059 secs (17356 bytes/sec)`
fn bsd<'t>(bytes: &'t str, rest: &'t str) -> Option<Transfer<'t>> {
    let (time, rest) = number::leading(rest)?;
    let (rate, rest) = number::leading(rest.strip_prefix(" secs (")?)?;
    rest.starts_with(" bytes/sec)").then_some(Transfer { bytes, rounded: &rest[..0], time, rate: (rate, unit::BYTE_PER_S) })
}

/// `60.5 MB/s`: powers of 1000.
fn gnu(text: &str) -> Option<(&str, Printed)> {
    let (token, word) = text.trim_end().split_once(' ')?;
    let power = match word.strip_suffix("B/s")? {
        "" => 0,
        "k" => 3,
        "M" => 6,
        "G" => 9,
        "T" => 12,
        "P" => 15,
        _ => return None,
    };
    (number::is_token(token) || token == "Infinity").then_some((token, unit::BYTE_PER_S.shift(power)))
}

/// `503 M/s` of Android: powers of 1024.
fn toybox(text: &str) -> Option<(&str, Printed)> {
    let (token, word) = number::leading(text.trim_end())?;
    let power = match word.strip_suffix("/s")?.trim_start() {
        "" | "B" => 0,
        "K" | "k" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return None,
    };
    Some((token, unit::BYTE_PER_S.shift2(power)))
}

/// `57.9MB/s`: powers of 1024.
fn busybox(text: &str) -> Option<(&str, Printed)> {
    let (token, word) = number::leading(text.trim_end())?;
    let power = match word.strip_suffix("B/s")? {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return None,
    };
    Some((token, unit::BYTE_PER_S.shift2(power)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dd_has_its_own_units() {
        let rate = |line| Transfer::parse(line).map(|t| (t.bytes, t.time, t.rate.0, t.rate.1));
        assert_eq!(
            rate("3584 bytes (3.6 kB, 3.5 KiB) copied, 5.9288e-05 s, 60.5 MB/s"),
            Some(("3584", "5.9288e-05", "60.5", unit::MB_PER_S))
        );
        assert_eq!(rate("1 byte copied, 0.01 s, 0.1 kB/s"), Some(("1", "0.01", "0.1", unit::KB_PER_S)));
        assert_eq!(rate("0 bytes copied, 0 s, Infinity B/s").map(|t| t.2), Some("Infinity"));
        assert_eq!(rate("3584 bytes (3.5KB) copied, 0.000059 seconds, 57.9MB/s").map(|t| t.3), Some(unit::MIB_PER_S));
        assert_eq!(
            rate("1024 bytes transferred in 0.000059 secs (17356 bytes/sec)"),
            Some(("1024", "0.000059", "17356", unit::BYTE_PER_S))
        );
        assert_eq!(rate("1048576 bytes (1.0 MB) copied, 0.012 seconds, 87 MB/s").map(|t| t.3), Some(unit::MB_PER_S));
        assert_eq!(rate("1073741824 bytes (1.0 G) copied, 2.035 s, 503 M/s").map(|t| t.3), Some(unit::MIB_PER_S));
        for none in ["3584 bytes (3.6 kB) copied, 5.9 s, 60.5 M", "3584 bytes", "5 apples copied, 5 s, 1 B/s"] {
            assert_eq!(rate(none), None, "{none}");
        }
    }
}

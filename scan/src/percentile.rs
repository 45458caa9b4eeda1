//! Percentiles: their names, and the rows of the tables that print them.

use std::fmt::Write as _;

use crate::number;

/// One row of a percentile table. All parts are slices of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'t> {
    /// The percentile as printed, digits and point alone: `99.9000`. [`stat`] names it.
    pub percentile: &'t str,
    /// The number beside it.
    pub value: &'t str,
    /// What follows the number, trimmed: a unit, a bucket's sample count, or nothing.
    pub rest: &'t str,
}

/// The row of a percentile table in `line`: `50.0th: 15 (91 samples)`, `* 99.0th: 15984`, `50.00%  1.2ms`, `p99=431us`.
///
/// A leading `*` is how some tools point at the one that matters. `None` for a line that is anything else.
#[must_use]
pub fn row(line: &str) -> Option<Row<'_>> {
    let text = line.trim_ascii();
    let bytes = text.as_bytes();
    let star = usize::from(bytes.first() == Some(&b'*'));
    let start = after(bytes, star, |b| b.is_ascii_whitespace());
    let named = bytes.get(start) == Some(&b'p');
    let start = start + usize::from(named);
    let end = after(bytes, start, |b| matches!(b, b'.'..=b'9') && b != b'/');
    let sign = match bytes.get(end..).unwrap_or_default() {
        [b't', b'h', ..] => 2,
        [b'%', ..] => 1,
        _ if named => 0,
        _ => return None,
    };
    let value = after(bytes, end + sign, |b| matches!(b, b':' | b'=' | b' ' | b'\t'));
    if start == end || value == end + sign {
        return None;
    }
    let (token, rest) = number::leading(&text[value..])?;
    let gap = spaces(rest.as_bytes());
    Some(Row { percentile: &text[start..end], value: token, rest: rest[gap..].trim_ascii_start() })
}

/// Where the bytes that are `wanted`, from `from` on, end.
#[inline]
fn after(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let mut at = from;
    while at < bytes.len() && wanted(bytes[at]) {
        at += 1;
    }
    at
}

/// How many spaces there are at the start, or eight of more: columns are filled up with them.
#[inline]
fn spaces(bytes: &[u8]) -> usize {
    let first = bytes.first_chunk().map_or(0, |first| u64::from_le_bytes(*first) ^ u64::from_le_bytes([b' '; 8]));
    if bytes.len() < 8 { 0 } else { first.trailing_zeros() as usize / 8 }
}

/// Whether `segment` is what [`stat`] names: `p99_9`, not `p9099` or `p50_0`.
#[must_use]
pub fn is_stat(segment: &str) -> bool {
    value(segment).and_then(|value| stat(&value.to_string())).as_deref() == Some(segment)
}

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
        for (segment, is) in [("p99_9", true), ("p0", true), ("p100", true), ("p9099", false), ("p50_0", false), ("p", false)] {
            assert_eq!(is_stat(segment), is, "{segment}");
        }
    }

    #[test]
    fn a_row_is_read_however_it_is_written() {
        for (line, percentile, value, rest) in [
            ("\t50.0000th: 36", "50.0000", "36", ""),
            ("\t*99.0000th: 25952", "99.0000", "25952", ""),
            ("\t* 99.0th: 15984      (26 samples)", "99.0", "15984", "(26 samples)"),
            ("     50%    635.00us", "50", "635.00", "us"),
            ("p99=1.5e3, p99.9=2", "99", "1.5e3", ", p99.9=2"),
            ("p99.9 431 us", "99.9", "431", "us"),
        ] {
            assert_eq!(row(line), Some(Row { percentile, value, rest }), "{line}");
        }
        for junk in ["", "*", "th: 1", "50 36", "50.0th:", "50.0th36", "99.0th: 370,04", "min=2, max=3", "percent 5", "50.0th: -"]
        {
            assert_eq!(row(junk), None, "{junk}");
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

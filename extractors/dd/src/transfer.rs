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
        Self::english(line).or_else(|| Self::translated(line))
    }

    /// In the words of any dd, with a decimal point.
    pub(crate) fn english(line: &'t str) -> Option<Self> {
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

    /// `33554432 Bytes (34 MB, 32 MiB) kopiert, 0,00436064 s, 7,7 GB/s` of GNU coreutils, whose words are translated and whose point
    /// is the locale's; the units are not translated, and there are no thousands separators.
    pub(crate) fn translated(line: &'t str) -> Option<Self> {
        // Every line of every text is asked.
        let (rest, unit) = line.trim_end().strip_suffix("B/s").and(line.trim_end().rsplit_once(' '))?;
        let (rest, rate) = last_number(rest);
        let rest = before_comma(rest)?;
        let (rest, time) = last_number(rest.strip_suffix(" s").or_else(|| rest.strip_suffix(" seconds"))?);
        let (bytes, rounded) = number::leading(before_comma(rest)?)?;
        let words = rounded.strip_prefix(' ')?;
        let are_words = words.starts_with(|c: char| c.is_alphabetic()) && !bytes.contains('.');
        (are_words && is_decimal(time)).then_some(Self { bytes, rounded, time, rate: (rate, gnu_unit(rate, unit)?) })
    }
}

/// The text without the comma at its end, of which Chinese and Japanese have their own.
fn before_comma(text: &str) -> Option<&str> {
    text.trim_end_matches(' ').strip_suffix([',', '，', '、'])
}

/// The text before what may be a number at its end, and that.
fn last_number(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end_matches(|c: char| c.is_ascii_digit() || ".,e+-".contains(c)).len())
}

/// A number, with the decimal point of any locale.
fn is_decimal(token: &str) -> bool {
    number::is_token(token) || number::is_token(&token.replacen(',', ".", 1))
}

/// `0.000059 secs (17356 bytes/sec)`
fn bsd<'t>(bytes: &'t str, rest: &'t str) -> Option<Transfer<'t>> {
    let (time, rest) = rest.cut(" secs (")?;
    let (rate, rest) = number::leading(rest)?;
    (is_decimal(time) && rest.starts_with(" bytes/sec)")).then_some(Transfer {
        bytes,
        rounded: &rest[..0],
        time,
        rate: (rate, unit::BYTE_PER_S),
    })
}

/// `60.5 MB/s`: powers of 1000.
fn gnu(text: &str) -> Option<(&str, Printed)> {
    let (token, unit) = text.trim_end().split_once(' ')?;
    Some((token, gnu_unit(token, unit)?))
}

/// The unit of the rate `token`.
fn gnu_unit(token: &str, unit: &str) -> Option<Printed> {
    let power = match unit.strip_suffix("B/s")? {
        "" => 0,
        "k" => 3,
        "M" => 6,
        "G" => 9,
        "T" => 12,
        "P" => 15,
        _ => return None,
    };
    (token == "Infinity" || is_decimal(token)).then_some(unit::BYTE_PER_S.shift(power))
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
        for (line, rounded, time, rate) in [
            (
                "33554432 Bytes (34 MB, 32 MiB) kopiert, 0,00436064 s, 7,7 GB/s",
                " Bytes (34 MB, 32 MiB) kopiert",
                "0,00436064",
                "7,7",
            ),
            ("33554432 octets (34 MB, 32 MiB) copiés, 0,002 s, 13,7 GB/s", " octets (34 MB, 32 MiB) copiés", "0,002", "13,7"),
            ("33554432 bytes (34 MB, 32 MiB) copied, 1,234 s, 6,0 GB/s", " bytes (34 MB, 32 MiB) copied", "1,234", "6,0"),
            ("33554432 字节已复制，9.2147e-05 s，45.1 GB/s", " 字节已复制", "9.2147e-05", "45.1"),
        ] {
            let expected = Transfer { bytes: "33554432", rounded, time, rate: (rate, unit::GB_PER_S) };
            assert_eq!(Transfer::parse(line), Some(expected), "{line}");
        }
        for none in [
            "3584 bytes (3.6 kB) copied, 5.9 s, 60.5 M",
            "3584 bytes",
            "5 apples copied, 5, 1 B/s",
            "5 apples, 5 s, 1 B",
            "a, 5 s, 1 B/s",
        ] {
            assert_eq!(rate(none), None, "{none}");
        }
    }
}

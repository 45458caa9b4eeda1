//! The units that fio counts in, and its way of writing numbers with a suffix.

use prill_core::Printed;
use prill_core::scan::{number, unit};

/// I/Os.
pub(crate) const IO: Printed = Printed::base("{io}");
/// I/Os a second.
pub(crate) const IO_PER_S: Printed = Printed::base("{io}/s");

/// A number with the unit that its suffix says, and the text after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Printing<'t> {
    pub(crate) token: &'t str,
    pub(crate) printed: Printed,
    pub(crate) rest: &'t str,
}

impl<'t> Printing<'t> {
    /// The number at the start of `text`, without a suffix.
    pub(crate) fn plain(text: &'t str, printed: Printed) -> Option<Self> {
        let (token, rest) = split(text)?;
        Some(Self { token, printed, rest })
    }

    /// The number at the start of `text` that `end` follows, which then starts the rest.
    pub(crate) fn plain_to(text: &'t str, end: char, printed: Printed) -> Option<Self> {
        Self::plain(text, printed).filter(|number| number.rest.starts_with(end))
    }

    /// As fio's `num2str(.., N2S_NONE)` prints: `2314k` is 2314 thousand. fio 2.x writes `K` for `k`.
    pub(crate) fn si(text: &'t str, base: Printed) -> Option<Self> {
        let (token, rest) = split(text)?;
        let (exp10, len) = match rest.bytes().next() {
            Some(b'k' | b'K') => (3, 1),
            Some(b'M') => (6, 1),
            Some(b'G') => (9, 1),
            Some(b'T') => (12, 1),
            Some(b'P') => (15, 1),
            Some(b'E') => (18, 1),
            _ => (0, 0),
        };
        Some(Self { token, printed: base.shift(exp10), rest: &rest[len..] })
    }

    /// As fio 3.x prints an amount or a rate: `38.0MiB/s`, `1185MB`, `17.9Gbit/s`; `base` is the byte or the byte a second.
    /// A number without a unit is 0, of which `num2str` prints no unit when it comes with none.
    pub(crate) fn amount(text: &'t str, base: Printed) -> Option<Self> {
        let (token, rest) = split(text)?;
        let (prefix, rest) = match rest.bytes().next() {
            Some(b @ (b'k' | b'K' | b'M' | b'G' | b'T' | b'P' | b'E')) => (power(b), &rest[1..]),
            _ => (0, rest),
        };
        let (binary, rest) = match rest.strip_prefix('i') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let (base, rest) = match rest.strip_prefix("bit") {
            Some(rest) => (base.shift2(-3), rest),
            None if rest.starts_with('B') => (base, &rest[1..]),
            None if token == "0" => (base, rest),
            None => return None,
        };
        let printed = if binary { base.shift2(10 * prefix) } else { base.shift(3 * prefix) };
        Some(Self { token, printed, rest })
    }

    /// As fio 2.x prints an amount or a rate: `93817KB/s` counts 1024, unless `kb_base=1000`, which its output does not say.
    ///
    /// Its table of suffixes had no `T`, so that its `P` is 1024^4 (`lib/num2str.c` of fio 2.1).
    pub(crate) fn legacy_amount(text: &'t str, base: Printed) -> Option<Self> {
        let (token, rest) = split(text)?;
        let (prefix, rest) = match rest.bytes().next() {
            Some(b'K' | b'k') => (1, &rest[1..]),
            Some(b'M') => (2, &rest[1..]),
            Some(b'G') => (3, &rest[1..]),
            Some(b'P') => (4, &rest[1..]),
            Some(b'E') => (5, &rest[1..]),
            _ => (0, rest),
        };
        let rest = rest.strip_prefix('i').unwrap_or(rest);
        let (base, rest) = match rest.strip_prefix("bit") {
            Some(rest) => (base.shift2(-3), rest),
            None => (base, rest.strip_prefix('B')?),
        };
        Some(Self { token, printed: base.shift2(10 * prefix), rest })
    }

    /// The step between two numbers printed so, in the base unit.
    pub(crate) fn step(&self) -> f64 {
        step(self.token, self.printed)
    }
}

/// The step between two numbers printed like `token`: its last digit, in the base unit.
pub(crate) fn step(token: &str, printed: Printed) -> f64 {
    let decimals = token.split_once('.').map_or(0, |(_, part)| part.len());
    let decimals = i32::try_from(decimals).unwrap_or(i32::MAX);
    10f64.powi(-decimals) * printed.scale.factor()
}

/// `nsec`, `usec`, `msec`.
pub(crate) fn time(word: &str) -> Option<Printed> {
    match word {
        "nsec" => Some(unit::NS),
        "usec" => Some(unit::US),
        "msec" => Some(unit::MS),
        _ => None,
    }
}

/// The number that stands at the start of `text` after blanks. fio separates numbers by commas without a blank, and has no
/// decimal comma, so `19472,0` is the number 19472.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(' ');
    let sign = usize::from(text.starts_with('-'));
    let len = text[sign..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (token, rest) = text.split_at(sign + len);
    number::is_token(token).then_some((token, rest))
}

fn power(prefix: u8) -> i8 {
    match prefix {
        b'k' | b'K' => 1,
        b'M' => 2,
        b'G' => 3,
        b'T' => 4,
        b'P' => 5,
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(p: Option<Printing<'_>>) -> Option<(f64, &str)> {
        let p = p?;
        Some((number::value(p.token, p.printed.scale)?, p.rest))
    }

    #[test]
    fn suffixes_scale() {
        assert_eq!(value(Printing::si("2314k, ", IO_PER_S)), Some((2_314_000.0, ", ")));
        assert_eq!(value(Printing::si(" 8105.6k", unit::NS)), Some((0.0081056, "")));
        assert_eq!(value(Printing::amount("38.0MiB/s (", unit::BYTE_PER_S)), Some((39_845_888.0, "/s (")));
        assert_eq!(value(Printing::amount("39.9MB/s)", unit::BYTE_PER_S)), Some((39_900_000.0, "/s)")));
        assert_eq!(value(Printing::amount("17.9Gbit/s", unit::BYTE_PER_S)), Some((2_237_500_000.0, "/s")));
        assert_eq!(value(Printing::amount("1Kibit/s", unit::BYTE_PER_S)), Some((128.0, "/s")));
        assert_eq!(value(Printing::legacy_amount("93817KB/s", unit::BYTE_PER_S)), Some((96_068_608.0, "/s")));
        assert_eq!(value(Printing::legacy_amount("2PB,", unit::BYTE)), Some((2f64.powi(41), ",")));
    }

    #[test]
    fn a_cut_unit_is_none() {
        assert_eq!(Printing::amount("38.0", unit::BYTE_PER_S), None);
        assert_eq!(Printing::amount("38.0Mi", unit::BYTE_PER_S), None);
        assert_eq!(Printing::legacy_amount("38.0M", unit::BYTE_PER_S), None);
        assert_eq!(Printing::si("k", IO), None);
    }

    #[test]
    fn the_step_is_the_last_digit() {
        assert_eq!(step("38.0", unit::MIB), 0.1 * 1_048_576.0);
        assert_eq!(step("24751", unit::US.shift(3)), 1e-3);
    }
}

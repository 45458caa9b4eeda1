use std::fmt;

use super::{lex, steps};

/// A number as it is printed, always finite.
///
/// What JSON allows and nothing else: no leading `+` or zero, digits on both sides of the point.
#[derive(Clone, Copy)]
pub struct Number<'t> {
    text: &'t str,
    /// All digits without the point; meaningless when `scale` is [`SLOW`].
    digits: u64,
    /// The power of ten that `digits` are to be divided by, or [`SLOW`].
    scale: u32,
}

/// A number with an exponent or with more digits than a `u64` holds: its value takes the standard library's parser.
pub(super) const SLOW: u32 = u32::MAX;

/// The largest integer up to which an `f64` holds every integer.
const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;

/// The powers of ten that an `f64` holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
];

impl<'t> Number<'t> {
    #[inline]
    pub(super) const fn new(text: &'t str, digits: u64, scale: u32) -> Self {
        Self { text, digits, scale }
    }

    /// The number whose token is `text`.
    pub(super) fn read(text: &'t str) -> Self {
        match plain(text.as_bytes(), 0) {
            Some(plain) => Self::new(text, plain.digits, plain.scale),
            None => Self::new(text, 0, SLOW),
        }
    }

    /// The token, a slice of the text that was read.
    #[must_use]
    pub const fn text(self) -> &'t str {
        self.text
    }

    /// The nearest `f64`, as `str::parse` gives it.
    #[inline]
    #[must_use]
    pub fn value(self) -> f64 {
        let negative = self.text.as_bytes().first() == Some(&b'-');
        exact(negative, self.digits, self.scale).unwrap_or_else(|| self.parsed())
    }

    /// True without a fraction and an exponent.
    #[must_use]
    pub fn is_integer(self) -> bool {
        self.scale == 0 || (self.scale == SLOW && !self.text.contains(['.', 'e', 'E']))
    }

    /// True for an integer beyond 2^53, which [`value`](Self::value) may have rounded: keep the text.
    #[inline]
    #[must_use]
    pub fn is_big_integer(self) -> bool {
        (self.digits > EXACT || self.scale == SLOW) && self.is_integer()
    }

    #[cold]
    fn parsed(self) -> f64 {
        self.text.parse().unwrap_or(f64::NAN)
    }
}

impl fmt::Debug for Number<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl PartialEq for Number<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// Clinger's fast path: one correctly rounded division of two exact operands. `None` when they are not exact.
#[inline(always)]
pub(super) fn exact(negative: bool, digits: u64, scale: u32) -> Option<f64> {
    let power = POWERS.get(scale as usize).filter(|_| digits <= EXACT)?;
    let value = digits as f64 / power;
    Some(if negative { -value } else { value })
}

/// A number of at most 19 digits and without an exponent; what follows it is not looked at.
#[derive(Clone, Copy)]
pub(super) struct Plain {
    pub(super) end: usize,
    pub(super) digits: u64,
    pub(super) scale: u32,
}

/// The number at `at`, if it is a short one; if not, [`plain`] may know it.
#[inline(always)]
pub(super) fn short(bytes: &[u8], at: usize) -> Option<Plain> {
    const POWERS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
    let window: &lex::Window = bytes.get(at..)?.first_chunk()?;
    let sign = usize::from(window[0] == b'-');
    let whole = lex::digits(window, sign);
    let leading_zero = whole.count > 1 && window[sign] == b'0';
    let mut end = sign + whole.count;
    let mut digits = whole.value;
    let mut scale = 0;
    if window[end] == b'.' {
        let fraction = lex::digits(window, end + 1);
        scale = fraction.count;
        digits = digits * POWERS[scale] + fraction.value;
        end += 1 + scale;
        if scale == 0 {
            return None;
        }
    }
    if whole.count == 0 || leading_zero || window[end].is_ascii_digit() || window[end] | 0x20 == b'e' {
        return None;
    }
    steps::add(end);
    Some(Plain { end: at + end, digits, scale: scale as u32 })
}

/// The number at `at`, if it is a plain one; if not, [`lexed`] knows.
#[inline(never)]
pub(super) fn plain(bytes: &[u8], at: usize) -> Option<Plain> {
    let mut digits = 0;
    let whole_at = at + usize::from(bytes.get(at) == Some(&b'-'));
    let whole_end = run(bytes, whole_at, &mut digits);
    let whole = whole_end - whole_at;
    let mut end = whole_end;
    let mut scale = 0;
    if bytes.get(end) == Some(&b'.') {
        end = run(bytes, whole_end + 1, &mut digits);
        scale = end - whole_end - 1;
        if scale == 0 {
            return None;
        }
    }
    // 19 digits always fit in a u64.
    let odd = whole == 0 || (whole > 1 && bytes[whole_at] == b'0') || whole + scale > 19;
    let exponent = bytes.get(end).is_some_and(|byte| byte | 0x20 == b'e');
    if odd || exponent { None } else { Some(Plain { end, digits, scale: scale as u32 }) }
}

/// What starts at a digit or a minus sign.
pub(super) enum Lexed {
    /// A finite number and where it ends; what follows it is not looked at.
    Number(usize),
    /// A number that no `f64` holds.
    TooLarge(usize),
    /// No number by JSON's grammar.
    Other,
}

/// The number at `at`, whatever it looks like. Its value takes [`SLOW`].
pub(super) fn lexed(text: &str, at: usize) -> Lexed {
    let bytes = text.as_bytes();
    let whole_at = at + usize::from(bytes.get(at) == Some(&b'-'));
    let mut end = run(bytes, whole_at, &mut 0);
    if end == whole_at || (end - whole_at > 1 && bytes[whole_at] == b'0') {
        return Lexed::Other;
    }
    if bytes.get(end) == Some(&b'.') {
        let fraction = end + 1;
        end = run(bytes, fraction, &mut 0);
        if end == fraction {
            return Lexed::Other;
        }
    }
    if bytes.get(end).is_some_and(|byte| byte | 0x20 == b'e') {
        let exponent = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = run(bytes, exponent, &mut 0);
        if end == exponent {
            return Lexed::Other;
        }
    }
    let number = Number::new(&text[at..end], 0, SLOW);
    if number.parsed().is_finite() { Lexed::Number(end) } else { Lexed::TooLarge(end) }
}

/// Reads decimal digits from `at` on into `value`, modulo 2^64; gives where they end.
fn run(bytes: &[u8], at: usize, value: &mut u64) -> usize {
    let mut here = at;
    while let Some(byte) = bytes.get(here).filter(|byte| byte.is_ascii_digit()) {
        *value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
        here += 1;
    }
    steps::add(here - at);
    here
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As the parser does it.
    fn number(text: &str) -> Number<'_> {
        match (plain(text.as_bytes(), 0), lexed(text, 0)) {
            (Some(plain), Lexed::Number(end)) => {
                assert_eq!(plain.end, end);
                let padded = format!("{text},{:30}", "");
                if let Some(short) = short(padded.as_bytes(), 0) {
                    assert_eq!((short.end, short.digits, short.scale), (plain.end, plain.digits, plain.scale), "{text}");
                }
                Number::new(&text[..end], plain.digits, plain.scale)
            }
            (None, Lexed::Number(end)) => Number::new(&text[..end], 0, SLOW),
            _ => panic!("{text} is no number"),
        }
    }

    #[test]
    fn values_are_the_nearest() {
        for text in [
            "0",
            "-0",
            "1",
            "-1.5",
            "0.000000",
            "169095.081608",
            "9007199254740993",
            "0.021249175015000007",
            "1e3",
            "2.5E-7",
            "18446744073709551616",
            "0.1000000000000000055511151231257827",
            "123456789012345678.9",
            "1e-400",
            "4.9e-324",
            "1797693134862315708145274237317043567980705675258449965989174768031572607800285387605895586327668781715404589535143824642343213268894641827684675467035375169860499105765512820762454900903893289440758685084551339423045832369032229481658085593321233477860000000000",
        ] {
            assert_eq!(number(text).value().to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
            assert_eq!(number(text).text(), text);
        }
    }

    #[test]
    fn integers_are_told_apart() {
        assert!(number("17").is_integer());
        assert!(!number("17.0").is_integer());
        assert!(!number("1e3").is_integer());
        assert!(!number("9007199254740992").is_big_integer());
        assert!(number("9007199254740993").is_big_integer());
        assert!(number("-18446744073709551616").is_big_integer());
        assert!(!number("12345678901234567890.5").is_big_integer());
    }

    #[test]
    fn what_is_no_number() {
        for text in ["-", "007", "1.", "-.5", "1e", "1e+", "--1", ".5", "-a"] {
            assert!(matches!(lexed(text, 0), Lexed::Other), "{text}");
            assert!(plain(text.as_bytes(), 0).is_none(), "{text}");
            assert!(short(format!("{text}{:30}", "").as_bytes(), 0).is_none(), "{text}");
        }
        for text in ["1e400", "-1e999999999999", &"9".repeat(400)] {
            assert!(matches!(lexed(text, 0), Lexed::TooLarge(end) if end == text.len()), "{text}");
            assert!(plain(text.as_bytes(), 0).is_none(), "{text}");
            assert!(short(format!("{text}{:30}", "").as_bytes(), 0).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_float_comes_back(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO) {
            for text in [format!("{value}"), format!("{value:e}")] {
                prop_assert_eq!(number(&text).value().to_bits(), value.to_bits());
            }
        }

        #[test]
        fn any_decimal_is_as_std_reads_it(text in "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?") {
            prop_assert_eq!(number(&text).value().to_bits(), text.parse::<f64>().unwrap().to_bits());
            prop_assert_eq!(number(&text).text(), text.as_str());
        }
    }
}

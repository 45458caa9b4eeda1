//! Numbers as tools print them.
//!
//! A *token* is the text of a number: sign, digits, point, exponent, nothing else. It is kept as a slice of the text it
//! came from, so that its place is known, and it is turned into a value only together with its scale, by shifting the
//! decimal exponent before the one rounding that `f64` asks for: `431` microseconds is exactly `0.000431`.

use crate::Scale;

/// True when `token` is a whole decimal number: `431`, `-0.5`, `1e-3`, `.5`, `5.`, `+3`.
#[must_use]
pub fn is_token(token: &str) -> bool {
    !token.is_empty() && token_len(token) == token.len()
}

/// The number at the start of `text` and what follows it.
///
/// `None` when there is none, and when the number is followed by a comma and a digit (`370,04`, `1,234`): a decimal comma
/// and a thousands comma look the same, and only the format knows which it prints (see [`leading_grouped`]).
#[inline]
#[must_use]
pub fn leading(text: &str) -> Option<(&str, &str)> {
    let (token, rest) = text.split_at(token_len(text));
    let comma = matches!(rest.as_bytes(), [b',', b'0'..=b'9', ..]);
    (!token.is_empty() && !comma).then_some((token, rest))
}

/// The number with thousands commas at the start of `text` (`1,234,567.8`; plain ones too) and what follows it.
///
/// Groups after the first have exactly three digits and the first does not start with a zero, so a decimal comma (`370,04`,
/// `0,990`) is refused where it can be told. `1,234` may be one: what prints the point of its locale must not be read by this.
#[must_use]
pub fn leading_grouped(text: &str) -> Option<(&str, &str)> {
    let whole = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b',').count();
    let head = text[..whole].trim_end_matches(',');
    if !head.contains(',') {
        return leading(text);
    }
    let mut groups = head.split(',');
    let first = groups.next().unwrap_or_default();
    if !(1..=3).contains(&first.len()) || first.starts_with('0') || groups.any(|g| g.len() != 3) {
        return None;
    }
    let fraction = &text[head.len()..];
    let part = fraction.strip_prefix('.').map_or(0, |f| f.bytes().take_while(u8::is_ascii_digit).count());
    let end = head.len() + if part > 0 { part + 1 } else { 0 };
    Some(text.split_at(end))
}

/// The value of `token` in the base unit; `None` when it is no number or does not fit a finite `f64`.
///
/// Thousands commas are passed over.
#[inline]
#[must_use]
pub fn value(token: &str, scale: Scale) -> Option<f64> {
    match plain(token, scale) {
        Some(value) => Some(value),
        None => value_of_any(token, scale),
    }
}

/// True when `token` is an integer that an `f64` cannot hold exactly.
#[inline]
#[must_use]
pub fn beyond_f64(token: &str) -> bool {
    token.len() >= 16 && is_beyond_f64(token)
}

#[inline(never)]
fn value_of_any(token: &str, scale: Scale) -> Option<f64> {
    if token.contains(',') {
        let (whole, rest) = leading_grouped(token)?;
        return if rest.is_empty() { value(&whole.replace(',', ""), scale) } else { None };
    }
    if !is_token(token) {
        return None;
    }
    let shifted = if scale.exp10 == 0 { token.parse::<f64>().ok()? } else { shift(token, scale.exp10)? };
    let value = times(shifted, scale);
    value.is_finite().then_some(value)
}

#[cold]
fn is_beyond_f64(token: &str) -> bool {
    let digits = token.trim_start_matches(['+', '-']).trim_start_matches('0');
    if digits.len() < 16 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    digits.parse::<u128>().map_or(true, |n| n > 1 << 53)
}

/// The value of plain digits with at most one point. Both their integer and the power of ten are exact in a float, so the one
/// operation between them rounds as parsing the shifted text does.
#[inline]
fn plain(token: &str, scale: Scale) -> Option<f64> {
    const POWERS: [f64; 23] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
        1e22,
    ];
    let (digits, is_negative) = match token.as_bytes() {
        [b'-', digits @ ..] => (digits, true),
        [b'+', digits @ ..] | digits => (digits, false),
    };
    // Fifteen digits and a point: the integer stays below 2^53.
    let len = digits.len();
    if len == 0 || len > 16 {
        return None;
    }
    let (mut integer, mut point) = (0u64, None);
    for (at, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            integer = integer * 10 + u64::from(digit);
        } else if byte == b'.' && point.is_none() {
            point = Some(at);
        } else {
            return None;
        }
    }
    let (digits, decimals) = point.map_or((len, 0), |at| (len - 1, len - 1 - at));
    if digits == 0 || digits > 15 {
        return None;
    }
    let power = i32::from(scale.exp10) - decimals as i32;
    let factor = *POWERS.get(power.unsigned_abs() as usize)?;
    // Below 2^53, so the conversion is exact, and signed, for which there is an instruction.
    let integer = integer.cast_signed() as f64;
    let integer = if is_negative { -integer } else { integer };
    let shifted = if power < 0 { integer / factor } else { integer * factor };
    Some(if scale.mul == 1 && scale.exp2 == 0 { shifted } else { times(shifted, scale) })
}

#[inline(never)]
fn times(shifted: f64, scale: Scale) -> f64 {
    shifted * f64::from(scale.mul) * 2f64.powi(i32::from(scale.exp2))
}

fn shift(token: &str, exp10: i8) -> Option<f64> {
    let (mantissa, exponent) = match token.find(['e', 'E']) {
        Some(at) => (&token[..at], token[at + 1..].parse::<i32>().ok()?),
        None => (token, 0),
    };
    let exponent = exponent.checked_add(i32::from(exp10))?;
    let mut digits = itoa::Buffer::new();
    let digits = digits.format(exponent);
    // A text that is put together where it stands costs half as much as one that is allocated.
    let (mut room, mut len) = ([0; 64], 0);
    for part in [mantissa, "e", digits] {
        let Some(place) = room.get_mut(len..len + part.len()) else { return format!("{mantissa}e{digits}").parse().ok() };
        place.copy_from_slice(part.as_bytes());
        len += part.len();
    }
    std::str::from_utf8(&room[..len]).ok()?.parse().ok()
}

#[inline]
fn token_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let whole = digits_from(bytes, 0);
    match bytes.get(whole) {
        Some(b'.' | b'e' | b'E') => token_len_of_any(bytes),
        Some(b'+' | b'-') if whole == 0 => token_len_of_any(bytes),
        _ => whole,
    }
}

#[inline(never)]
fn token_len_of_any(bytes: &[u8]) -> usize {
    let start = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let mut end = digits_from(bytes, start);
    let mut digits = end - start;
    if bytes.get(end) == Some(&b'.') {
        let fraction = digits_from(bytes, end + 1);
        digits += fraction - end - 1;
        end = fraction;
    }
    if digits == 0 {
        return 0;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let power = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let after = digits_from(bytes, power);
        if after > power {
            end = after;
        }
    }
    end
}

/// Where the digits that start at `from` end.
#[inline]
fn digits_from(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit;

    #[test]
    fn a_token_is_the_whole_number_and_no_more() {
        assert_eq!(leading("431us"), Some(("431", "us")));
        assert_eq!(leading("-1.5e-3 s"), Some(("-1.5e-3", " s")));
        assert_eq!(leading("1.e"), Some(("1.", "e")));
        assert_eq!(leading("5e"), Some(("5", "e")), "an exponent without digits is a suffix");
        for none in ["", "-", ".", "e5", "nan", "inf", "us"] {
            assert_eq!(leading(none), None, "{none}");
        }
    }

    #[test]
    fn a_comma_is_never_guessed() {
        assert_eq!(leading("370,04"), None);
        assert_eq!(leading("370, 04"), Some(("370", ", 04")));
        assert_eq!(leading_grouped("1,234,567.8 ns"), Some(("1,234,567.8", " ns")));
        assert_eq!(leading_grouped("370,04"), None);
        assert_eq!((leading_grouped("0,990 CPUs"), value("0,990", Scale::ONE)), (None, None));
        assert_eq!(leading_grouped("1,234, 5"), Some(("1,234", ", 5")));
        assert_eq!(value("1,234.5", unit::NS.scale), Some(1.2345e-6));
        assert_eq!(value("370,04", Scale::ONE), None);
    }

    #[test]
    fn scaling_rounds_once() {
        assert_eq!(value("431", unit::US.scale), Some(0.000431));
        assert_eq!(value("0.1", unit::MS.scale), Some(0.0001));
        assert_eq!(value("169095.081608", unit::NS.scale), Some(0.000169095081608));
        assert_eq!(value("1.5e3", unit::US.scale), Some(0.0015));
        assert_eq!(value("23454", unit::KIB_PER_S.scale), Some(24_016_896.0));
        assert_eq!(value("50.92", unit::PERCENT.scale), Some(0.5092));
        assert_eq!(value("1.5", unit::MINUTE.scale), Some(90.0));
        assert_eq!(value("8", unit::MBIT_PER_S.scale), Some(1e6));
    }

    #[test]
    fn what_is_not_finite_is_no_value() {
        for junk in ["1e400", "nan", "inf", "", "4x", "0x10", "1_000"] {
            assert_eq!(value(junk, Scale::ONE), None, "{junk}");
        }
    }

    #[test]
    fn integers_that_lose_digits_are_told_apart() {
        assert!(!beyond_f64("9007199254740992"));
        assert!(beyond_f64("9007199254740993"));
        assert!(beyond_f64("18446744073709551616"));
        assert!(!beyond_f64("1234567890123456.5"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in ".{0,40}") {
            if let Some((token, rest)) = leading(&text) {
                proptest::prop_assert_eq!(format!("{token}{rest}"), text.clone());
            }
            let _ = leading_grouped(&text);
            let _ = value(&text, unit::NS.scale);
        }

        #[test]
        fn plain_digits_are_what_parsing_them_gives(digits in "[+-]?[0-9]{0,9}[.]?[0-9]{0,9}", exp10 in -12i8..12) {
            let scale = Scale { exp10, ..Scale::ONE };
            let slow = if is_token(&digits) { shift(&digits, exp10) } else { None };
            proptest::prop_assert_eq!(value(&digits, scale), slow);
        }

        #[test]
        fn shifting_is_what_parsing_the_shifted_text_gives(n in 0u64..1 << 53) {
            proptest::prop_assert_eq!(value(&n.to_string(), unit::NS.scale), format!("{n}e-9").parse().ok());
        }
    }
}

use std::borrow::Cow;
use std::fmt;

use crate::Span;

/// A string or a key as it is printed, without its quotes.
#[derive(Clone, Copy)]
pub struct Str<'t> {
    pub(super) raw: &'t str,
    pub(super) start: usize,
    pub(super) escaped: bool,
}

impl<'t> Str<'t> {
    /// What stands between the quotes, a slice of the text that was read.
    #[must_use]
    pub const fn raw(self) -> &'t str {
        self.raw
    }

    /// Where that stands: without the quotes.
    #[must_use]
    pub const fn span(self) -> Span {
        Span::new(self.start, self.start + self.raw.len())
    }

    /// What it says: escapes are replaced. An escape that JSON does not know stays as it is; half a surrogate pair becomes U+FFFD.
    #[inline]
    #[must_use]
    pub fn text(self) -> Cow<'t, str> {
        if self.escaped { Cow::Owned(unescape(self.raw)) } else { Cow::Borrowed(self.raw) }
    }
}

impl fmt::Debug for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text(), f)
    }
}

impl PartialEq for Str<'_> {
    fn eq(&self, other: &Self) -> bool {
        if self.escaped || other.escaped { self.text() == other.text() } else { self.raw == other.raw }
    }
}

impl PartialEq<str> for Str<'_> {
    fn eq(&self, other: &str) -> bool {
        if self.escaped { self.text() == other } else { self.raw == other }
    }
}

fn unescape(raw: &str) -> String {
    let mut said = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        said.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(code) = rest.chars().next() else {
            said.push('\\');
            break;
        };
        let plain = match code {
            '"' | '\\' | '/' => code,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' if hex(&rest[1..]).is_some() => {
                let (char, length) = unicode(&rest[1..]);
                said.push(char);
                rest = &rest[1 + length..];
                continue;
            }
            _ => {
                said.push('\\');
                continue;
            }
        };
        said.push(plain);
        rest = &rest[code.len_utf8()..];
    }
    said.push_str(rest);
    said
}

/// The character whose four hexadecimal digits `rest` starts with, and how much of `rest` it takes.
fn unicode(rest: &str) -> (char, usize) {
    let high = hex(rest).unwrap_or_default();
    if let Some(char) = char::from_u32(high) {
        return (char, 4);
    }
    let low = rest[4..].strip_prefix("\\u").and_then(hex);
    match low {
        Some(low @ 0xdc00..=0xdfff) if high < 0xdc00 => {
            (char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)).unwrap_or(char::REPLACEMENT_CHARACTER), 10)
        }
        _ => (char::REPLACEMENT_CHARACTER, 4),
    }
}

fn hex(rest: &str) -> Option<u32> {
    let digits = rest.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(raw: &str) -> String {
        Str { raw, start: 0, escaped: true }.text().into_owned()
    }

    #[test]
    fn escapes_are_replaced() {
        assert_eq!(said(r#"a\"b\\c\/d\n\t\r\b\f"#), "a\"b\\c/d\n\t\r\u{8}\u{c}");
        assert_eq!(said(r"\u00e9\u20ac\ud83d\ude00!"), "é€😀!");
    }

    #[test]
    fn broken_escapes_are_kept() {
        assert_eq!(said(r"\x41 \u12 \"), r"\x41 \u12 \");
        assert_eq!(said(r"\é"), r"\é");
        assert_eq!(said(r"\ud83d!"), "\u{fffd}!");
        assert_eq!(said(r"\ude00\ud83d\u0041"), "\u{fffd}\u{fffd}A");
    }

    #[test]
    fn strings_are_equal_by_what_they_say() {
        let plain = Str { raw: "ab", start: 3, escaped: false };
        assert_eq!(plain, Str { raw: r"\u0061b", start: 9, escaped: true });
        assert_eq!(plain.span(), Span::new(3, 5));
        assert!(matches!(plain.text(), Cow::Borrowed("ab")));
    }
}

//! Keys and values: `min=2, max=3` on one line, `average rps: 104.67` on a line of its own.

/// The pairs `key=value` of a line, in order; what is no pair is passed over.
///
/// White space, `;` and a comma separate pairs, but not a comma before a digit: `a=1,5` is one value that is no number, and
/// not a 1 that nobody printed.
pub fn pairs(line: &str) -> impl Iterator<Item = (&str, &str)> {
    Words { rest: line }.filter_map(|word| word.split_once('=')).filter(|(key, value)| !key.is_empty() && !value.is_empty())
}

/// The key and the value of a line `key: value`, trimmed. The first colon that white space follows separates them.
#[must_use]
pub fn field(line: &str) -> Option<(&str, &str)> {
    let (at, _) = line.match_indices(':').find(|(at, _)| line[at + 1..].starts_with(char::is_whitespace))?;
    let (key, value) = (line[..at].trim(), line[at + 1..].trim());
    (!key.is_empty() && !value.is_empty()).then_some((key, value))
}

struct Words<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.rest.trim_start_matches([',', ';', ' ', '\t', '\r', '\n']);
        if text.is_empty() {
            return None;
        }
        let bytes = text.as_bytes();
        let separates = |at: usize| match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' | b';' => true,
            b',' => !bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
            _ => false,
        };
        let end = (0..bytes.len()).find(|&at| separates(at)).unwrap_or(bytes.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_separated_by_what_tools_put_between_them() {
        let of = |line| pairs(line).collect::<Vec<_>>();
        assert_eq!(of("\tOver=0, min=0, max=32762"), [("Over", "0"), ("min", "0"), ("max", "32762")]);
        assert_eq!(of("IOPS=12.3k;BW=48MiB/s"), [("IOPS", "12.3k"), ("BW", "48MiB/s")]);
        assert_eq!(of("no pair, a= 1, =2, b=3,"), [("b", "3")]);
        assert_eq!(of(""), []);
    }

    #[test]
    fn a_decimal_comma_does_not_end_a_value() {
        assert_eq!(pairs("min=1,5, max=2").collect::<Vec<_>>(), [("min", "1,5"), ("max", "2")]);
    }

    #[test]
    fn a_field_is_split_at_the_colon_that_a_space_follows() {
        assert_eq!(field("average rps: 104.67"), Some(("average rps", "104.67")));
        assert_eq!(field("  at 12:30: 5 "), Some(("at 12:30", "5")));
        for junk in ["", "key:", ": value", "12:30", "no colon"] {
            assert_eq!(field(junk), None, "{junk}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_them(text in ".{0,60}") {
            let _ = field(&text);
            for (key, value) in pairs(&text) {
                proptest::prop_assert!(!key.is_empty() && !value.is_empty());
            }
        }
    }
}

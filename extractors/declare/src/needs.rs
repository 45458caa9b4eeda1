//! Words without which a regex matches nothing, found in its text.
//!
//! A hundred formats are asked whether a text is theirs, and most of them are not. To parse the regexes by which they know takes
//! longer than to search the text for a word of each, so the word is found without parsing: only what stands outside of all groups
//! and classes counts, and a regex with flags or alternatives there has no such word.

use std::ops::Range;

/// The longest such word of `regex`, as a part of it; an empty one where there is none.
pub(crate) fn word(regex: &str) -> Range<usize> {
    let bytes = regex.as_bytes();
    let (mut best, mut start, mut at) = (0..0, 0, 0);
    let mut end = |run: Range<usize>| {
        if run.len() > best.len() {
            best = run;
        }
    };
    while let Some(&byte) = bytes.get(at) {
        let next = match byte {
            // What is not clear may hide that there is a choice.
            b'\\' | b'[' | b'(' => match after(bytes, at) {
                Some(after) => after,
                None => return 0..0,
            },
            b'.' | b'^' | b'$' => at + 1,
            // Once at least, if that is not counted again: `p+*` may be nothing.
            b'+' if !matches!(bytes.get(at + 1), Some(b'*' | b'?' | b'{' | b'+')) => at + 1,
            b'|' | b')' => return 0..0,
            b'*' | b'?' | b'{' | b'+' => {
                // What stands before it may be missing.
                let last = regex[start..at].char_indices().next_back().map_or(0, |(last, _)| last);
                end(start..start + last);
                at += if byte == b'{' { bytes[at..].iter().position(|b| *b == b'}').unwrap_or(0) + 1 } else { 1 };
                start = at;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        end(start..at);
        (start, at) = (next, next);
    }
    end(start..bytes.len());
    best
}

/// Where the escape, the class or the group that begins at `at` ends; `None` where that is not clear, or where flags are set.
fn after(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes[at] {
        b'\\' => after_escape(bytes, at),
        b'[' => after_class(bytes, at),
        _ => after_group(bytes, at),
    }
}

/// `\S`, `\.`, `\x{ab}`. A code of two digits and more, and a property of one letter, are not clear.
fn after_escape(bytes: &[u8], at: usize) -> Option<usize> {
    match (bytes.get(at + 1)?, bytes.get(at + 2)) {
        (b'x' | b'u' | b'U' | b'p' | b'P' | b'b', Some(b'{')) => Some(at + bytes[at..].iter().position(|b| *b == b'}')? + 1),
        (b'x' | b'u' | b'U' | b'p' | b'P', _) => None,
        (byte, _) => byte.is_ascii().then_some(at + 2),
    }
}

fn after_class(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    at += usize::from(bytes.get(at) == Some(&b'^'));
    // A bracket that stands first is a character.
    at += usize::from(bytes.get(at) == Some(&b']'));
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'[' => at = after_class(bytes, at)?,
            b']' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

fn after_group(bytes: &[u8], at: usize) -> Option<usize> {
    let inner = &bytes[at + 1..];
    let named = [&b"?:"[..], b"?<", b"?P<"].iter().any(|mark| inner.starts_with(mark));
    if inner.starts_with(b"?") && !named {
        return None;
    }
    let mut at = at + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'[' => at = after_class(bytes, at)?,
            b'(' => at = after_group(bytes, at)?,
            b')' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(regex: &str) -> &str {
        &regex[word(regex)]
    }

    #[test]
    fn a_word_is_needed_where_nothing_may_take_its_place() {
        for (regex, word) in [
            ("^abc", "abc"),
            ("^ ?Timing (O_DIRECT )?(cached|disk) reads( \\(offset [0-9]+ GB\\))?: ", "Timing "),
            ("abc*de", "ab"),
            ("abc+de", "abc"),
            ("ab+*", "a"),
            ("ab++*", "a"),
            ("ab+{0}cd", "cd"),
            ("ab?ccd{0,2}e{3}", "cc"),
            ("\u{b5}s\u{b5}?", "\u{b5}s"),
            ("a\\.bcd\\S+efgh", "efgh"),
            ("a\\x{41}bb", "bb"),
            ("a\\x41b", ""),
            ("a\\pLb|", ""),
            ("[abc]+x[]def]y[^]gh]", "x"),
            ("[a[^b]cc]dd[\\]ee]", "dd"),
            ("abc|def", ""),
            ("(?i)abc", ""),
            ("a(?i:bc)d", ""),
            ("(?:abc|d)ef(?<n>x)(?P<m>y)", "ef"),
            ("(ab)cde(f)?ghi", "cde"),
            ("(a(b)[)]\\))c", "c"),
            ("", ""),
            ("^$", ""),
            ("\\", ""),
            ("\\\u{a4b}", ""),
            ("[", ""),
            ("(", ""),
        ] {
            assert_eq!(needs(regex), word, "{regex}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(4096))]
        #[test]
        fn what_matches_has_the_word(regex in "\\PC{0,12}|[ab.*+?|()\\[\\]{}\\\\^$:<>0-2xXpP-]{0,14}", text in "[ab01]{0,5}|[ -~]{0,6}") {
            let word = needs(&regex);
            if let Ok(regex) = regex::Regex::new(&regex) {
                proptest::prop_assert!(!regex.is_match(&text) || text.contains(word), "{regex} needs {word:?}");
            }
        }
    }
}

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// The bytes that a text which a regex matches may start with.
///
/// A format tries one regex after the other on each line. Most of them want the start of the line and a letter there, so that
/// one look at the first byte tells that they do not match, which a regex engine takes far longer to say.
#[derive(Debug, PartialEq)]
pub(crate) struct Starts {
    bytes: [u64; 4],
    /// Whether a text without a byte may match.
    empty: bool,
}

/// What a part of a regex leaves open about a text of which it took nothing.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Rest {
    /// It takes something.
    None,
    /// The text ends.
    End,
    Any,
}

impl Starts {
    pub(crate) const ANY: Self = Self { bytes: [u64::MAX; 4], empty: true };

    pub(crate) fn of(hir: &Hir) -> Self {
        if !hir.properties().look_set_prefix().contains(Look::Start) {
            return Self::ANY;
        }
        let mut starts = Self { bytes: [0; 4], empty: false };
        match starts.add(hir) {
            Rest::None => starts,
            Rest::End => Self { empty: true, ..starts },
            Rest::Any => Self::ANY,
        }
    }

    #[inline]
    pub(crate) fn allow(&self, text: &str) -> bool {
        text.as_bytes().first().map_or(self.empty, |byte| self.bytes[usize::from(byte >> 6)] & 1 << (byte & 63) != 0)
    }

    /// Adds the bytes that a match of `hir` may start with.
    fn add(&mut self, hir: &Hir) -> Rest {
        match hir.kind() {
            HirKind::Empty => Rest::Any,
            HirKind::Look(look) => {
                if *look == Look::End {
                    Rest::End
                } else {
                    Rest::Any
                }
            }
            HirKind::Literal(literal) => self.range(literal.0.first().copied(), literal.0.first().copied()),
            HirKind::Class(Class::Bytes(class)) => {
                class.iter().for_each(|range| _ = self.range(Some(range.start()), Some(range.end())));
                Rest::None
            }
            HirKind::Class(Class::Unicode(class)) => {
                // The first bytes of characters are in the order of these.
                class.iter().for_each(|range| _ = self.range(first_byte(range.start()), first_byte(range.end())));
                Rest::None
            }
            HirKind::Repetition(repeated) => {
                let rest = self.add(&repeated.sub);
                if repeated.min == 0 { Rest::Any } else { rest }
            }
            HirKind::Capture(capture) => self.add(&capture.sub),
            HirKind::Concat(parts) => {
                let rests = parts.iter().map(|part| self.add(part));
                rests.into_iter().find(|rest| *rest != Rest::Any).unwrap_or(Rest::Any)
            }
            HirKind::Alternation(parts) => parts.iter().fold(Rest::None, |rest, part| {
                let other = self.add(part);
                if other > rest { other } else { rest }
            }),
        }
    }

    fn range(&mut self, first: Option<u8>, last: Option<u8>) -> Rest {
        let (Some(first), Some(last)) = (first, last) else { return Rest::Any };
        (first..=last).for_each(|byte| self.bytes[usize::from(byte >> 6)] |= 1 << (byte & 63));
        Rest::None
    }
}

fn first_byte(character: char) -> Option<u8> {
    character.encode_utf8(&mut [0; 4]).bytes().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(regex: &str) -> Starts {
        Starts::of(&regex_syntax::parse(regex).unwrap())
    }

    const REGEXES: [&str; 22] = [
        "^a",
        "^[ab]+$",
        "^$",
        "^(?:a|$)",
        "^ *a",
        "^ *$",
        "^( |b)?",
        "^(a|)b",
        "a",
        "(?m)^a",
        "^\\S",
        "^\u{e9}",
        "^.",
        "^(?i)a",
        "^[^a]",
        "^a*b?$",
        "^(?:^|b)a",
        "(^a|^b)",
        "(^a|b)",
        "^a{0}b",
        "^\\b",
        "^(?:$a|b)",
    ];

    #[test]
    fn a_first_byte_is_enough_to_say_no() {
        let allowed = |regex| ["a", "b", " ", "\u{e9}", ""].into_iter().filter(|text| of(regex).allow(text)).collect::<Vec<_>>();
        assert_eq!(allowed("^a"), ["a"]);
        assert_eq!(allowed("^$"), [""]);
        assert_eq!(allowed("^ *(?<n>[a-c])"), ["a", "b", " "]);
        assert_eq!(allowed("^(?:b|$)"), ["b", ""]);
        assert_eq!(allowed("^(?i)A|^ "), ["a", " "]);
        assert_eq!(allowed("^[^a-z]"), [" ", "\u{e9}"]);
        assert_eq!(of("a"), Starts::ANY);
        assert_eq!(of("^a?"), Starts::ANY);
    }

    proptest::proptest! {
        #[test]
        fn no_match_is_refused(text in "[ab \u{e9}\n]{0,3}") {
            for regex in REGEXES {
                let matches = regex::Regex::new(regex).unwrap().is_match(&text);
                proptest::prop_assert!(!matches || of(regex).allow(&text), "{} {:?}", regex, text);
            }
        }
    }
}

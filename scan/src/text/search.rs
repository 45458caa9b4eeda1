//! Looking for a word in a line.

use super::Words;

/// Looks for a few bytes in a short text, and says the same as the methods of `str`.
///
/// `str::find` prepares a search that is linear in the worst case, which takes longer than the search itself where the text is
/// one line: with half a dozen questions a line it was more than half of the time of some formats. This one looks for a byte of
/// the needle that is rare in what benchmarks print and compares there, so in the worst case it takes the product of both
/// lengths: it is for needles that the code spells.
pub trait Search {
    /// Whether `needle` stands in the text: `str::contains`.
    fn has(&self, needle: &str) -> bool;

    /// Where `needle` first stands in the text: `str::find`.
    fn place(&self, needle: &str) -> Option<usize>;

    /// The text before the first `needle` and after it: `str::split_once`.
    fn cut(&self, needle: &str) -> Option<(&str, &str)>;

    /// The text before the last `needle` and after it: `str::rsplit_once`.
    fn cut_last(&self, needle: &str) -> Option<(&str, &str)>;

    /// The text before the first `needle`; all of it where there is none.
    fn before(&self, needle: &str) -> &str;

    /// The text without white space at both ends: `str::trim`.
    fn trimmed(&self) -> &str;

    /// The words between white space: `str::split_whitespace`.
    fn words(&self) -> Words<'_>;

    /// The parts between the needles: `str::split`.
    fn parts<'t>(&'t self, needle: &'t str) -> Parts<'t>;
}

impl Search for str {
    #[inline]
    fn has(&self, needle: &str) -> bool {
        self.place(needle).is_some()
    }

    fn place(&self, needle: &str) -> Option<usize> {
        let (text, needle) = (self.as_bytes(), needle.as_bytes());
        let Some(end) = needle.len().checked_sub(1) else { return Some(0) };
        // Three of its bytes are enough to choose from; to look at all takes longer than it saves.
        let rarer = |a: usize, b: usize| if COMMON[needle[b] as usize] < COMMON[needle[a] as usize] { b } else { a };
        let rarest = rarer(rarer(0, end / 2), end);
        // The last place where the byte helps: after it the needle no longer fits.
        let last = text.len().checked_sub(needle.len())? + rarest;
        let mut from = rarest;
        while from <= last {
            from += memchr::memchr(needle[rarest], &text[from..=last])?;
            let start = from - rarest;
            if text[start..].starts_with(needle) {
                return Some(start);
            }
            from += 1;
        }
        None
    }

    #[inline]
    fn cut(&self, needle: &str) -> Option<(&str, &str)> {
        let at = self.place(needle)?;
        Some((&self[..at], &self[at + needle.len()..]))
    }

    fn cut_last(&self, needle: &str) -> Option<(&str, &str)> {
        let last = *needle.as_bytes().last()?;
        let mut end = self.len();
        loop {
            end = memchr::memrchr(last, &self.as_bytes()[..end])?;
            if let Some(before) = self.as_bytes()[..=end].strip_suffix(needle.as_bytes()) {
                return Some((&self[..before.len()], &self[end + 1..]));
            }
        }
    }

    #[inline]
    fn before(&self, needle: &str) -> &str {
        self.cut(needle).map_or(self, |(before, _)| before)
    }

    #[inline]
    fn trimmed(&self) -> &str {
        let text = self.trim_ascii();
        // Before `trim` reads characters: nearly every text starts and ends with one that it would leave where it is.
        match text.as_bytes() {
            [] | [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
            _ => text.trim(),
        }
    }

    #[inline]
    fn words(&self) -> Words<'_> {
        Words::new(self)
    }

    #[inline]
    fn parts<'t>(&'t self, needle: &'t str) -> Parts<'t> {
        Parts { rest: Some(self), needle }
    }
}

/// The parts of a text between needles.
#[derive(Clone, Debug)]
pub struct Parts<'t> {
    rest: Option<&'t str>,
    needle: &'t str,
}

impl<'t> Iterator for Parts<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.rest?;
        match text.cut(self.needle).filter(|_| !self.needle.is_empty()) {
            Some((part, rest)) => {
                self.rest = Some(rest);
                Some(part)
            }
            None => self.rest.take(),
        }
    }
}

/// How often each byte is met in the output of benchmarks, roughly.
static COMMON: [u8; 256] = {
    let mut common = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        common[byte] = match byte as u8 {
            b' ' => 4,
            b'0'..=b'9' | b'.' | b'-' | b'=' | b'|' => 3,
            b'a' | b'c'..=b'e' | b'i' | b'm'..=b'p' | b'r'..=b't' | b',' | b':' | b'\t' => 2,
            b'a'..=b'z' | b'"' | b'_' | b'/' => 1,
            _ => 0,
        };
        byte += 1;
    }
    common
};

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_search_finds_what_that_of_the_standard_library_finds(text in "[ab0 é(]{0,40}", needle in "[ab0 é(]{0,4}") {
            proptest::prop_assert_eq!(text.place(&needle), text.find(&needle));
            proptest::prop_assert_eq!(text.has(&needle), text.contains(&needle));
            proptest::prop_assert_eq!(text.cut(&needle), text.split_once(&needle));
            if !needle.is_empty() {
                proptest::prop_assert_eq!(text.cut_last(&needle), text.rsplit_once(&needle));
                proptest::prop_assert_eq!(text.before(&needle), text.split(&needle).next().unwrap());
                proptest::prop_assert_eq!(text.parts(&needle).collect::<Vec<_>>(), text.split(&needle).collect::<Vec<_>>());
            }
        }
    }
}

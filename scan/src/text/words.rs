/// The words of a text between white space: `str::split_whitespace`, which decodes every character to ask what it is.
#[derive(Clone, Debug)]
pub struct Words<'t> {
    rest: &'t str,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text }
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    #[inline]
    fn next(&mut self) -> Option<&'t str> {
        let start = first(self.rest, 0, false)?;
        let end = first(self.rest, start, true).unwrap_or(self.rest.len());
        let word = &self.rest[start..end];
        self.rest = &self.rest[end..];
        Some(word)
    }
}

/// The place of the first character from `at` on that is white space, or is none.
#[inline]
fn first(text: &str, mut at: usize, is_space: bool) -> Option<usize> {
    loop {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii() {
            if matches!(byte, b' ' | b'\t'..=b'\r') == is_space {
                return Some(at);
            }
            at += 1;
        } else {
            let character = text[at..].chars().next()?;
            if character.is_whitespace() == is_space {
                return Some(at);
            }
            at += character.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_are_those_of_the_standard_library(text in "[ab1 \t\\x0b\r\u{85}\u{a0}\u{3000}\u{e9}\\x1c]{0,12}") {
            proptest::prop_assert!(Words::new(&text).eq(text.split_whitespace()));
        }
    }
}

use super::{Search, Words};

/// One line of a text: what a terminal would show of it, so the part after the last `\r`, without the escape sequences and
/// junk at both ends, which take no room there. Inside of a line they are spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// The text of the line, without its end.
    pub text: &'t str,
    /// Counted from 1.
    pub number: usize,
    /// Whether a line feed ended it; the last line of a cut output has none.
    pub ended: bool,
}

impl<'t> Line<'t> {
    /// The words between white space.
    #[inline]
    #[must_use]
    pub fn words(self) -> Words<'t> {
        Words::new(self.text)
    }

    /// The text without white space at both ends.
    #[inline]
    #[must_use]
    pub fn trimmed(self) -> &'t str {
        self.text.trimmed()
    }
}

/// The lines of a text, in order.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    rest: &'t str,
    number: usize,
    /// The bytes that the text was made of; none where it is the same as they.
    raw: &'t [u8],
    /// Where the lines are, as far as that is known.
    cuts: &'t [Cut],
}

/// Where a line is, counted from the end of the one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    start: u32,
    end: u32,
    /// Where the next one begins.
    next: u32,
    ended: bool,
}

/// Where all lines of `text` are, which is less than 4 GiB.
pub(super) fn cuts(text: &str) -> Vec<Cut> {
    let mut lines = Lines::new(text);
    let mut cuts = Vec::new();
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    loop {
        let before = lines.rest;
        let Some(line) = lines.pop() else { return cuts };
        let start = line.text.as_ptr().addr() - before.as_ptr().addr();
        let (end, next) = (place(start + line.text.len()), place(before.len() - lines.rest.len()));
        cuts.push(Cut { start: place(start), end, next, ended: line.ended });
    }
}

impl<'t> Lines<'t> {
    /// The lines of `text`, which may be a part of a [`crate::Text`].
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { rest: text, number: 0, raw: &[], cuts: &[] }
    }

    /// The lines of `text`, which was made of the bytes `raw`, one for one.
    pub(super) fn made_of(text: &'t str, raw: &'t [u8]) -> Self {
        Self { rest: text, number: 0, raw, cuts: &[] }
    }

    /// The same lines, with the places where all of them are.
    pub(super) fn known(self, cuts: &'t [Cut]) -> Self {
        Self { cuts, ..self }
    }

    /// The text that no line was taken from yet.
    #[must_use]
    pub fn rest(&self) -> &'t str {
        self.rest
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    #[inline]
    fn next(&mut self) -> Option<Line<'t>> {
        if self.raw.is_empty() {
            return self.pop();
        }
        let before = self.rest;
        let line = self.pop()?;
        let start = self.raw.len() - before.len() + (line.text.as_ptr().addr() - before.as_ptr().addr());
        Some(Line { text: bare(line.text, &self.raw[start..]), ..line })
    }
}

/// `text` without the blanks at both ends that stand for other bytes of `raw`.
pub(super) fn bare<'t>(text: &'t str, raw: &[u8]) -> &'t str {
    let blank = |at: &usize| text.as_bytes()[*at] == b' ' && raw[*at] != b' ';
    let start = (0..text.len()).take_while(blank).count();
    let end = (start..text.len()).rev().take_while(blank).count();
    &text[start..text.len() - end]
}

impl<'t> Lines<'t> {
    #[inline]
    fn pop(&mut self) -> Option<Line<'t>> {
        if self.rest.is_empty() {
            return None;
        }
        self.number += 1;
        if let Some((cut, cuts)) = self.cuts.split_first() {
            let text = &self.rest[cut.start as usize..cut.end as usize];
            (self.rest, self.cuts) = (&self.rest[cut.next as usize..], cuts);
            return Some(Line { text, number: self.number, ended: cut.ended });
        }
        // Most texts have no carriage return at all, and then one look at the line is enough.
        let end = memchr::memchr2(b'\n', b'\r', self.rest.as_bytes());
        let (line, end) = match end {
            Some(end) if self.rest.as_bytes()[end] == b'\r' => return Some(self.returned(end)),
            Some(end) => (&self.rest[..end], Some(end)),
            None => (self.rest, None),
        };
        self.rest = end.map_or("", |end| &self.rest[end + 1..]);
        Some(Line { text: line, number: self.number, ended: end.is_some() })
    }

    /// The next line, which has a carriage return at `first`.
    fn returned(&mut self, first: usize) -> Line<'t> {
        let end = memchr::memchr(b'\n', &self.rest.as_bytes()[first..]).map(|end| first + end);
        let (line, rest) = end.map_or((self.rest, ""), |end| (&self.rest[..end], &self.rest[end + 1..]));
        self.rest = rest;
        let line = line.trim_end_matches('\r');
        let shown = memchr::memrchr(b'\r', line.as_bytes()).map_or(line, |at| &line[at + 1..]);
        Line { text: shown, number: self.number, ended: end.is_some() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_line_is_trimmed_of_white_space_of_all_kinds(text in "[ \t\u{b}\u{c}\u{85}\u{a0}\u{2003}\u{1c}ab~é.]{0,8}") {
            let line = Line { text: &text, number: 1, ended: true };
            proptest::prop_assert_eq!(line.trimmed(), text.trim());
        }
    }

    proptest::proptest! {
        #[test]
        fn lines_whose_places_are_known_are_the_same_lines(text in "[ab\\r\\n\u{e9}]{0,24}") {
            let found = |lines: Lines<'_>| {
                let mut lines = lines;
                std::iter::from_fn(|| lines.next().map(|line| (line.text.as_ptr(), line, lines.rest().len()))).map(|(at, line, rest)|
                    (at, line.text.to_owned(), line.number, line.ended, rest)).collect::<Vec<_>>()
            };
            let known = cuts(&text);
            proptest::prop_assert_eq!(found(Lines::new(&text).known(&known)), found(Lines::new(&text)));
        }
    }

    #[test]
    fn a_line_is_what_a_terminal_shows() {
        let lines: Vec<_> = Lines::new("a\r\n10%\r20%\rdone\n\n5%\rlast").collect();
        assert_eq!(lines.iter().map(|l| l.text).collect::<Vec<_>>(), ["a", "done", "", "last"]);
        assert_eq!(lines.iter().map(|l| l.ended).collect::<Vec<_>>(), [true, true, true, false]);
        assert_eq!(lines[3].number, 4);
    }

    #[test]
    fn what_takes_no_room_on_a_terminal_is_no_part_of_a_line() {
        let raw = b"\x1b[32m  p99 \x1b[1m431\x1b[0m us \x1b[0m\r\n\xff\x00mean 5\xff\n1%\r\x1b[K \xc2\xb5\x1b[0m\n\x1b[0m";
        let text = crate::Text::new(raw);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.iter().map(|l| l.text).collect::<Vec<_>>(), ["  p99     431     us ", "mean 5", " \u{b5}", ""]);
        let span = text.span_of(&lines[1].text[5..]).unwrap();
        assert_eq!(span.of(raw), b"5");
    }
}

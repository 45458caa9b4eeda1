use regex_syntax::hir::{Class, Hir, HirKind};

/// Characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Set {
    /// Those of ASCII, a bit for each.
    pub(super) ascii: u128,
    /// The same by bytes, which is sooner looked up.
    bytes: Box<[bool; 256]>,
    /// Those beyond ASCII, in order, with both ends of each range.
    wide: Box<[(char, char)]>,
}

impl Set {
    /// The characters of what matches one character; `None` for anything else.
    pub(super) fn of(hir: &Hir) -> Option<Self> {
        match hir.kind() {
            HirKind::Literal(literal) => match *literal.0 {
                [byte @ ..128] => Some(Self::from_ranges([(char::from(byte), char::from(byte))])),
                _ => None,
            },
            HirKind::Class(Class::Unicode(class)) => Some(Self::from_ranges(class.iter().map(|r| (r.start(), r.end())))),
            HirKind::Class(Class::Bytes(class)) if class.is_ascii() => {
                Some(Self::from_ranges(class.iter().map(|r| (char::from(r.start()), char::from(r.end())))))
            }
            _ => None,
        }
    }

    fn from_ranges(ranges: impl IntoIterator<Item = (char, char)>) -> Self {
        let (mut ascii, mut bytes, mut wide) = (0, Box::new([false; 256]), Vec::new());
        for (first, last) in ranges {
            for code in u32::from(first)..=u32::from(last).min(127) {
                ascii |= 1 << code;
                bytes[code as usize] = true;
            }
            if !last.is_ascii() {
                wide.push((first, last));
            }
        }
        Self { ascii, bytes, wide: wide.into() }
    }

    /// Whether this byte is an ASCII character that is one of them.
    #[inline]
    pub(super) fn has_ascii(&self, byte: u8) -> bool {
        self.bytes[usize::from(byte)]
    }

    /// How many of the bytes at the start of a text are ASCII and in the set.
    #[inline]
    pub(super) fn count_ascii(&self, text: &[u8]) -> usize {
        // `.` takes all of a line.
        if self.ascii | 1 << b'\n' == u128::MAX && text.is_ascii() {
            let fed = memchr::memchr(b'\n', text).filter(|_| !self.has_ascii(b'\n'));
            return fed.unwrap_or(text.len());
        }
        let mut count = 0;
        // Where a run ends is what a processor guesses wrong, so eight bytes are looked up before it has to.
        while let Some(chunk) = text[count..].first_chunk::<8>() {
            let all = chunk.iter().enumerate().fold(0u32, |all, (at, byte)| all | u32::from(self.has_ascii(*byte)) << at);
            count += all.trailing_ones() as usize;
            if all != 0xff {
                return count;
            }
        }
        count + text[count..].iter().take_while(|byte| self.has_ascii(**byte)).count()
    }

    /// Whether there are others than ASCII in it.
    pub(super) fn is_wide(&self) -> bool {
        !self.wide.is_empty()
    }

    /// How many bytes the character takes that `text` begins with, if it is in the set.
    #[inline]
    pub(super) fn takes(&self, text: &str) -> Option<usize> {
        match text.as_bytes().first()? {
            byte @ ..128 => self.has_ascii(*byte).then_some(1),
            _ if self.wide.is_empty() => None,
            _ => {
                let char = text.chars().next()?;
                let after = self.wide.partition_point(|(first, _)| *first <= char);
                (after > 0 && char <= self.wide[after - 1].1).then_some(char.len_utf8())
            }
        }
    }
}

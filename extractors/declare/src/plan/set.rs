use regex_syntax::hir::{Class, Hir, HirKind};

/// Characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set {
    ascii: [u64; 2],
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
        let (mut ascii, mut wide) = ([0; 2], Vec::new());
        for (first, last) in ranges {
            (u32::from(first)..=u32::from(last).min(127)).for_each(|code| ascii[code as usize >> 6] |= 1 << (code & 63));
            if !last.is_ascii() {
                wide.push((first, last));
            }
        }
        Self { ascii, wide: wide.into() }
    }

    /// Whether this ASCII character is one of them.
    #[inline]
    pub(super) fn has_ascii(&self, byte: u8) -> bool {
        self.ascii[usize::from(byte >> 6) & 1] >> (byte & 63) & 1 != 0
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

/// Bytes that a text may start with; of all characters beyond ASCII only that there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Firsts {
    ascii: [u64; 2],
    wide: bool,
}

impl Firsts {
    pub(super) fn add(&mut self, set: &Set) {
        (0..2).for_each(|half| self.ascii[half] |= set.ascii[half]);
        self.wide |= !set.wide.is_empty();
    }

    pub(super) fn add_byte(&mut self, byte: u8) {
        match byte {
            ..128 => self.ascii[usize::from(byte >> 6)] |= 1 << (byte & 63),
            _ => self.wide = true,
        }
    }

    /// Whether none of them is in `set`.
    pub(super) fn none_in(&self, set: &Set) -> bool {
        (0..2).all(|half| self.ascii[half] & set.ascii[half] == 0) && !(self.wide && !set.wide.is_empty())
    }

    /// Whether a character that starts with `byte` may be one of them.
    #[inline]
    pub(super) fn may_be(&self, byte: u8) -> bool {
        match byte {
            ..128 => self.ascii[usize::from(byte >> 6)] >> (byte & 63) & 1 != 0,
            // The others are in the middle of a character.
            _ => self.wide && byte >= 0xc0,
        }
    }
}

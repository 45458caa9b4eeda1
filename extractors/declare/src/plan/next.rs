use memchr::memmem::FinderRev;

use super::set::Set;

/// What can follow a run that may have to take less, or more.
#[derive(Clone, Debug)]
pub(super) struct Next {
    firsts: Firsts,
    /// The word that always does.
    word: Option<FinderRev<'static>>,
}

impl Next {
    pub(super) fn new(firsts: Firsts, word: Option<Vec<u8>>) -> Self {
        Self { firsts, word: word.map(|word| FinderRev::new(&word).into_owned()) }
    }

    /// Whether it can begin with `byte`.
    #[inline]
    pub(super) fn may_be(&self, byte: u8) -> bool {
        self.firsts.may_be(byte)
    }

    /// The last place in `text` before `until` where it can begin.
    pub(super) fn last(&self, text: &[u8], until: usize) -> Option<usize> {
        match &self.word {
            Some(word) => word.rfind(&text[..text.len().min((until + word.needle().len()).saturating_sub(1))]),
            None => text[..until].iter().rposition(|byte| self.may_be(*byte)),
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
        self.wide |= set.is_wide();
    }

    pub(super) fn add_byte(&mut self, byte: u8) {
        match byte {
            ..128 => self.ascii[usize::from(byte >> 6)] |= 1 << (byte & 63),
            _ => self.wide = true,
        }
    }

    /// Whether none of them is in `set`.
    pub(super) fn none_in(&self, set: &Set) -> bool {
        (0..2).all(|half| self.ascii[half] & set.ascii[half] == 0) && !(self.wide && set.is_wide())
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

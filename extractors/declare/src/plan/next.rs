use super::set::Set;
use super::word::Word;

/// What can follow a run that may have to take less, or more.
#[derive(Clone, Debug)]
pub(super) struct Next {
    firsts: Firsts,
    /// The word that always does.
    word: Option<Word>,
}

impl Next {
    pub(super) fn new(firsts: Firsts, word: Option<Word>) -> Self {
        Self { firsts, word }
    }

    /// Whether it can begin with `byte`.
    #[inline]
    pub(super) fn may_be(&self, byte: u8) -> bool {
        self.firsts.may_be(byte)
    }

    /// The last place in `text` before `until` where it can begin.
    pub(super) fn last(&self, text: &[u8], until: usize) -> Option<usize> {
        match &self.word {
            Some(word) => word.last_in(&text[..text.len().min(until + word.bytes().len() - 1)]),
            None => text[..until].iter().rposition(|byte| self.may_be(*byte)),
        }
    }
}

/// Bytes that a text may start with; of all characters beyond ASCII only that there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Firsts {
    ascii: u128,
    wide: bool,
}

impl Firsts {
    pub(super) fn add(&mut self, set: &Set) {
        self.ascii |= set.ascii;
        self.wide |= set.is_wide();
    }

    pub(super) fn add_byte(&mut self, byte: u8) {
        match byte {
            ..128 => self.ascii |= 1 << byte,
            _ => self.wide = true,
        }
    }

    /// Whether none of them is in `set`.
    pub(super) fn none_in(&self, set: &Set) -> bool {
        self.ascii & set.ascii == 0 && !(self.wide && set.is_wide())
    }

    /// Whether a character that starts with `byte` may be one of them.
    #[inline]
    pub(super) fn may_be(&self, byte: u8) -> bool {
        match byte {
            ..128 => self.ascii >> byte & 1 != 0,
            // The others are in the middle of a character.
            _ => self.wide && byte >= 0xc0,
        }
    }
}

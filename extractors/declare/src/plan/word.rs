/// Bytes that are always there. To compare them eight at a time is one comparison for most words.
#[derive(Clone, Debug)]
pub(super) struct Word {
    bytes: Box<[u8]>,
    /// The first eight, zeros where there are less, and which bits of eight bytes those are.
    first: u64,
    mask: u64,
}

impl Word {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let (mut first, mut mask) = ([0; 8], [0; 8]);
        for (at, byte) in bytes.iter().take(8).enumerate() {
            (first[at], mask[at]) = (*byte, u8::MAX);
        }
        Self { bytes: bytes.into(), first: u64::from_le_bytes(first), mask: u64::from_le_bytes(mask) }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether `text` begins with it.
    #[inline]
    pub(super) fn begins(&self, text: &[u8]) -> bool {
        match text.first_chunk() {
            Some(first) => {
                (u64::from_le_bytes(*first) ^ self.first) & self.mask == 0
                    && (self.bytes.len() <= 8 || text[8..].starts_with(&self.bytes[8..]))
            }
            None => text.starts_with(&self.bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_text_begins_with_a_word_where_it_does(text in "[ab\\x00]{0,12}", len in 0usize..12, other in "[ab\\x00]{0,11}") {
            let same = &text.as_bytes()[..len.min(text.len())];
            proptest::prop_assert!(Word::new(same).begins(text.as_bytes()));
            let begins = Word::new(other.as_bytes()).begins(text.as_bytes());
            proptest::prop_assert_eq!(begins, text.starts_with(&other));
        }
    }
}

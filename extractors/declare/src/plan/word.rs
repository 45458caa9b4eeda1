/// Bytes that are always there. To compare them eight at a time is one comparison for most words, and none is a call.
#[derive(Clone, Debug)]
pub(super) struct Word {
    bytes: Box<[u8]>,
    /// The first eight, and those after them.
    eights: [Eight; 2],
}

/// Eight bytes, zeros where there are less, and which bits those are that there are.
#[derive(Clone, Copy, Debug, Default)]
struct Eight {
    bits: u64,
    mask: u64,
}

impl Word {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let eight = |at: usize| {
            let bytes = bytes.get(at..).unwrap_or_default();
            let bits = match bytes.len() {
                8.. => u64::MAX,
                len => (1 << (8 * len)) - 1,
            };
            Eight { bits: head(bytes), mask: bits }
        };
        Self { bytes: bytes.into(), eights: [eight(0), eight(8)] }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether `text` begins with it.
    #[inline]
    pub(super) fn begins(&self, text: &[u8]) -> bool {
        let (len, [first, second]) = (self.bytes.len(), self.eights);
        text.len() >= len
            && (head(text) ^ first.bits) & first.mask == 0
            && (len <= 8 || (head(&text[8..]) ^ second.bits) & second.mask == 0)
            && (len <= 16 || text[16..].starts_with(&self.bytes[16..]))
    }

    /// Its last place in `text`, which is short, so that to prepare a search would take longer than the search.
    pub(super) fn last_in(&self, text: &[u8]) -> Option<usize> {
        let (last, rest) = self.bytes.split_last()?;
        let mut end = text.len();
        loop {
            end = memchr::memrchr(*last, &text[..end])?;
            let at = end.checked_sub(rest.len())?;
            if self.begins(&text[at..]) {
                return Some(at);
            }
        }
    }
}

/// The first eight bytes, the first one in the lowest bits; zeros where there are less.
#[inline]
fn head(text: &[u8]) -> u64 {
    if let Some(eight) = text.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    let at = |at: usize| u64::from(text[at]) << (8 * at);
    match text.len() {
        0 => 0,
        len @ 1..=3 => at(0) | at(len / 2) | at(len - 1),
        len => {
            let four = |at: usize| match text[at..].first_chunk() {
                Some(four) => u64::from(u32::from_le_bytes(*four)) << (8 * at),
                None => 0,
            };
            four(0) | four(len - 4)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_text_begins_with_a_word_where_it_does(text in "[ab\\x00]{0,24}", len in 0usize..24, other in "[ab\\x00]{0,5}") {
            let same = &text.as_bytes()[..len.min(text.len())];
            proptest::prop_assert!(Word::new(same).begins(text.as_bytes()));
            let begins = Word::new(other.as_bytes()).begins(text.as_bytes());
            proptest::prop_assert_eq!(begins, text.starts_with(&other));
            let last = Word::new(other.as_bytes()).last_in(text.as_bytes());
            proptest::prop_assert_eq!(last, text.rfind(&other).filter(|_| !other.is_empty()));
        }
    }
}

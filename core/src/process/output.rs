//! The captured bytes of one stream.

/// What a payload wrote to one stream.
///
/// Where a limit cut it, the first and the last bytes are kept and what is missing between them is counted. The two
/// parts are never joined: a number must not be read across the gap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    head: Vec<u8>,
    tail: Vec<u8>,
    cut: u64,
}

impl Output {
    /// An uncut output.
    pub fn whole(bytes: impl Into<Vec<u8>>) -> Self {
        Self { head: bytes.into(), tail: Vec::new(), cut: 0 }
    }

    /// An output of which `cut` bytes are missing between `head` and `tail`; with nothing cut the two are one.
    pub fn cut_between(head: impl Into<Vec<u8>>, cut: u64, tail: impl Into<Vec<u8>>) -> Self {
        let (mut head, mut tail) = (head.into(), tail.into());
        if cut == 0 {
            head.append(&mut tail);
        }
        Self { head, tail, cut }
    }

    /// The bytes before the gap: everything where nothing was cut.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// The bytes after the gap: empty where nothing was cut.
    pub fn tail(&self) -> &[u8] {
        &self.tail
    }

    /// How many bytes are missing between [`Output::head`] and [`Output::tail`].
    pub fn cut(&self) -> u64 {
        self.cut
    }

    /// Whether bytes are missing.
    pub fn is_cut(&self) -> bool {
        self.cut > 0
    }

    /// How many bytes the payload wrote, the missing ones included.
    pub fn written(&self) -> u64 {
        self.head.len() as u64 + self.cut + self.tail.len() as u64
    }

    /// Where [`Output::tail`] starts, counted from the stream's first byte.
    pub fn tail_offset(&self) -> u64 {
        self.head.len() as u64 + self.cut
    }

    /// Whether the payload wrote nothing.
    pub fn is_empty(&self) -> bool {
        self.written() == 0
    }

    /// The whole output, or `None` where bytes are missing.
    pub fn into_whole(self) -> Option<Vec<u8>> {
        (!self.is_cut()).then_some(self.head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_cut_is_one_piece() {
        let output = Output::cut_between("ab", 0, "cd");
        assert_eq!(output, Output::whole("abcd"));
        assert!(!output.is_cut());
    }

    #[test]
    fn a_gap_keeps_its_size_and_place() {
        let output = Output::cut_between("ab", 10, "cd");
        assert_eq!((output.head(), output.tail(), output.cut()), (&b"ab"[..], &b"cd"[..], 10));
        assert_eq!((output.tail_offset(), output.written()), (12, 14));
        assert_eq!(output.into_whole(), None);
    }
}

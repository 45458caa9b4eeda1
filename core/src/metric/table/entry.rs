/// One metric as it is stored. The text of name and labels is in the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) value: f64,
    /// Start and length of the number; see [`place`].
    pub(super) place: u64,
    pub(super) name: u32,
    pub(super) labels: u32,
    pub(super) samples: u32,
    pub(super) step: u8,
    pub(super) unit: u8,
    pub(super) stream: u8,
    pub(super) polarity: Direction,
}

/// A polarity without its target, which is kept aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Lower,
    Higher,
    Target,
    Unknown,
    Informational,
}

pub(super) const NO_UNIT: u8 = u8::MAX;
pub(super) const NO_STEP: u8 = u8::MAX;
pub(super) const NO_SAMPLES: u32 = u32::MAX;
/// The length of what is too long for an entry.
pub(crate) const LONG: usize = u16::MAX as usize;

/// A start of 48 bits, because no stream has 256 TiB, and a length of 16.
#[inline(always)]
pub(super) fn place(start: usize, len: usize) -> u64 {
    (start as u64) << 16 | len.min(LONG) as u64
}

impl Entry {
    pub(super) fn start(&self) -> usize {
        usize::try_from(self.place >> 16).unwrap_or(usize::MAX)
    }

    /// The length of the number; `None` when it is too long.
    pub(super) fn len(&self) -> Option<usize> {
        let len = (self.place & 0xffff) as usize;
        (len != LONG).then_some(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_is_32_bytes_and_its_place_any_in_a_stream() {
        assert_eq!(size_of::<Entry>(), 32);
        for start in [0, 1, u32::MAX as usize, u32::MAX as usize + 1, 7 << 40] {
            for (len, kept) in [(0, Some(0)), (1, Some(1)), (65_534, Some(65_534)), (65_535, None), (1 << 40, None)] {
                let (name, labels, samples, step, unit, stream) = (0, 0, NO_SAMPLES, NO_STEP, NO_UNIT, 0);
                let (place, polarity) = (place(start, len), Direction::Unknown);
                let entry = Entry { value: 1.0, place, name, labels, samples, step, unit, stream, polarity };
                assert_eq!((entry.start(), entry.len()), (start, kept));
            }
        }
    }
}

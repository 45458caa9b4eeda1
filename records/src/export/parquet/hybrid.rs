//! Parquet's hybrid of run lengths and packed bits (Encodings.md of apache/parquet-format 2.10, "RLE/Bit-Packing Hybrid").
//!
//! The library has it too, but takes one value after the other, and a column of a record is one run of thousands.

/// How many values are packed together.
const PACKED: usize = 8;

/// Numbers of `width` bits each.
pub(super) struct Hybrid {
    width: u32,
    bytes: Vec<u8>,
    /// Values that are packed; all are whole groups but for the last few.
    loose: Vec<u32>,
    /// The run that may go on.
    run: (u32, usize),
}

impl Hybrid {
    /// For numbers up to `largest`.
    pub(super) fn new(largest: u32) -> Self {
        Self { width: u32::BITS - largest.leading_zeros(), bytes: Vec::new(), loose: Vec::new(), run: (0, 0) }
    }

    pub(super) fn width(&self) -> u8 {
        u8::try_from(self.width).expect("32 at most")
    }

    /// Adds `value`, `times` times.
    pub(super) fn push(&mut self, value: u32, times: usize) {
        if self.run.0 == value {
            self.run.1 += times;
        } else {
            self.end_run();
            self.run = (value, times);
        }
    }

    /// All that was added.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.end_run();
        self.pack();
        self.bytes
    }

    fn end_run(&mut self) {
        let (value, mut times) = self.run;
        // Packed values come in whole groups: what one lacks, the run gives.
        let lacking = (PACKED - self.loose.len() % PACKED) % PACKED;
        let given = if times - lacking.min(times) >= PACKED { lacking } else { times };
        self.loose.extend(std::iter::repeat_n(value, given));
        times -= given;
        if times > 0 {
            self.pack();
            self.number(times << 1);
            let bytes = self.width.div_ceil(8) as usize;
            self.bytes.extend_from_slice(&value.to_le_bytes()[..bytes]);
        }
    }

    /// Writes what is loose; the last group is filled up, for a reader knows how many values there are.
    fn pack(&mut self) {
        if self.loose.is_empty() {
            return;
        }
        let loose = std::mem::take(&mut self.loose);
        self.number(loose.len().div_ceil(PACKED) << 1 | 1);
        for group in loose.chunks(PACKED) {
            let (mut bits, mut held) = (0_u64, 0);
            for at in 0..PACKED {
                bits |= u64::from(group.get(at).copied().unwrap_or(0)) << held;
                held += self.width;
                while held >= 8 {
                    self.bytes.push(bits.to_le_bytes()[0]);
                    bits >>= 8;
                    held -= 8;
                }
            }
        }
        self.loose = loose;
        self.loose.clear();
    }

    /// Seven bits in a byte, the lowest first (ULEB128).
    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.bytes.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.bytes.push(number.to_le_bytes()[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::Hybrid;

    fn of(largest: u32, runs: &[(u32, usize)]) -> Vec<u8> {
        let mut hybrid = Hybrid::new(largest);
        runs.iter().for_each(|(value, times)| hybrid.push(*value, *times));
        hybrid.finish()
    }

    #[test]
    fn packs_the_example_of_the_specification() {
        let counted: Vec<_> = (0..8).map(|value| (value, 1)).collect();
        // Encodings.md: 0 to 7 in three bits are 10001000 11000110 11111010, the lowest byte first.
        assert_eq!(of(7, &counted), [1 << 1 | 1, 0b1000_1000, 0b1100_0110, 0b1111_1010]);
    }

    #[test]
    fn a_long_run_is_a_length_and_a_value() {
        assert_eq!(of(300, &[(300, 100)]), [200, 1, 300_u32.to_le_bytes()[0], 1]);
        assert_eq!(of(1, &[(1, 3), (1, 5)]), [8 << 1, 1]);
    }

    #[test]
    fn a_run_fills_the_group_before_it() {
        // 1, 0 and six of the ones; then ten ones.
        assert_eq!(of(1, &[(1, 1), (0, 1), (1, 16)]), [3, 0b1111_1101, 10 << 1, 1]);
        // Too short for a run of its own.
        assert_eq!(of(1, &[(1, 1), (0, 1), (1, 13)]), [5, 0b1111_1101, 0b0111_1111]);
    }

    #[test]
    fn one_text_alone_takes_no_bits() {
        assert_eq!(of(0, &[(0, 1000)]), [0xd0, 0xf]);
        assert!(of(0, &[]).is_empty());
    }
}

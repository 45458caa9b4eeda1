use std::collections::HashSet;

use super::Entry;
use super::mixed::Mixed;

/// Which identities there were.
pub(super) enum Seen {
    /// A bit for each name with each set of labels.
    Bits { sets: usize, bits: Vec<u64> },
    /// Where these would be more memory than the metrics themselves.
    Pairs(HashSet<(u32, u32), Mixed>),
}

impl Seen {
    pub(super) fn new(names: usize, sets: usize, metrics: usize) -> Self {
        let bits = names.saturating_mul(sets);
        if bits <= metrics.saturating_mul(size_of::<Entry>() * 8) {
            Self::Bits { sets, bits: vec![0; bits / 64 + 1] }
        } else {
            Self::Pairs(HashSet::with_capacity_and_hasher(metrics, Mixed::default()))
        }
    }

    /// Whether there was none of this name and these labels.
    #[inline]
    pub(super) fn is_new(&mut self, name: u32, labels: u32) -> bool {
        match self {
            Self::Bits { sets, bits } => {
                let bit = name as usize * *sets + labels as usize;
                let (word, mask) = (&mut bits[bit / 64], 1 << (bit % 64));
                let is_new = *word & mask == 0;
                *word |= mask;
                is_new
            }
            Self::Pairs(pairs) => pairs.insert((name, labels)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_identity_is_found_in_dense_and_in_sparse_tables() {
        for size in [3, 40, 3000] {
            let mut seen = Seen::new(size as usize, size as usize, size as usize + 3);
            assert_eq!(matches!(seen, Seen::Bits { .. }), size < 3000);
            assert!((0..size).all(|n| seen.is_new(n, n)), "{size}");
            let more = [(1, 2), (2, 1), (1, 1), (1, 2), (0, 1)].map(|(name, labels)| seen.is_new(name, labels));
            assert_eq!(more, [true, true, false, false, true], "{size}");
        }
    }
}

use std::hash::{BuildHasher, Hasher, RandomState};

/// Hashes by one multiplication for eight bytes, with a factor that nobody can foresee. The standard library's hash, made for more
/// than a table of one process, takes three times as long.
#[derive(Clone, Debug)]
pub(super) struct Mixed(u64);

impl Default for Mixed {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0) | 1)
    }
}

impl BuildHasher for Mixed {
    type Hasher = Mix;

    #[inline]
    fn build_hasher(&self) -> Mix {
        Mix { factor: self.0, hash: self.0 }
    }
}

pub(super) struct Mix {
    factor: u64,
    hash: u64,
}

impl Hasher for Mix {
    #[inline]
    fn finish(&self) -> u64 {
        self.hash
    }

    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<8>();
        chunks.iter().for_each(|chunk| self.write_u64(u64::from_le_bytes(*chunk)));
        // The length tells apart what differs in zeros at the end.
        self.write_u64(up_to_seven(rest) << 8 | bytes.len() as u64 & 0xff);
        if bytes.len() > 0xff {
            self.write_u64(bytes.len() as u64);
        }
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        let product = u128::from(number ^ self.hash) * u128::from(self.factor);
        // The high half has all bits of the number in it, and so has what is left of both.
        self.hash = (product >> 64) as u64 ^ product as u64;
    }
}

/// A number that is another one for other bytes: without a copy, whose length the processor would have to wait for.
#[inline]
fn up_to_seven(bytes: &[u8]) -> u64 {
    let at = |at: usize| u64::from(bytes[at]);
    match bytes.len() {
        0 => 0,
        len @ 1..=3 => at(0) | at(len / 2) << 8 | at(len - 1) << 16,
        len => {
            let four =
                |from: usize| u64::from(u32::from_le_bytes([bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]]));
            four(0) | four(len - 4) << (8 * (len - 4))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn texts_that_differ_anywhere_have_different_hashes() {
        let hasher = Mixed::default();
        let mut texts: Vec<String> = (0..40).map(|length| "\0".repeat(length)).collect();
        texts.extend((0..10_000).map(|number| format!("intervaldeviceread{number}vda")));
        texts.extend((0..10_000).map(|number| format!("{number}")));
        let hashes: HashSet<u64> = texts.iter().map(|text| hasher.hash_one(text.as_bytes())).collect();
        assert_eq!(hashes.len(), texts.len());
        // A map takes the lowest bits first.
        let buckets: HashSet<u64> = hashes.iter().map(|hash| hash & 0xfff).collect();
        assert!(buckets.len() > 3900, "{}", buckets.len());
        assert_ne!(hasher.hash_one(1_u64), Mixed::default().hash_one(1_u64), "each table has a factor of its own");
    }
}

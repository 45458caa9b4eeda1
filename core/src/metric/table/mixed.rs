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
        let mut chunks = bytes.chunks_exact(8);
        chunks.by_ref().for_each(|chunk| self.write_u64(u64::from_le_bytes(chunk.try_into().unwrap_or_default())));
        let mut rest = [0; 8];
        rest[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
        // The length tells apart what differs in zeros at the end.
        self.write_u64(u64::from_le_bytes(rest));
        self.write_u64(bytes.len() as u64);
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        let product = u128::from(number ^ self.hash) * u128::from(self.factor);
        // The high half has all bits of the number in it, and so has what is left of both.
        self.hash = (product >> 64) as u64 ^ product as u64;
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

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

use super::mixed::Mixed;

/// Numbers for things that come again and again: the names of metrics, their sets of labels.
///
/// It holds no things, only numbers: whoever asks says whether number `n` is the thing. Outputs are periodic, so what
/// followed the last thing before is tried first, and mostly no hash is needed.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    hasher: Mixed,
    known: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    follower: Vec<u32>,
    last: u32,
}

impl Interner {
    /// The number of the thing that hashes as `key` and for which `is` holds; else the hash to [`Interner::add`] it with.
    #[inline]
    pub(super) fn find<K: Hash>(&mut self, key: K, is: impl Fn(u32) -> bool) -> Result<u32, u64> {
        if let Some(&guess) = self.follower.get(self.last as usize) {
            if is(guess) {
                self.last = guess;
                return Ok(guess);
            }
            if guess != self.last && is(self.last) {
                return Ok(self.last);
            }
        }
        let hash = self.hasher.hash_one(key);
        match self.known.get(&hash) {
            Some(&found) if is(found) => Ok(self.follow(found)),
            _ => Err(hash),
        }
    }

    /// How many things have a number.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.follower.len()
    }

    /// True when nothing has a number.
    pub(super) fn is_empty(&self) -> bool {
        self.follower.is_empty()
    }

    /// Gives a new thing the next number. `None` when there are four billion of them.
    pub(super) fn add(&mut self, hash: u64) -> Option<u32> {
        let number = u32::try_from(self.follower.len()).ok().filter(|number| *number < u32::MAX)?;
        // What was never followed by another is mostly followed by itself: the labels of a whole table.
        self.follower.push(number);
        // Of two things with one hash, which is as good as never, the second is found by nobody and stored again.
        self.known.entry(hash).or_insert(number);
        Some(self.follow(number))
    }

    /// Gives the next number to a new thing that nobody will look for.
    pub(super) fn skip(&mut self) -> Option<u32> {
        let number = u32::try_from(self.follower.len()).ok().filter(|number| *number < u32::MAX)?;
        self.follower.push(number);
        Some(number)
    }

    fn follow(&mut self, number: u32) -> u32 {
        if let Some(follower) = self.follower.get_mut(self.last as usize) {
            *follower = number;
        }
        self.last = number;
        number
    }
}

/// Hashes what is a hash already.
#[derive(Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(interner: &mut Interner, things: &mut Vec<String>, thing: &str) -> u32 {
        match interner.find(thing, |n| things[n as usize] == thing) {
            Ok(number) => number,
            Err(hash) => {
                things.push(thing.to_owned());
                interner.add(hash).unwrap()
            }
        }
    }

    #[test]
    fn equal_things_have_one_number_in_any_order() {
        let (mut interner, mut things) = (Interner::default(), Vec::new());
        let order = ["a", "b", "c", "a", "b", "c", "c", "b", "a", "a", "d", "b"];
        let numbers: Vec<u32> = order.iter().map(|thing| number(&mut interner, &mut things, thing)).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 1, 2, 2, 1, 0, 0, 3, 1]);
    }
}

use std::hash::{BuildHasher, Hash};

use hashbrown::HashTable;

use super::mixed::Mixed;

/// Numbers for things that come again and again: the names of metrics, their sets of labels.
///
/// It holds no things, only numbers: whoever asks says whether number `n` is the thing. Outputs are periodic, so what
/// followed the last thing before is tried first, and mostly no hash is needed.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    hasher: Mixed,
    /// Those that can be looked up.
    known: HashTable<u32>,
    /// Of each thing a part of its hash, so that a table that grows need not be told the things again.
    hashes: Vec<u32>,
    follower: Vec<u32>,
    last: u32,
}

impl Interner {
    /// The number of the thing that hashes as `key` and for which `is` holds; else the hash to [`Interner::add`] it with.
    #[inline]
    pub(super) fn find<K: Hash>(&mut self, key: K, is: impl Fn(u32) -> bool) -> Result<u32, u32> {
        if let Some(guess) = self.guess() {
            if is(guess) {
                self.last = guess;
                return Ok(guess);
            }
            if guess != self.last && is(self.last) {
                return Ok(self.last);
            }
        }
        self.look_up(key, is)
    }

    /// As [`Interner::find`], where it is known to be neither the guess nor the last one.
    pub(super) fn look_up<K: Hash>(&mut self, key: K, is: impl Fn(u32) -> bool) -> Result<u32, u32> {
        let hash = self.hasher.hash_one(key) as u32;
        let known = self.known.find(spread(hash), |number| self.hashes[*number as usize] == hash && is(*number));
        match known.copied() {
            Some(found) => Ok(self.follow(found)),
            None => Err(hash),
        }
    }

    /// What followed the last thing before.
    #[inline]
    pub(super) fn guess(&self) -> Option<u32> {
        self.follower.get(self.last as usize).copied()
    }

    /// The last thing.
    #[inline]
    pub(super) fn last(&self) -> Option<u32> {
        (!self.follower.is_empty()).then_some(self.last)
    }

    /// The guess, or the last thing again, was right.
    #[inline]
    pub(super) fn see(&mut self, number: u32) {
        self.last = number;
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
    pub(super) fn add(&mut self, hash: u32) -> Option<u32> {
        let number = u32::try_from(self.follower.len()).ok().filter(|number| *number < u32::MAX)?;
        // What was never followed by another is mostly followed by itself: the labels of a whole table.
        self.follower.push(number);
        self.hashes.push(hash);
        let Self { known, hashes, .. } = self;
        known.insert_unique(spread(hash), number, |number| spread(hashes[*number as usize]));
        Some(self.follow(number))
    }

    /// Gives the next number to a new thing that nobody will look for.
    pub(super) fn skip(&mut self) -> Option<u32> {
        let number = u32::try_from(self.follower.len()).ok().filter(|number| *number < u32::MAX)?;
        self.follower.push(number);
        self.hashes.push(0);
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

/// A hash table takes the lowest bits and the highest ones.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
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

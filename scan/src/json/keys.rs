//! The keys of the open objects, to notice one that comes twice.
//!
//! Nearly every object is small and without duplicates, so the common case has to cost next to nothing: a filter of 128 bits
//! tells most keys apart, the few that share a bit are compared by hash, and equal hashes by text. An object with more than
//! [`SMALL`] keys gets a hash map, whose keyed hash a hostile input cannot steer.

use std::borrow::Cow;
use std::collections::HashMap;

use super::event::Key;
use super::{lex, steps};

/// Up to how many keys an object is searched one by one.
const SMALL: usize = 48;

/// The keys of all open objects.
pub(super) struct Keys<'t> {
    text: &'t str,
    seen: Vec<Key>,
    /// The maps of the open objects that have one, innermost last.
    maps: Vec<HashMap<Cow<'t, str>, usize>>,
}

/// One open object's part of [`Keys`].
#[derive(Clone, Copy, Default)]
pub(super) struct KeySet {
    filter: [u64; 2],
    /// Where its keys begin in `seen`.
    base: usize,
    mapped: bool,
}

impl<'t> Keys<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, seen: Vec::new(), maps: Vec::new() }
    }

    /// True when no open object has a key.
    pub(super) fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// An object begins.
    #[inline]
    pub(super) fn open(&self) -> KeySet {
        KeySet { filter: [0; 2], base: self.seen.len(), mapped: false }
    }

    /// It ends.
    #[inline]
    pub(super) fn close(&mut self, set: KeySet) {
        self.seen.truncate(set.base);
        if set.mapped {
            self.maps.pop();
        }
    }

    /// Adds a key to the innermost object; gives the earlier one that says the same and takes its place.
    #[inline(always)]
    pub(super) fn add(&mut self, set: &mut KeySet, key: Key) -> Option<Key> {
        if key.escaped || set.mapped {
            return self.add_slowly(set, key);
        }
        self.add_hashed(set, key)
    }

    #[inline(always)]
    fn add_hashed(&mut self, set: &mut KeySet, key: Key) -> Option<Key> {
        let bit = 1 << (key.hash & 63);
        let filter = &mut set.filter[usize::from(key.hash & 64 != 0)];
        if *filter & bit != 0 {
            if let Some(earlier) = self.replace(*set, key) {
                return Some(earlier);
            }
        } else {
            *filter |= bit;
        }
        self.seen.push(key);
        if self.seen.len() - set.base > SMALL {
            self.map(set);
        }
        None
    }

    #[inline(never)]
    fn replace(&mut self, set: KeySet, key: Key) -> Option<Key> {
        steps::add(self.seen.len() - set.base);
        let text = self.text;
        let same = |seen: &&mut Key| seen.hash == key.hash && seen.str(text) == key.str(text);
        self.seen[set.base..].iter_mut().find(same).map(|seen| std::mem::replace(seen, key))
    }

    #[cold]
    fn add_slowly(&mut self, set: &mut KeySet, key: Key) -> Option<Key> {
        let said = key.str(self.text).text();
        if !set.mapped {
            return self.add_hashed(set, Key { hash: lex::hash(said.as_bytes()), ..key });
        }
        let index = *self.maps.last_mut()?.entry(said).or_insert(self.seen.len());
        if let Some(seen) = self.seen.get_mut(index) {
            return Some(std::mem::replace(seen, key));
        }
        self.seen.push(key);
        None
    }

    /// The object has grown beyond [`SMALL`].
    #[cold]
    fn map(&mut self, set: &mut KeySet) {
        let keys = self.seen.iter().enumerate().skip(set.base);
        self.maps.push(keys.map(|(index, seen)| (seen.str(self.text).text(), index)).collect());
        set.mapped = true;
    }
}

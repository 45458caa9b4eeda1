//! The lead-ins of members that were seen: from behind the comma to the value, `\n        "bw_bytes" : `.
//!
//! A benchmark prints the same object again and again. After the key `io_kbytes` comes most likely what came after it the last
//! time, so those bytes are compared, and when they are the same, blanks, key, hash and colon need not be read again. The place
//! of the value is then known before the bytes in front of it are, which is what a processor likes best.

/// Lead-ins by the key before them.
#[derive(Default)]
pub(super) struct Leads {
    /// None until there is one: most brackets in a text start no document.
    slots: Vec<Lead>,
}

/// One lead-in; offsets but `from` count from its first byte.
#[derive(Clone, Copy)]
pub(super) struct Lead {
    /// Where it stands in the text.
    pub(super) from: usize,
    /// The hash of its key.
    pub(super) hash: u32,
    /// See [`Event::plain_key`](super::Event::plain_key).
    pub(super) plain: bool,
    /// The first byte of its key.
    pub(super) key: u8,
    /// One past the last byte of its key.
    pub(super) key_end: u8,
    /// The first byte of its value.
    pub(super) value: u8,
}

const SLOTS: usize = 1024;

impl Lead {
    /// A lead-in that is nowhere.
    const EMPTY: Self = Self { from: usize::MAX, hash: 0, plain: false, key: 0, key_end: 0, value: 0 };
}

/// Compares slices of one length. Those of 16 to 32 bytes, as nearly all lead-ins are, take two comparisons and no call.
#[inline(always)]
fn same(a: &[u8], b: &[u8]) -> bool {
    let part = |slice: &[u8]| slice.first_chunk().map(|part| u128::from_le_bytes(*part));
    let last = |slice: &[u8]| slice.last_chunk().map(|part| u128::from_le_bytes(*part));
    if (16..=32).contains(&a.len()) { part(a) == part(b) && last(a) == last(b) } else { a == b }
}

impl Leads {
    /// The lead-in that followed a key with the hash `before`, if it stands at `at` too.
    #[inline(always)]
    pub(super) fn get(&self, bytes: &[u8], at: usize, before: u32) -> Option<&Lead> {
        let lead = self.slots.get(before as usize % SLOTS)?;
        let length = usize::from(lead.value);
        let known = bytes.get(lead.from..)?.get(..length)?;
        let here = bytes.get(at..)?;
        let (here, rest) = here.split_at_checked(length)?;
        (same(here, known) && *rest.first()? > b' ').then_some(lead)
    }

    #[inline]
    pub(super) fn set(&mut self, before: u32, lead: Lead) {
        if self.slots.is_empty() {
            self.slots = vec![Lead::EMPTY; SLOTS];
        }
        self.slots[before as usize % SLOTS] = lead;
    }
}

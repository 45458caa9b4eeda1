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
    /// The first byte of its key.
    pub(super) key: u32,
    /// One past the last byte of its key.
    pub(super) key_end: u32,
    /// The first byte of its value.
    pub(super) value: u32,
}

const SLOTS: usize = 512;

impl Lead {
    /// A lead-in that is nowhere.
    const EMPTY: Self = Self { from: usize::MAX, hash: 0, key: 0, key_end: 0, value: 0 };
}

impl Leads {
    /// The lead-in that followed a key with the hash `before`, if it stands at `at` too.
    #[inline(always)]
    pub(super) fn get(&self, bytes: &[u8], at: usize, before: u32) -> Option<&Lead> {
        let lead = self.slots.get(before as usize % SLOTS)?;
        let length = lead.value as usize;
        let known = bytes.get(lead.from..)?.get(..length)?;
        let here = bytes.get(at..)?;
        let (here, rest) = here.split_at_checked(length)?;
        (here == known && *rest.first()? > b' ').then_some(lead)
    }

    #[inline]
    pub(super) fn set(&mut self, before: u32, lead: Lead) {
        if self.slots.is_empty() {
            self.slots = vec![Lead::EMPTY; SLOTS];
        }
        self.slots[before as usize % SLOTS] = lead;
    }
}

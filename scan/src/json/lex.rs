//! Tokens: where they end. Every function takes and gives byte offsets in the whole text and looks at each byte once.
//!
//! Eight bytes are looked at together (the classic zero-byte trick on a `u64`), because keys, indentation and numbers are
//! short: a call of `memchr` costs more than the few words it would save. Long strings do go to `memchr`.

use super::steps;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// From how many bytes on a string is left to `memchr`.
const LONG: usize = 32;

/// The first byte at or after `at` that is not blank. Every control character counts as blank between tokens.
///
/// What follows a token is nearly always the next one, or one blank: two predicted branches then let the processor read on
/// before it knows.
#[inline(always)]
pub(super) fn blank(bytes: &[u8], at: usize) -> usize {
    if is_solid(bytes, at) {
        at
    } else if is_solid(bytes, at + 1) {
        at + 1
    } else {
        long_blank(bytes, at)
    }
}

#[inline(always)]
fn is_solid(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| *byte > b' ')
}

/// The first byte at or after `at` that is not blank, where it may take a while: line feed and indentation.
#[inline(always)]
pub(super) fn long_blank(bytes: &[u8], at: usize) -> usize {
    let mut here = at;
    while here < bytes.len() {
        let solid = solid(word(bytes, here));
        if solid != 0 {
            here += first(solid);
            break;
        }
        here += 8;
    }
    let end = here.min(bytes.len());
    steps::add(end - at);
    end
}

/// High bits at the bytes above 0x20; exact up to and including the first one: a carry can only reach the bytes after it.
#[inline(always)]
fn solid(word: u64) -> u64 {
    (word.wrapping_add(ONES * 0x5f) | word) & HIGH
}

/// The content of a string: where its closing quote is, a hash of its raw bytes, and whether it holds a backslash.
#[derive(Clone, Copy)]
pub(super) struct Quoted {
    pub(super) end: usize,
    pub(super) hash: u32,
    pub(super) escaped: bool,
}

/// The string whose first content byte is `at`. `None` when the text ends inside of it.
#[inline(always)]
pub(super) fn quoted(bytes: &[u8], at: usize) -> Option<Quoted> {
    let mut here = at;
    let mut hash = 0u64;
    while here < bytes.len() {
        let word = word(bytes, here);
        let stop = (equal(word, b'"') | equal(word, b'\\')) & HIGH;
        if stop != 0 {
            let length = first(stop);
            here += length;
            steps::add(here - at);
            if bytes.get(here) == Some(&b'\\') {
                return escaped(bytes, here);
            }
            // `length` is at most 7, so the shift stays below 64.
            let hash = mix(hash, word & !(u64::MAX << (8 * length)));
            return Some(Quoted { end: here, hash: (hash >> 32) as u32, escaped: false });
        }
        hash = mix(hash, word);
        here += 8;
        if here - at >= LONG {
            steps::add(here - at);
            return long(bytes, here, hash);
        }
    }
    steps::add(bytes.len() - at);
    None
}

/// The rest of a long string. Its hash covers the start only: equal hashes are compared in full anyway.
#[inline(never)]
fn long(bytes: &[u8], at: usize, hash: u64) -> Option<Quoted> {
    let Some(length) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) else {
        steps::add(bytes.len().saturating_sub(at));
        return None;
    };
    steps::add(length);
    if bytes[at + length] == b'\\' {
        return escaped(bytes, at + length);
    }
    Some(Quoted { end: at + length, hash: (hash >> 32) as u32, escaped: false })
}

/// The rest of a string from its first backslash on. It has no hash of its own: keys with escapes are hashed by their meaning.
#[cold]
fn escaped(bytes: &[u8], at: usize) -> Option<Quoted> {
    let mut here = at;
    while bytes.get(here) == Some(&b'\\') {
        let rest = bytes.get(here + 2..)?;
        let length = memchr::memchr2(b'"', b'\\', rest);
        steps::add(2 + length.unwrap_or(rest.len()));
        here += 2 + length?;
    }
    Some(Quoted { end: here, hash: 0, escaped: true })
}

/// True for a key that is not empty and holds no dot, quote, backslash or control character.
pub(super) fn is_plain(key: &[u8]) -> bool {
    !key.is_empty() && !key.iter().any(|byte| matches!(byte, b'.' | b'"' | b'\\' | 0x7f | 0..0x20))
}

/// The hash that [`quoted`] gives for these bytes when they stand in a text without an escape.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    let mut hash = 0;
    for (index, part) in bytes.chunks(8).enumerate() {
        if index * 8 >= LONG {
            return (hash >> 32) as u32;
        }
        hash = mix(hash, word(part, 0));
    }
    // A last part of eight bytes is followed by an empty one in `quoted`.
    if bytes.len().is_multiple_of(8) && bytes.len() < LONG {
        hash = mix(hash, 0);
    }
    (hash >> 32) as u32
}

#[inline(always)]
fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The start of a number: enough for eight digits on both sides of the point.
pub(super) type Window = [u8; 24];

/// Digits that stand together: how many, and the number they make.
#[derive(Clone, Copy)]
pub(super) struct Digits {
    pub(super) count: usize,
    pub(super) value: u64,
}

/// The up to eight digits at `at`, which is at most 16.
#[inline(always)]
pub(super) fn digits(window: &Window, at: usize) -> Digits {
    let word = word(&window[at..at + 8], 0);
    let digits = word ^ (ONES * 0x30);
    // A byte above 9 sets its own high bit, as in `solid`.
    let stop = (digits.wrapping_add(ONES * 0x76) | digits) & HIGH;
    if stop == 0 {
        return Digits { count: 8, value: eight(digits) };
    }
    let count = first(stop);
    // As if zeros stood before them; two shifts, because one of 64 bits is none.
    Digits { count, value: eight(digits << (8 * (7 - count)) << 8) }
}

/// The number that eight bytes from 0 to 9 make, the first one lowest.
#[inline(always)]
fn eight(digits: u64) -> u64 {
    const PAIRS: u64 = 0x0000_00ff_0000_00ff;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let high = (pairs & PAIRS).wrapping_mul(0x000f_4240_0000_0064);
    let low = ((pairs >> 16) & PAIRS).wrapping_mul(0x0000_2710_0000_0001);
    high.wrapping_add(low) >> 32
}

/// The eight bytes at `at`, the first one lowest; zeros past the end.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => last_word(bytes, at),
    }
}

#[cold]
fn last_word(bytes: &[u8], at: usize) -> u64 {
    let mut chunk = [0; 8];
    let rest = bytes.get(at..).unwrap_or_default();
    chunk[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(chunk)
}

/// High bits at the bytes equal to `byte`; exact up to and including the first one.
#[inline(always)]
fn equal(word: u64, byte: u8) -> u64 {
    let zero = word ^ (ONES * u64::from(byte));
    zero.wrapping_sub(ONES) & !zero
}

/// The index of the first byte whose high bit is set.
#[inline(always)]
fn first(high_bits: u64) -> usize {
    (high_bits.trailing_zeros() / 8) as usize
}

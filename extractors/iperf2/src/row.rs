use prill_core::Printed;
use prill_core::scan::{number, unit};

/// `[  1] 0.0000-0.5000 sec   117 MBytes  1.97 Gbits/sec  ..`: what all rows have. Parts are slices of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Row<'t> {
    /// What stands in the brackets: `1`, `*1`, `SUM`, `SUM-2`, `FD1`.
    pub(crate) id: &'t str,
    /// The seconds between which it counts.
    pub(crate) start: &'t str,
    pub(crate) end: &'t str,
    /// What follows `sec`.
    pub(crate) rest: &'t str,
}

impl<'t> Row<'t> {
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let (id, rest) = bracket(line)?;
        Self::of(id, rest)
    }

    /// The row of `id`, by what follows the brackets.
    pub(crate) fn of(id: &'t str, rest: &'t str) -> Option<Self> {
        let (start, rest) = number::leading(rest)?;
        let (end, rest) = number::leading(rest.strip_prefix('-')?.trim_start())?;
        Some(Self { id, start, end, rest: rest.strip_prefix(" sec")? })
    }

    /// Whether it begins with the test.
    pub(crate) fn is_from_start(&self) -> bool {
        self.start.bytes().all(|b| matches!(b, b'0' | b'.'))
    }
}

/// `[ *1] ..`: what is in the brackets, and what follows.
pub(crate) fn bracket(line: &str) -> Option<(&str, &str)> {
    let (id, rest) = line.strip_prefix('[')?.split_once(']')?;
    Some((id.trim(), rest.trim_start()))
}

/// `117 MBytes` and `1.97 Gbits/sec` at the start of `text`, and what follows.
pub(crate) struct Amounts<'t> {
    pub(crate) bytes: (&'t str, Printed),
    pub(crate) rate: (&'t str, Printed),
    pub(crate) rest: &'t str,
}

impl<'t> Amounts<'t> {
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let (bytes, word, rest) = quantity(text)?;
        let bytes = (bytes, size(word)?);
        let (rate, word, rest) = quantity(rest)?;
        let rate = (rate, speed(word)?);
        Some(Self { bytes, rate, rest })
    }
}

/// A number, the word behind it, and what follows.
pub(crate) fn quantity(text: &str) -> Option<(&str, &str, &str)> {
    let (token, rest) = number::leading(text.trim_start())?;
    let rest = rest.trim_start();
    let end = rest.find(' ').unwrap_or(rest.len());
    Some((token, &rest[..end], &rest[end..]))
}

/// `byte_snprintf` of `stdio.c`: bytes count in 1024.
pub(crate) fn size(word: &str) -> Option<Printed> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "Byte" => unit::BYTE,
        "KByte" => unit::KIB,
        "MByte" => unit::MIB,
        "GByte" => unit::GIB,
        "TByte" => unit::TIB,
        _ => return None,
    })
}

/// Bits count in 1000.
fn speed(word: &str) -> Option<Printed> {
    let word = word.strip_suffix("/sec")?;
    Some(match word {
        "bits" => unit::BIT_PER_S,
        "Kbits" => unit::KBIT_PER_S,
        "Mbits" => unit::MBIT_PER_S,
        "Gbits" => unit::GBIT_PER_S,
        "Tbits" => unit::GBIT_PER_S.shift(3),
        "Bytes" => unit::BYTE_PER_S,
        "KBytes" => unit::KIB_PER_S,
        "MBytes" => unit::MIB_PER_S,
        "GBytes" => unit::GIB_PER_S,
        "TBytes" => unit::TIB_PER_S,
        _ => return None,
    })
}

//! In which unit free counts, which no line of its says.

use prill_core::scan::{number, unit};
use prill_core::{Printed, Text};

use crate::size;

/// What the command line, or else the text, says of the unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scale {
    /// Of numbers without a suffix.
    plain: Option<Printed>,
    /// What a suffix without an `i` is a power of; `None` where nobody knows.
    base: Option<Base>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    Of1000,
    Of1024,
}

/// Number and suffix of a word: `15`, `Gi`.
pub(super) fn split(word: &str) -> Option<(&str, &str)> {
    let (token, suffix) = number::leading(word)?;
    suffix.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some((token, suffix))
}

impl Scale {
    pub(super) fn of(text: &Text<'_>, argv: Option<&[String]>) -> Self {
        let words =
            || text.lines().filter(|line| line.ended && line.text.starts_with("Mem:")).take(8).flat_map(|l| l.words().skip(1));
        let base = base(text, words());
        let Some(argv) = argv else { return Self { plain: size::of_pages(words()), base } };
        let options = size::options(argv, "free");
        let has = |names: &[&str]| options.iter().any(|(option, _)| names.contains(option));
        let si = has(&["si"]);
        let plain = match () {
            () if has(&["b", "bytes"]) => unit::BYTE,
            () if has(&["m", "mebi"]) => {
                if si {
                    unit::MB
                } else {
                    unit::MIB
                }
            }
            () if has(&["g", "gibi"]) => {
                if si {
                    unit::GB
                } else {
                    unit::GIB
                }
            }
            () if has(&["tebi"]) => {
                if si {
                    unit::GB.shift(3)
                } else {
                    unit::TIB
                }
            }
            () if has(&["pebi"]) => {
                if si {
                    unit::GB.shift(6)
                } else {
                    unit::TIB.shift2(10)
                }
            }
            () if has(&["mega"]) => unit::MB,
            () if has(&["giga"]) => unit::GB,
            () if has(&["tera"]) => unit::GB.shift(3),
            () if has(&["peta"]) => unit::GB.shift(6),
            // Before 3.3.13 `--kilo` and `--si` left KiB as they are, and pages show it.
            () if has(&["kilo"]) || si => size::of_pages(words()).filter(|printed| *printed == unit::KIB).unwrap_or(unit::KB),
            () => unit::KIB,
        };
        Self { plain: Some(plain), base: Some(if si { Base::Of1000 } else { Base::Of1024 }) }
    }

    /// The unit of a number with this suffix.
    pub(super) fn printed(self, suffix: &str) -> Option<Printed> {
        let power = |letter: &str| ["B", "K", "M", "G", "T", "P"].iter().position(|known| *known == letter);
        match suffix {
            "" => self.plain,
            "B" => Some(unit::BYTE),
            _ => match suffix.strip_suffix('i') {
                Some(letter) => Some(unit::BYTE.shift2(10 * power(letter)? as i8)),
                None if self.base? == Base::Of1000 => Some(unit::BYTE.shift(3 * power(suffix)? as i8)),
                None => Some(unit::BYTE.shift2(10 * power(suffix)? as i8)),
            },
        }
    }
}

/// What the text says of suffixes without an `i`. Since 4.0, whose header has a column more in front, they are those of `--si`. Before,
/// a number and its suffix have four characters at most with `--si` (`scale_size` of `free.c`); busybox has one decimal always, and 1024.
fn base<'t>(text: &Text<'_>, words: impl Iterator<Item = &'t str>) -> Option<Base> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let head = text.lines().find(|line| super::columns(line.text).is_some())?;
    let long = |word: &str| word.len() > 4 && !word.ends_with('i') && word.ends_with(|c: char| c.is_ascii_alphabetic());
    match indent(head.text) {
        15 => Some(Base::Of1000),
        _ if words.into_iter().any(long) => Some(Base::Of1024),
        _ => None,
    }
}

use super::{
    BIT_PER_S, BYTE, BYTE_PER_S, GB, GB_PER_S, GBIT_PER_S, GIB, GIB_PER_S, HERTZ, HOUR, KB, KB_PER_S, KBIT_PER_S, KIB, KIB_PER_S,
    MB, MB_PER_S, MBIT_PER_S, MIB, MIB_PER_S, MINUTE, MS, NS, PER_S, PERCENT, Printed, RATIO, SECOND, TIB, TIB_PER_S, US, Unit,
};

/// A unit that nobody can read for sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// No such spelling.
    Unknown(String),
    /// A spelling that tools use for two different numbers.
    Ambiguous {
        /// What was written.
        spelling: String,
        /// The spellings that are clear.
        write: &'static str,
    },
}

impl std::fmt::Display for UnitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown(spelling) => write!(
                f,
                "read the unit `{spelling}`: write a time (ns us ms s min h), a size (B kB KiB MB MiB GB GiB TiB), a rate of these (MB/s MiB/s), bits \
                 (bit/s kbit/s Mbit/s Gbit/s), a frequency (Hz kHz MHz GHz), a count a second (/s {{request}}/s), \
                 what is counted ({{request}}) or %"
            ),
            Self::Ambiguous { spelling, write } => {
                write!(f, "read the unit `{spelling}`, which some tools count in 1000 and others in 1024: write {write}")
            }
        }
    }
}

impl std::error::Error for UnitError {}

/// The unit with this spelling, as a person writes it in a bound. A format that reads a tool's output names its units by
/// constant instead, because tools spell 1024 as `K`, `k`, `KB` and `kB`.
///
/// # Errors
/// A spelling that is unknown, or that means 1000 to one tool and 1024 to another.
pub fn spelled(spelling: &str) -> Result<Printed, UnitError> {
    if let Some((_, printed)) = SPELLINGS.iter().find(|(known, _)| *known == spelling) {
        return Ok(*printed);
    }
    if is_annotation(spelling) {
        return Ok(Printed { unit: Unit::named(spelling), scale: super::Scale::ONE });
    }
    match spelling {
        "KB" => Err(UnitError::Ambiguous { spelling: spelling.to_owned(), write: "kB or KiB" }),
        "KB/s" => Err(UnitError::Ambiguous { spelling: spelling.to_owned(), write: "kB/s or KiB/s" }),
        _ => Err(UnitError::Unknown(spelling.to_owned())),
    }
}

/// How a person writes this unit; the inverse of [`spelled`].
pub(super) fn spelling_of(printed: Printed) -> Option<&'static str> {
    if let Some((spelling, _)) = SPELLINGS.iter().find(|(_, known)| *known == printed) {
        return Some(spelling);
    }
    let code = printed.unit.code();
    (printed.scale == super::Scale::ONE && is_annotation(code)).then_some(code)
}

/// `{request}` or `{request}/s`.
fn is_annotation(spelling: &str) -> bool {
    let counted = spelling.strip_suffix("/s").unwrap_or(spelling);
    let word = counted.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
    word.is_some_and(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
}

const SPELLINGS: &[(&str, Printed)] = &[
    ("ns", NS),
    ("nsec", NS),
    ("us", US),
    ("usec", US),
    ("\u{b5}s", US),
    ("\u{3bc}s", US),
    ("ms", MS),
    ("msec", MS),
    ("s", SECOND),
    ("sec", SECOND),
    ("min", MINUTE),
    ("h", HOUR),
    ("B", BYTE),
    ("By", BYTE),
    ("kB", KB),
    ("MB", MB),
    ("GB", GB),
    ("KiB", KIB),
    ("MiB", MIB),
    ("GiB", GIB),
    ("TiB", TIB),
    ("B/s", BYTE_PER_S),
    ("By/s", BYTE_PER_S),
    ("kB/s", KB_PER_S),
    ("MB/s", MB_PER_S),
    ("GB/s", GB_PER_S),
    ("KiB/s", KIB_PER_S),
    ("MiB/s", MIB_PER_S),
    ("GiB/s", GIB_PER_S),
    ("TiB/s", TIB_PER_S),
    ("bit/s", BIT_PER_S),
    ("kbit/s", KBIT_PER_S),
    ("Mbit/s", MBIT_PER_S),
    ("Gbit/s", GBIT_PER_S),
    ("Tbit/s", GBIT_PER_S.shift(3)),
    ("%", PERCENT),
    ("1", RATIO),
    ("Hz", HERTZ),
    ("kHz", HERTZ.shift(3)),
    ("MHz", HERTZ.shift(6)),
    ("GHz", HERTZ.shift(9)),
    ("/s", PER_S),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilo_and_kibi_are_different_numbers() {
        assert_eq!(spelled("kB"), Ok(KB));
        assert_eq!(spelled("KiB"), Ok(KIB));
        assert!(matches!(spelled("KB"), Err(UnitError::Ambiguous { .. })));
        assert!(spelled("parsec").unwrap_err().to_string().contains("parsec"));
    }

    #[test]
    fn what_is_counted_may_be_named() {
        assert_eq!(spelled("{request}/s").map(|p| p.unit.code()), Ok("{request}/s"));
        assert!(spelled("{}").is_err());
    }
}

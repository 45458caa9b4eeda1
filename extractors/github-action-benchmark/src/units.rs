use prill_core::Printed;
use prill_core::scan::Search;
use prill_core::scan::unit::{self, spelled};

/// The unit that somebody wrote so. `KB` and `MB` are 1000 to some and 1024 to others, and are not known.
pub(crate) fn printed(word: &str) -> Option<Printed> {
    let word = word.trim();
    let by_operation = ["/iter", "/op", "/iteration", "/operation", "/call"].iter().find_map(|per| word.strip_suffix(per));
    if let Some(time) = by_operation {
        return of_time(time);
    }
    if let Some(counted) = ["/s", "/sec", "/second"].iter().find_map(|per| word.strip_suffix(per)) {
        return rate(counted);
    }
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "percent" | "per cent" | "%" => Some(unit::PERCENT),
        "b" | "byte" | "bytes" => Some(unit::BYTE),
        "ratio" => Some(unit::RATIO),
        _ => of_time(word).or_else(|| spelled(word).ok().filter(|printed| is_clear(word, *printed))),
    }
}

fn of_time(word: &str) -> Option<Printed> {
    Some(match word.to_ascii_lowercase().trim_end_matches('s') {
        "n" | "nsec" | "nanosecond" | "nano" => unit::NS,
        "u" | "\u{b5}" | "\u{3bc}" | "usec" | "microsecond" => unit::US,
        "m" if word.ends_with('s') => unit::MS,
        "msec" | "millisecond" | "milli" => unit::MS,
        "" | "sec" | "second" if !word.is_empty() => unit::SECOND,
        "min" | "minute" => unit::MINUTE,
        _ => return None,
    })
}

fn rate(counted: &str) -> Option<Printed> {
    Some(match counted {
        "op" | "ops" | "operations" => Printed::base("{operation}/s"),
        "iter" | "iterations" => Printed::base("{iteration}/s"),
        "req" | "reqs" | "requests" => Printed::base("{request}/s"),
        "B" | "bytes" => unit::BYTE_PER_S,
        _ => return spelled(&format!("{counted}/s")).ok().filter(|printed| is_clear(counted, *printed)),
    })
}

/// Not a thousand-fold of bytes that may be 1024-fold.
fn is_clear(word: &str, printed: Printed) -> bool {
    let bytes = printed.unit == unit::BYTE.unit || printed.unit == unit::BYTE_PER_S.unit;
    !bytes || word.has("iB") || printed.scale == unit::BYTE.scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_that_can_only_mean_one_thing() {
        for (word, code, exp10) in [
            ("ns", "s", -9),
            ("us/iter", "s", -6),
            ("Milliseconds", "s", -3),
            ("s", "s", 0),
            ("seconds", "s", 0),
            ("Percent", "1", -2),
            ("bytes", "By", 0),
            ("ops/sec", "{operation}/s", 0),
            ("Hz", "Hz", 0),
        ] {
            let found = printed(word).map(|p| (p.unit.code(), p.scale.exp10));
            assert_eq!(found, Some((code, exp10)), "{word}");
        }
        assert_eq!(printed("MiB/s"), Some(unit::MIB_PER_S));
        for word in ["Megabytes", "MB", "kB/s", "m", "M", "", "widgets", "/op"] {
            assert_eq!(printed(word), None, "{word}");
        }
    }
}

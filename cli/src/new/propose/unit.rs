//! What the letters after a number, or in its key, say of its unit. Nothing is guessed: `MB` is 1000^2 for some tools and
//! 1024^2 for others, so that a number with it has no unit until its author says which.

use prill_core::scan::unit::spelled;

/// What is known of the unit of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Unit {
    /// Nothing is printed.
    #[default]
    Unsaid,
    /// As `scan` spells it, and of which kind it is.
    Clear(String, Sort),
    /// One of two units, as it is printed, and what its author may write.
    Unclear(String, String),
    /// `k`, `M`: the number is scaled by 1000 or 1024.
    Scaled(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Time,
    Bytes,
    Throughput,
    Ratio,
    /// What is counted, a second.
    Rate,
    /// What is counted.
    Count,
    Frequency,
}

/// The unit after a number, with how many bytes it takes there, and what it counts: `requests per second`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct After {
    pub(super) unit: Unit,
    pub(super) len: usize,
    /// Where its word starts and ends.
    pub(super) word: (usize, usize),
}

const TIMES: &[(&str, &[&str])] = &[
    ("ns", &["ns", "nsec", "nsecs", "nanosecond", "nanoseconds"]),
    ("us", &["us", "usec", "usecs", "\u{b5}s", "\u{3bc}s", "microsecond", "microseconds"]),
    ("ms", &["ms", "msec", "msecs", "millisecond", "milliseconds"]),
    ("s", &["s", "sec", "secs", "second", "seconds"]),
];

/// Whether these letters, right after the digits of a whole number, are a unit and no word.
pub(super) fn may_be_glued(letters: &str) -> bool {
    !matches!(of_word(letters), Unit::Unsaid) || letters == "x"
}

/// The unit that stands at the start of `rest`, which follows a number: `us`, ` ms`, ` [MB/s]`, ` requests per second`.
pub(super) fn after(rest: &str) -> After {
    let body = rest.trim_start_matches([' ', '\t']);
    let space = rest.len() - body.len();
    let (bracket, body) = match body.strip_prefix(['[', '(']) {
        Some(inner) => (1, inner),
        None => (0, body),
    };
    let of_unit = |c: char| c.is_alphabetic() || matches!(c, '/' | '%' | '#');
    let len = if body.starts_with('%') { 1 } else { body.find(|c| !of_unit(c)).unwrap_or(body.len()) };
    let word = body[..len].trim_end_matches('/');
    let closed = bracket == 0 || body[len..].starts_with([']', ')']);
    // Of a column of numbers the next heading is no unit, and a `s` far away is none.
    if word.is_empty() || !closed || space > 8 {
        return After::default();
    }
    let start = space + bracket;
    if bracket == 0
        && let Some((noun, taken)) = per_second(body)
    {
        let unit = counted(noun);
        return After { unit, len: start + taken, word: (start, start + taken) };
    }
    // `Elapsed: 5 MiB: 16`: the key of the next number.
    let key = bracket == 0 && body[len..].starts_with([':', '=']);
    let plural = space == 0 && word == "s" && body[len..].starts_with(" of");
    match of_word(word) {
        _ if plural || key => After::default(),
        Unit::Unsaid => After::default(),
        unit => After { unit, len: start + word.len() + bracket, word: (start, start + word.len()) },
    }
}

/// `requests per second`, `calls/sec`: what is counted.
fn per_second(body: &str) -> Option<(&str, usize)> {
    if let Some(per) = ["per second", "per sec"].into_iter().find(|per| body.starts_with(per)) {
        return Some(("#", per.len()));
    }
    let (noun, rest) = body.split_at(body.find(|c: char| !c.is_alphabetic())?);
    let after = [" per second", " per sec"].into_iter().find(|per| rest.starts_with(per))?;
    (!noun.is_empty()).then_some((noun, noun.len() + after.len()))
}

/// The unit that `word` is.
pub(super) fn of_word(word: &str) -> Unit {
    if let Some(time) = time(word) {
        return Unit::Clear(time.to_owned(), Sort::Time);
    }
    if let Some((of, per)) = word.split_once('/') {
        return rate(of, per);
    }
    let bytes = |spelling: &str| Unit::Clear(spelling.to_owned(), Sort::Bytes);
    match word {
        "%" => Unit::Clear("%".to_owned(), Sort::Ratio),
        "B" | "byte" | "bytes" | "Bytes" => bytes("B"),
        "KiB" | "MiB" | "GiB" | "TiB" => bytes(word),
        "Hz" | "kHz" | "MHz" | "GHz" => Unit::Clear(word.to_owned(), Sort::Frequency),
        "k" | "K" | "M" | "G" | "T" | "m" | "u" | "n" => Unit::Scaled(word.to_owned()),
        "iops" | "IOPS" => Unit::Clear("{io}/s".to_owned(), Sort::Rate),
        _ => unclear_bytes(word),
    }
}

/// `MB` may be `MB` or `MiB`; so may `MBps`, and `Mbps` may be counted in either, too.
fn unclear_bytes(word: &str) -> Unit {
    let lower = word.to_ascii_lowercase();
    let mut letters = lower.chars();
    let Some(prefix) = letters.next().filter(|c| "kmgt".contains(*c)) else { return Unit::Unsaid };
    let big = if prefix == 'k' { "k".to_owned() } else { prefix.to_ascii_uppercase().to_string() };
    let binary = prefix.to_ascii_uppercase();
    let second = match letters.as_str() {
        "b" | "byte" | "bytes" => "",
        "bps" => "/s",
        _ => return Unit::Unsaid,
    };
    let bits = letters.as_str() == "bps" && word.ends_with("bps") && !word.contains('B');
    let either =
        if bits { format!("{big}bit/s, or {big}B/s or {binary}iB/s") } else { format!("{big}B{second} or {binary}iB{second}") };
    Unit::Unclear(word.to_owned(), either)
}

fn time(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    TIMES.iter().find(|(_, spellings)| spellings.contains(&lower.as_str())).map(|(unit, _)| *unit)
}

/// `of/per`: a throughput, a count a second, or so much for each operation.
fn rate(of: &str, per: &str) -> Unit {
    let second = matches!(per, "s" | "sec" | "second" | "Sec");
    if !second {
        // So much time, or memory, for each of something.
        // `B/W` is how some write bandwidth.
        let each = per.chars().all(char::is_alphabetic) && per.len() > 1;
        return match of_word(of) {
            Unit::Clear(unit, sort @ (Sort::Time | Sort::Bytes)) if each && !of.is_empty() => Unit::Clear(unit, sort),
            _ => Unit::Unsaid,
        };
    }
    // `kB_read/s` is kB a second.
    let of = of.split_once('_').map(|(first, _)| first).filter(|first| of_word(first) != Unit::Unsaid).unwrap_or(of);
    let bits = of.trim_end_matches("s");
    if let "bit" | "kbit" | "Mbit" | "Gbit" | "Kbit" = bits {
        return Unit::Clear(format!("{}/s", bits.replace('K', "k")), Sort::Throughput);
    }
    match of_word(of) {
        Unit::Clear(unit, Sort::Bytes) => Unit::Clear(format!("{unit}/s"), Sort::Throughput),
        Unit::Unclear(_, either) => Unit::Unclear(
            format!("{of}/{per}"),
            either.split(" or ").map(|unit| format!("{unit}/s")).collect::<Vec<_>>().join(" or "),
        ),
        Unit::Scaled(prefix) => Unit::Scaled(format!("{prefix}/{per}")),
        Unit::Unsaid if of.len() > 1 || of == "#" => counted(of),
        _ => Unit::Unsaid,
    }
}

/// Nouns that start like `M` and `k` for a million and a thousand.
const NOUNS: &[&str] = &[
    "gets",
    "key",
    "keys",
    "message",
    "messages",
    "task",
    "tasks",
    "test",
    "tests",
    "thread",
    "threads",
    "transactions",
    "transaction",
    "tuples",
];

/// `requests` a second. `Melem/s` is a million times something, or a word.
fn counted(noun: &str) -> Unit {
    let prefixed =
        noun.len() > 1 && noun.starts_with(['k', 'K', 'M', 'G', 'T']) && !NOUNS.contains(&noun.to_lowercase().as_str());
    if prefixed {
        return Unit::Scaled(format!("{noun}/s"));
    }
    if noun == "#" {
        // The key says what is counted.
        return Unit::Clear("{}/s".to_owned(), Sort::Rate);
    }
    rate_of(&super::name::singular(&noun.to_lowercase()))
}

fn rate_of(noun: &str) -> Unit {
    let unit = format!("{{{noun}}}/s");
    if is_noun(noun) && spelled(&unit).is_ok() { Unit::Clear(unit, Sort::Rate) } else { Unit::Unsaid }
}

/// Whether a word in small letters says what is counted. A sector, a block and a page are so many bytes, of which only the tool
/// knows how many, and letters with a unit at their end (`rkb`, `rsec`) may be that unit.
pub(super) fn is_noun(word: &str) -> bool {
    const SIZES: &[&str] = &["sector", "block", "blk", "page", "extent", "cluster", "chunk"];
    const UNITS: &[&str] = &["kb", "mb", "gb", "kib", "mib", "gib", "sec", "usec", "msec", "nsec"];
    word.bytes().all(|byte| byte.is_ascii_lowercase()) && !SIZES.contains(&word) && !UNITS.iter().any(|unit| word.ends_with(unit))
}

/// The unit that a key says with `noun/s`. A key starts with a capital letter: `Transfer/sec` is no million of anything.
pub(super) fn counted_in_key(noun: &str) -> Unit {
    const STEMS: &[&str] = &[
        "b",
        "bit",
        "byte",
        "cycle",
        "elem",
        "flop",
        "hash",
        "io",
        "iop",
        "item",
        "message",
        "msg",
        "op",
        "packet",
        "pkt",
        "req",
        "request",
        "row",
        "token",
        "transaction",
    ];
    let lower = noun.to_lowercase();
    let rest = lower.char_indices().nth(1).map_or("", |(at, _)| &lower[at..]);
    let prefixed = STEMS.contains(&rest.trim_end_matches('s')) && lower.starts_with(['k', 'm', 'g', 't']);
    match of_word(&format!("{noun}/s")) {
        Unit::Scaled(_) if !prefixed && noun.len() > 1 => rate_of(&super::name::singular(&lower)),
        unit => unit,
    }
}

impl Unit {
    /// The base unit that it is a multiple of.
    pub(super) fn base(&self) -> Option<&'static str> {
        let Self::Clear(unit, _) = self else { return None };
        spelled(unit).ok().map(|printed| printed.unit.code())
    }

    pub(super) fn sort(&self) -> Option<Sort> {
        match self {
            Self::Clear(_, sort) => Some(*sort),
            Self::Unclear(_, either) if either.contains("/s") => Some(Sort::Throughput),
            Self::Unclear(..) => Some(Sort::Bytes),
            _ => None,
        }
    }

    /// The unit of a number with the unit `self` whose key says `/sec`.
    pub(super) fn per_second(self) -> Self {
        match self {
            Self::Clear(unit, Sort::Bytes) => Self::Clear(format!("{unit}/s"), Sort::Throughput),
            Self::Unclear(word, either) => Self::Unclear(
                format!("{word}/s"),
                either.split(" or ").map(|unit| format!("{unit}/s")).collect::<Vec<_>>().join(" or "),
            ),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clear(rest: &str) -> String {
        match after(rest).unit {
            Unit::Clear(unit, sort) => format!("{unit} {sort:?}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn units_are_what_is_printed() {
        for (rest, unit) in [
            ("us, 5", "us Time"),
            (" ms", "ms Time"),
            (" [sec]", "s Time"),
            (" milliseconds (x)", "ms Time"),
            ("%", "% Ratio"),
            (" KiB/s", "KiB/s Throughput"),
            (" Gbits/sec", "Gbit/s Throughput"),
            (" requests per second, p50", "{request}/s Rate"),
            (" [msg/sec]", "{message}/s Rate"),
            (" Messages/s", "{message}/s Rate"),
            (" ns/iter (+/-", "ns Time"),
            (" B/op", "B Bytes"),
        ] {
            assert_eq!(clear(rest), unit, "{rest}");
        }
    }

    #[test]
    fn what_may_be_two_units_is_none() {
        assert_eq!(of_word("MB"), Unit::Unclear("MB".into(), "MB or MiB".into()));
        assert_eq!(of_word("Kbytes/sec"), Unit::Unclear("Kbytes/sec".into(), "kB/s or KiB/s".into()));
        assert!(matches!(of_word("Mbps"), Unit::Unclear(..)) && matches!(of_word("KB"), Unit::Unclear(..)));
        assert_eq!(of_word("k"), Unit::Scaled("k".into()));
        assert_eq!(of_word("Melem/s"), Unit::Scaled("Melem/s".into()));
        assert_eq!(after("\tMiB: 16").unit, Unit::Unsaid, "the key of the next number");
        assert_eq!(Unit::Clear("KiB".into(), Sort::Bytes).per_second(), Unit::Clear("KiB/s".into(), Sort::Throughput));
    }

    #[test]
    fn what_may_be_a_size_counts_nothing() {
        for word in ["rkB/s", "rsec/s", "sectors/s", "blk_read/s", "pages/s"] {
            assert_eq!(of_word(word), Unit::Unsaid, "{word}");
        }
        assert!(is_noun("request") && !is_noun("sector") && !is_noun("blk_read"));
    }

    #[test]
    fn a_word_is_no_unit() {
        for rest in ["", " min", " records in", " failed", ", 5 s", " (mean)", "x", " h"] {
            assert_eq!(after(rest).unit, Unit::Unsaid, "{rest}");
        }
    }

    #[test]
    fn every_clear_unit_can_be_read_back() {
        for word in ["s", "ms", "%", "bytes", "MiB", "MiB/s", "Mbits/sec", "req/s", "iops", "MHz"] {
            let Unit::Clear(unit, _) = of_word(word) else { panic!("{word}") };
            assert!(spelled(&unit).is_ok(), "{unit}");
        }
    }
}

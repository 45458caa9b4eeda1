use prill_core::Printed;
use prill_core::scan::unit;

pub(crate) const TRANSACTIONS: Printed = Printed::base("{transaction}/s");

/// The unit that a word names: `10^6bits/s`, `KBytes/sec`, `Trans/s` (`format_units` of `netlib.c`). Bytes count in 1024.
pub(crate) fn of_word(word: &str) -> Option<Printed> {
    let what = word.strip_suffix("/sec").or_else(|| word.strip_suffix("/s"))?;
    if let Some(power) = what.strip_prefix("10^").and_then(|rest| rest.strip_suffix("bits")) {
        return Some(unit::BIT_PER_S.shift(power.parse().ok().filter(|power| (0..=15).contains(power))?));
    }
    Some(match what {
        "Trans" => TRANSACTIONS,
        "Bytes" => unit::BYTE_PER_S,
        "KBytes" => unit::KIB_PER_S,
        "MBytes" => unit::MIB_PER_S,
        "GBytes" => unit::GIB_PER_S,
        "TBytes" => unit::TIB_PER_S,
        _ => return None,
    })
}

/// The unit that `-f` asks for; `x` is the rate of transactions.
pub(crate) fn of_option(letter: char) -> Option<Printed> {
    Some(match letter {
        'B' => unit::BYTE_PER_S,
        'K' => unit::KIB_PER_S,
        'M' => unit::MIB_PER_S,
        'G' => unit::GIB_PER_S,
        'b' => unit::BIT_PER_S,
        'k' => unit::KBIT_PER_S,
        'm' => unit::MBIT_PER_S,
        'g' => unit::GBIT_PER_S,
        'x' => TRANSACTIONS,
        _ => return None,
    })
}

/// The unit of a service demand: `us/KB` and `usec/KB` (of 1024 bytes), `us/Tr` and `usec/Tran`.
pub(crate) fn of_demand(word: &str) -> Option<Printed> {
    Some(match word {
        "us/KB" | "usec/KB" => Printed::base("s/By").shift(-6).shift2(-10),
        "us/Tr" | "usec/Tran" => Printed::base("s/{transaction}").shift(-6),
        _ => return None,
    })
}

//! `units.c`: a number and the letter of its unit, without a space.

use prill_core::Printed;
use prill_core::scan::{number, unit};

/// A number and how it is printed.
pub(crate) type Quantity<'t> = (&'t str, Printed);

/// `182.00us`, `2.13ms`, `1.10s`, `1.50m`: `m` is a minute.
pub(crate) fn time(word: &str) -> Option<Quantity<'_>> {
    let (token, suffix) = number::leading(word)?;
    let printed = match suffix {
        "us" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        "m" => unit::MINUTE,
        "h" => unit::HOUR,
        _ => return None,
    };
    Some((token, printed))
}

/// `3.45k`: `k` is 1000.
pub(crate) fn metric(word: &str, base: Printed) -> Option<Quantity<'_>> {
    let (token, suffix) = number::leading(word)?;
    let power = ["", "k", "M", "G", "T", "P"].iter().position(|known| *known == suffix)?;
    Some((token, base.shift(3 * power as i8)))
}

/// `8.44MB`: `K` is 1024.
pub(crate) fn binary(word: &str, base: Printed) -> Option<Quantity<'_>> {
    let (token, suffix) = number::leading(word)?;
    let power = ["B", "KB", "MB", "GB", "TB", "PB"].iter().position(|known| *known == suffix)?;
    Some((token, base.shift2(10 * power as i8)))
}

/// `84.79%`
pub(crate) fn percent(word: &str) -> Option<Quantity<'_>> {
    let (token, suffix) = number::leading(word)?;
    (suffix == "%").then_some((token, unit::PERCENT))
}

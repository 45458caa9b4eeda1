use std::fmt;
use std::str::FromStr;

use super::spelling::spelling_of;
use super::{
    BIT_PER_S, BYTE, BYTE_PER_S, GBIT_PER_S, GIB, GIB_PER_S, KIB, KIB_PER_S, MB_PER_S, MBIT_PER_S, MIB, MIB_PER_S, MS, NS,
    PERCENT, Printed, RATIO, SECOND, Scale, US, Unit, UnitError, spelled,
};
use crate::number;

/// A number with a unit, or without one: what a check compares a metric with.
///
/// It is kept as written and brought to the base unit by [`Quantity::value`], with the same exact decimal scaling as a
/// metric, so that a bound of 431 us and a printed 431 us are the same float.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    number: f64,
    printed: Option<Printed>,
    scale: Scale,
}

macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident = $unit:expr;)*) => {
        impl Quantity { $($(#[$doc])* #[must_use] pub const fn $name(number: f64) -> Self { Self::of(number, $unit) })* }
    };
}

quantities! {
    /// Seconds.
    s = SECOND;
    /// Milliseconds.
    ms = MS;
    /// Microseconds.
    us = US;
    /// Nanoseconds.
    ns = NS;
    /// Bytes.
    bytes = BYTE;
    /// 1024 bytes.
    kib = KIB;
    /// 1024^2 bytes.
    mib = MIB;
    /// 1024^3 bytes.
    gib = GIB;
    /// Bytes a second.
    bytes_per_s = BYTE_PER_S;
    /// 1000^2 bytes a second.
    mb_per_s = MB_PER_S;
    /// 1024 bytes a second.
    kib_per_s = KIB_PER_S;
    /// 1024^2 bytes a second.
    mib_per_s = MIB_PER_S;
    /// 1024^3 bytes a second.
    gib_per_s = GIB_PER_S;
    /// Bits a second.
    bit_per_s = BIT_PER_S;
    /// 1000^2 bits a second.
    mbit_per_s = MBIT_PER_S;
    /// 1000^3 bits a second.
    gbit_per_s = GBIT_PER_S;
    /// A ratio.
    ratio = RATIO;
    /// A ratio in per cent.
    percent = PERCENT;
}

impl Quantity {
    /// `number` in the unit `printed`.
    #[must_use]
    pub const fn of(number: f64, printed: Printed) -> Self {
        Self { number, printed: Some(printed), scale: printed.scale }
    }

    /// A number without a unit: it is in the unit of whatever it is compared with.
    #[must_use]
    pub const fn bare(number: f64) -> Self {
        Self { number, printed: None, scale: Scale::ONE }
    }

    /// The value in the base unit; infinite when it does not fit.
    #[must_use]
    pub fn value(self) -> f64 {
        // The shortest decimal that is this float is what its author wrote; scaling that text rounds only once.
        number::value(&format!("{:e}", self.number), self.scale).unwrap_or(self.number * self.scale.factor())
    }

    /// The quantity as its author wrote it (`500us`, `50k`), which reads back as the same quantity. In the base unit where
    /// the unit it is in has no spelling.
    #[must_use]
    pub fn written(self) -> String {
        let Some(printed) = self.printed else {
            let suffix = [(0, ""), (3, "k"), (6, "M"), (9, "G")].into_iter().find(|(exp10, _)| *exp10 == self.scale.exp10);
            return format!("{}{}", decimal(self.number), suffix.map_or("", |(_, suffix)| suffix));
        };
        match spelling_of(printed) {
            Some(spelling) if spelling.starts_with('{') || spelling == "1" => format!("{} {spelling}", decimal(self.number)),
            Some(spelling) => format!("{}{spelling}", decimal(self.number)),
            None => format!("{} {}", decimal(self.value()), printed.unit),
        }
    }

    /// The base unit; `None` for a bare number.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        self.printed.map(|p| p.unit)
    }
}

/// The shortest decimal that is this float, with an exponent where it would be long.
fn decimal(number: f64) -> String {
    let plain = number == 0.0 || (1e-5..1e16).contains(&number.abs());
    if plain { number.to_string() } else { format!("{number:e}") }
}

impl From<f64> for Quantity {
    fn from(number: f64) -> Self {
        Self::bare(number)
    }
}

/// Text that is no quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// It does not start with a number.
    NoNumber(String),
    /// Its unit cannot be read.
    Unit(UnitError),
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNumber(text) => {
                write!(f, "read `{text}` as a quantity: write a number and a unit, such as 500us, 9.4Gbit/s or 50k")
            }
            Self::Unit(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for QuantityError {}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// `500us`, `1.5 GiB/s`, `5%`, `0.98`, and bare numbers with an SI suffix: `50k`, `1.2M`.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let none = || QuantityError::NoNumber(text.to_owned());
        let (token, rest) = number::leading(text.trim()).ok_or_else(none)?;
        let written = number::value(token, Scale::ONE).ok_or_else(none)?;
        let unit = rest.trim();
        let suffix = match unit {
            "" => 0,
            "k" => 3,
            "M" => 6,
            "G" => 9,
            _ => return spelled(unit).map(|printed| Self::of(written, printed)).map_err(QuantityError::Unit),
        };
        Ok(Self { number: written, printed: None, scale: Scale { exp10: suffix, ..Scale::ONE } })
    }
}

impl fmt::Display for Quantity {
    /// In the base unit: `0.0005 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value())?;
        match self.unit() {
            Some(unit) if unit != Unit::RATIO => write!(f, " {unit}"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_the_same_float_as_a_printed_number() {
        assert_eq!(Quantity::us(431.0).value(), 0.000431);
        assert_eq!(Quantity::ms(0.1).value(), 0.0001);
        assert_eq!("431us".parse::<Quantity>().unwrap(), Quantity::us(431.0));
        assert_eq!("9.4Gbit/s".parse::<Quantity>().unwrap().value(), 1.175e9);
        assert_eq!("5 %".parse::<Quantity>().unwrap().value(), 0.05);
    }

    #[test]
    fn a_bare_number_has_no_unit() {
        let bound: Quantity = "50k".parse().unwrap();
        assert_eq!((bound.value(), bound.unit()), (50_000.0, None));
        assert_eq!("1e3".parse::<Quantity>().unwrap().value(), 1000.0);
    }

    #[test]
    fn junk_is_refused_with_the_text() {
        for junk in ["", "fast", "5 parsecs", "370,04us", "nan", "1e999"] {
            let e = junk.parse::<Quantity>().unwrap_err().to_string();
            assert!(e.starts_with("read "), "{e}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let shift = Quantity::of(3.0, SECOND.shift(-1));
        for (quantity, text) in [
            (Quantity::us(500.0), "500us"),
            (Quantity::gbit_per_s(9.4), "9.4Gbit/s"),
            (Quantity::bytes(1.0), "1B"),
            (Quantity::ratio(0.5), "0.5 1"),
            (Quantity::bare(1e30), "1e30"),
            ("50k".parse().unwrap(), "50k"),
            (Quantity::of(7.0, Printed::base("{request}/s")), "7 {request}/s"),
        ] {
            assert_eq!(quantity.written(), text);
            assert_eq!(text.parse::<Quantity>(), Ok(quantity));
        }
        assert_eq!(shift.written(), "0.3 s", "a tenth of a second has no name");
    }

    #[test]
    fn it_prints_in_the_base_unit() {
        assert_eq!(Quantity::us(500.0).to_string(), "0.0005 s");
        assert_eq!(Quantity::percent(5.0).to_string(), "0.05");
    }
}

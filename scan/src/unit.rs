//! Units: the base unit of a metric, the unit a tool printed, and how one becomes the other.
//!
//! Codes are [UCUM](https://ucum.org) case sensitive codes, always without a prefix: `s`, `By`, `By/s`, `1`, `Hz`, and
//! annotations for what is counted: `{request}/s`.

use std::fmt;

mod intern;
mod quantity;
mod spelling;

pub use intern::intern;
pub use quantity::{Quantity, QuantityError};
pub use spelling::{UnitError, spelled};

/// A base unit: a UCUM code without a prefix.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(&'static str);

impl Unit {
    /// Second.
    pub const SECOND: Self = Self("s");
    /// Byte.
    pub const BYTE: Self = Self("By");
    /// Bytes a second.
    pub const BYTE_PER_SECOND: Self = Self("By/s");
    /// A ratio; never a percentage.
    pub const RATIO: Self = Self("1");
    /// Hertz.
    pub const HERTZ: Self = Self("Hz");
    /// How often in a second, whatever is counted: the unit of a bound, never of a metric.
    pub const PER_SECOND: Self = Self("/s");

    /// The unit with this UCUM code, which must have no prefix.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self(code)
    }

    /// The unit with a code that is known at run time only. Each different code is kept for the life of the process.
    #[must_use]
    pub fn named(code: &str) -> Self {
        Self(intern::intern(code))
    }

    /// True when a number in `other` can be held against one in this unit: the same unit, or for [`Unit::PER_SECOND`] any count in
    /// a second.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self == other
            || (self == Self::PER_SECOND && (other == Self::HERTZ || other.0.starts_with('{') && other.0.ends_with("}/s")))
    }

    /// The UCUM code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unit({})", self.0)
    }
}

/// What a printed number is multiplied by: `mul * 10^exp10 * 2^exp2`.
///
/// The power of ten is applied to the text of the number, the other two are exact in a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scale {
    /// A small whole factor, such as 60 for minutes.
    pub mul: u32,
    /// The power of ten.
    pub exp10: i8,
    /// The power of two, such as 10 for Ki and -3 for bits.
    pub exp2: i8,
}

impl Scale {
    /// The number is in the base unit as it stands.
    pub const ONE: Self = Self { mul: 1, exp10: 0, exp2: 0 };

    /// The scale as one factor; exact decimal scaling is [`crate::number::value`]'s.
    #[must_use]
    pub fn factor(self) -> f64 {
        f64::from(self.mul) * 10f64.powi(i32::from(self.exp10)) * 2f64.powi(i32::from(self.exp2))
    }
}

/// A unit as a tool prints it: the base unit and the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Printed {
    /// The base unit of the value.
    pub unit: Unit,
    /// What the printed number is multiplied by.
    pub scale: Scale,
}

impl Printed {
    /// Numbers printed in the base unit with this UCUM code: `Printed::base("{request}/s")`.
    #[must_use]
    pub const fn base(code: &'static str) -> Self {
        Self { unit: Unit::new(code), scale: Scale::ONE }
    }

    /// The same unit, printed in powers of ten of it: `shift(3)` for kilo, `shift(-6)` for micro.
    #[must_use]
    pub const fn shift(self, exp10: i8) -> Self {
        Self { scale: Scale { exp10: self.scale.exp10 + exp10, ..self.scale }, ..self }
    }

    /// The same unit, printed in powers of two of it: `shift2(10)` for kibi, `shift2(20)` for mebi.
    #[must_use]
    pub const fn shift2(self, exp2: i8) -> Self {
        Self { scale: Scale { exp2: self.scale.exp2 + exp2, ..self.scale }, ..self }
    }

    const fn times(self, mul: u32) -> Self {
        Self { scale: Scale { mul, ..self.scale }, ..self }
    }
}

macro_rules! printed {
    ($($(#[$doc:meta])* $name:ident = $value:expr;)*) => { $($(#[$doc])* pub const $name: Printed = $value;)* };
}

printed! {
    /// Seconds.
    SECOND = Printed::base("s");
    /// Milliseconds.
    MS = SECOND.shift(-3);
    /// Microseconds.
    US = SECOND.shift(-6);
    /// Nanoseconds.
    NS = SECOND.shift(-9);
    /// Minutes.
    MINUTE = SECOND.times(60);
    /// Hours.
    HOUR = SECOND.times(3600);
    /// Bytes.
    BYTE = Printed::base("By");
    /// 1000 bytes.
    KB = BYTE.shift(3);
    /// 1000^2 bytes.
    MB = BYTE.shift(6);
    /// 1000^3 bytes.
    GB = BYTE.shift(9);
    /// 1024 bytes.
    KIB = BYTE.shift2(10);
    /// 1024^2 bytes.
    MIB = BYTE.shift2(20);
    /// 1024^3 bytes.
    GIB = BYTE.shift2(30);
    /// 1024^4 bytes.
    TIB = BYTE.shift2(40);
    /// Bytes a second.
    BYTE_PER_S = Printed::base("By/s");
    /// 1000 bytes a second.
    KB_PER_S = BYTE_PER_S.shift(3);
    /// 1000^2 bytes a second.
    MB_PER_S = BYTE_PER_S.shift(6);
    /// 1000^3 bytes a second.
    GB_PER_S = BYTE_PER_S.shift(9);
    /// 1024 bytes a second.
    KIB_PER_S = BYTE_PER_S.shift2(10);
    /// 1024^2 bytes a second.
    MIB_PER_S = BYTE_PER_S.shift2(20);
    /// 1024^3 bytes a second.
    GIB_PER_S = BYTE_PER_S.shift2(30);
    /// 1024^4 bytes a second.
    TIB_PER_S = BYTE_PER_S.shift2(40);
    /// Bits a second.
    BIT_PER_S = BYTE_PER_S.shift2(-3);
    /// 1000 bits a second.
    KBIT_PER_S = BIT_PER_S.shift(3);
    /// 1000^2 bits a second.
    MBIT_PER_S = BIT_PER_S.shift(6);
    /// 1000^3 bits a second.
    GBIT_PER_S = BIT_PER_S.shift(9);
    /// A ratio printed as such.
    RATIO = Printed::base("1");
    /// A ratio printed as a percentage.
    PERCENT = RATIO.shift(-2);
    /// Hertz.
    HERTZ = Printed::base("Hz");
    /// How often in a second, whatever is counted.
    PER_S = Printed::base("/s");
}

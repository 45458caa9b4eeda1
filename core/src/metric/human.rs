use std::fmt;

use prill_scan::Unit;

/// A value in its base unit, shown as people write it: `15.98 ms`, `38 MiB/s`, `5.86 GHz`, `23.4 k/s`.
///
/// Times, sizes and rates of sizes have four significant digits in the unit that suits them. Anything else stands as it is
/// below 10,000 and has an SI suffix from there on; a ratio always stands as it is. What [`Human::is_rounded`] denies is
/// the exact value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Human {
    value: f64,
    unit: Option<Unit>,
}

/// The numbers that have a suffix.
const SUFFIXED: std::ops::Range<f64> = 10_000.0..1e21;

/// Each step: how many of the base unit it is, and its spelling.
type Steps = &'static [(f64, &'static str)];

const TIMES: Steps = &[(1e-9, "ns"), (1e-6, "us"), (1e-3, "ms"), (1.0, "s"), (60.0, "min"), (3600.0, "h")];
const SIZES: Steps = &[(1.0, "B"), (1024.0, "KiB"), (1_048_576.0, "MiB"), (1_073_741_824.0, "GiB"), (1_099_511_627_776.0, "TiB")];
const SUFFIXES: Steps = &[(1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T"), (1e15, "P"), (1e18, "E")];

impl Human {
    /// `value` in the base unit `unit`; a plain number where the unit is not known.
    #[must_use]
    pub const fn new(value: f64, unit: Option<Unit>) -> Self {
        Self { value, unit }
    }

    /// True when digits are left out or the number stands in another unit than the base unit.
    #[must_use]
    pub fn is_rounded(self) -> bool {
        let (number, _) = self.parts();
        number.parse() != Ok(self.value)
    }

    /// The number, and what stands behind it.
    fn parts(self) -> (String, String) {
        let code = self.unit.map(Unit::code).unwrap_or_default();
        if self.value == 0.0 || !self.value.is_finite() {
            return (as_is(self.value), after(code));
        }
        match code {
            "s" => stepped(self.value, TIMES, ""),
            "By" => stepped(self.value, SIZES, ""),
            "By/s" => stepped(self.value, SIZES, "/s"),
            "1" => (as_is(self.value), String::new()),
            _ if !SUFFIXED.contains(&self.value.abs()) => (as_is(self.value), after(code)),
            _ => {
                let (number, suffix) = stepped(self.value, SUFFIXES, "");
                (number, format!("{suffix}{}", after(code).trim_start()))
            }
        }
    }
}

impl fmt::Display for Human {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = self.parts();
        f.pad(&format!("{number}{unit}"))
    }
}

/// What stands behind a number in a base unit. What is counted is in the metric's name, so an annotation is left out.
fn after(code: &str) -> String {
    match code {
        "" | "1" => String::new(),
        "By" => " B".to_owned(),
        "By/s" => " B/s".to_owned(),
        _ if code.starts_with('{') => match code.split_once('}') {
            Some((_, "")) | None => String::new(),
            Some((_, per)) => format!(" {per}"),
        },
        _ => format!(" {code}"),
    }
}

/// In the largest step of which there is at least one after rounding, so that it never says `1000 us`. Minutes and hours
/// begin at two: a limit of 90 s is better read in seconds.
fn stepped(value: f64, steps: Steps, per: &str) -> (String, String) {
    let mut shown = (significant(value / steps[0].0), steps[0].1);
    for (size, spelling) in &steps[1..] {
        let least = if matches!(*spelling, "min" | "h") { 2.0 } else { 1.0 };
        let number = significant(value / size);
        if number.parse::<f64>().is_ok_and(|n| n.abs() >= least) {
            shown = (number, spelling);
        }
    }
    (shown.0, format!(" {}{per}", shown.1))
}

/// Four significant digits, without zeros that say nothing.
fn significant(value: f64) -> String {
    format!("{value:.3e}").parse().map_or_else(|_| as_is(value), as_is)
}

/// The shortest decimal that is this float.
fn as_is(value: f64) -> String {
    if value == 0.0 {
        "0".to_owned()
    } else if (1e-4..1e15).contains(&value.abs()) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn human(value: f64, code: &str) -> String {
        Human::new(value, (!code.is_empty()).then(|| Unit::named(code))).to_string()
    }

    #[test]
    fn times_and_sizes_are_shown_in_the_unit_that_suits_them() {
        for (value, code, shown) in [
            (0.015984, "s", "15.98 ms"),
            (0.000431, "s", "431 us"),
            (0.000_999_96, "s", "1 ms"),
            (5e-10, "s", "0.5 ns"),
            (90.0, "s", "90 s"),
            (150.0, "s", "2.5 min"),
            (7200.0, "s", "2 h"),
            (-0.002, "s", "-2 ms"),
            (0.0, "s", "0 s"),
            (512.0, "By", "512 B"),
            (1_048_570.0, "By", "1 MiB"),
            (39_845_888.0, "By/s", "38 MiB/s"),
            (5e15, "By", "4547 TiB"),
        ] {
            assert_eq!(human(value, code), shown);
        }
    }

    #[test]
    fn other_numbers_have_a_suffix_from_ten_thousand_on() {
        for (value, code, shown) in [
            (5860.25, "{request}/s", "5860.25 /s"),
            (23_454.0, "{request}/s", "23.45 k/s"),
            (50_000.0, "{error}", "50 k"),
            (2_400_000_000.0, "Hz", "2.4 GHz"),
            (9999.5, "", "9999.5"),
            (12_000_000.0, "", "12 M"),
            (0.5092, "1", "0.5092"),
            (123_456.0, "1", "123456"),
            (1e30, "", "1e30"),
        ] {
            assert_eq!(human(value, code), shown);
        }
    }

    #[test]
    fn it_knows_when_it_is_not_the_exact_base_value() {
        let rounded = |value, unit| Human::new(value, Some(unit)).is_rounded();
        assert!(rounded(0.000431, Unit::SECOND));
        assert!(!rounded(1.5, Unit::SECOND));
        assert!(rounded(1.23456, Unit::SECOND));
        assert!(!rounded(0.123456, Unit::RATIO));
        assert!(!rounded(512.0, Unit::BYTE));
    }
}

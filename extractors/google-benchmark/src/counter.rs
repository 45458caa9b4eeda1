use std::borrow::Cow;

use prill_core::extract::Emit;
use prill_core::scan::{Scale, number, unit};
use prill_core::{MetricSink, Polarity, Printed, Unit};

/// A counter of a row, a user's or one of the library's.
#[derive(Clone, Debug)]
pub(crate) struct Counter<'t> {
    pub(crate) name: Cow<'t, str>,
    pub(crate) token: &'t str,
    pub(crate) scale: Scale,
    /// `None` where the report does not say.
    pub(crate) unit: Option<Unit>,
}

const COUNTS: Unit = Unit::new("{count}/s");
const ITEMS: Unit = Unit::new("{item}/s");
const ALLOCATIONS: Unit = Unit::new("{allocation}");

impl<'t> Counter<'t> {
    /// The counter `name` with the value `value` of the console: `36.2538G/s`, `298.561ps`, `500n`, `0.14%`.
    pub(crate) fn console(name: &'t str, value: &'t str) -> Option<Self> {
        let (token, suffix) = number::leading(value).or_else(|| not_finite(value))?;
        let (scale, unit) = read_suffix(suffix, name == "bytes_per_second")?;
        let unit = if unit == Some(Unit::RATIO) { unit } else { unit_of(name).or(unit) };
        Some(Self { name: name.into(), token, scale, unit })
    }

    /// The counter `name` of a report that prints the bare number.
    pub(crate) fn bare(name: Cow<'t, str>, token: &'t str) -> Self {
        let unit = unit_of(&name).or_else(|| is_rate(&name).then_some(COUNTS));
        Self { name, token, scale: Scale::ONE, unit }
    }

    /// Name of the metric, whether it needs the counter's name as a label, and polarity.
    pub(crate) fn metric(&self) -> (&'static str, bool, Polarity) {
        match &*self.name {
            "bytes_per_second" => ("throughput", false, Polarity::Higher),
            "items_per_second" => ("item.rate", false, Polarity::Higher),
            "allocs_per_iter" => ("allocation.count", false, Polarity::Lower),
            "max_bytes_used" => ("heap.max", false, Polarity::Lower),
            "total_allocated_bytes" => ("allocation.bytes", false, Polarity::Lower),
            "net_heap_growth" => ("heap.growth", false, Polarity::Lower),
            _ => ("counter", true, Polarity::Unknown),
        }
    }

    /// Puts the value into the metric that `begin` begins.
    pub(crate) fn push<'s>(&self, out: &'s mut MetricSink, begin: impl FnOnce(&'s mut MetricSink) -> Emit<'s>) {
        match self.unit {
            Some(unit) => begin(out).unit(Printed { unit, scale: self.scale }).push(self.token),
            None if self.scale == Scale::ONE => begin(out).push(self.token),
            // A prefix of a unit that nobody knows.
            None => {
                let (span, value) = (out.span_of(self.token), number::value(self.token, self.scale));
                begin(out).push_derived(value.unwrap_or(f64::NAN), vec![span]);
            }
        }
    }
}

/// What `printf` prints for no finite number, at the start of `text`, and what follows it.
pub(crate) fn not_finite(text: &str) -> Option<(&str, &str)> {
    let word = ["inf", "-inf", "nan", "-nan"].into_iter().find(|word| text.starts_with(word))?;
    Some(text.split_at(word.len()))
}

fn unit_of(name: &str) -> Option<Unit> {
    Some(match name {
        "bytes_per_second" => Unit::BYTE_PER_SECOND,
        "items_per_second" => ITEMS,
        "allocs_per_iter" => ALLOCATIONS,
        "max_bytes_used" | "total_allocated_bytes" | "net_heap_growth" => Unit::BYTE,
        _ => return None,
    })
}

/// Whether a user's counter is a rate by its name, where the report does not say.
fn is_rate(name: &str) -> bool {
    name == "rate" || name.ends_with("_per_second") || name.ends_with("/s")
}

/// Scale and unit of what `HumanReadableNumber` of `string_util.cc` and `PrintRunData` put behind a number; `None` for anything else.
fn read_suffix(suffix: &str, is_bytes: bool) -> Option<(Scale, Option<Unit>)> {
    if suffix == "%" {
        return Some((unit::PERCENT.scale, Some(Unit::RATIO)));
    }
    // A rate that was inverted is a time.
    let units = [("/s", COUNTS), ("s", Unit::SECOND)];
    let found = units.into_iter().find_map(|(word, unit)| Some((suffix.strip_suffix(word)?, Some(unit))));
    let (prefix, unit) = found.unwrap_or((suffix, None));
    let (letter, binary) = prefix.strip_suffix('i').map_or((prefix, false), |letter| (letter, true));
    let mut letters = letter.chars();
    let power = match (letters.next(), letters.next()) {
        (None, _) => 0,
        (Some(letter), None) => power(letter)?,
        _ => return None,
    };
    // Before 1.8 the binary prefixes had no `i`; bytes a second are always binary.
    let scale = if binary || is_bytes { Printed::base("").shift2(10 * power) } else { Printed::base("").shift(3 * power) };
    Some((scale.scale, unit))
}

fn power(letter: char) -> Option<i8> {
    let place = |letters: &str| letters.find(letter).and_then(|at| i8::try_from(at + 1).ok());
    place("kMGTPEZY").or_else(|| place("munpfazy").map(|p| -p)).or_else(|| (letter == 'K').then_some(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str, text: &str) -> Option<(f64, Option<String>)> {
        let counter = Counter::console(name, text)?;
        Some((number::value(counter.token, counter.scale)?, counter.unit.map(|u| u.to_string())))
    }

    #[test]
    fn a_counter_has_the_unit_that_it_is_printed_with() {
        let unit = |unit: &str| Some(unit.to_owned());
        assert_eq!(value("depth", "3.5"), Some((3.5, None)));
        assert_eq!(value("bytes_per_second", "36.5G/s"), Some((36.5 * 1_073_741_824.0, unit("By/s"))));
        assert_eq!(value("bytes_per_second", "11.5Gi/s"), Some((11.5 * 1_073_741_824.0, unit("By/s"))));
        assert_eq!(value("items_per_second", "271.779M/s"), Some((271_779_000.0, unit("{item}/s"))));
        assert_eq!(value("items_per_second", "0.14%"), Some((0.0014, unit("1"))));
        assert_eq!(value("rate", "363.771/s"), Some((363.771, unit("{count}/s"))));
        assert_eq!(value("inv", "298.561ps"), Some((298.561e-12, unit("s"))));
        assert_eq!(value("mem", "2Mi"), Some((2_097_152.0, None)));
        assert_eq!(value("tiny", "500n"), Some((5e-7, None)));
        for junk in ["abc", "5x", "5kk", "", "5.5.5", "5 "] {
            assert_eq!(value("depth", junk), None, "{junk}");
        }
    }
}

use prill_core::extract::Emit;
use prill_core::scan::{Scale, number, unit};
use prill_core::{MetricSink, Polarity, Printed, Unit};

use crate::line::COLUMNS;

/// What the rows of a benchmark hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// `max alloc:`, what was allocated at the same time
    Live,
    /// `alloc:`, `dealloc:`, `grow:`, `shrink:`
    Calls(&'static str),
}

/// The kind that a cell announces for the two rows that follow it.
pub(crate) fn kind(cell: &str) -> Option<Kind> {
    Some(match cell {
        "max alloc:" => Kind::Live,
        "alloc:" => Kind::Calls("allocation"),
        "dealloc:" => Kind::Calls("deallocation"),
        "grow:" => Kind::Calls("growth"),
        "shrink:" => Kind::Calls("shrinkage"),
        _ => return None,
    })
}

const SAMPLES: Printed = Printed::base("{sample}");
const ITERATIONS: Printed = Printed::base("{iteration}");
const ALLOCATIONS: Printed = Printed::base("{allocation}");

/// The row with the times.
pub(crate) fn times(benchmark: &str, cells: &[&str; COLUMNS], is_whole: bool, out: &mut MetricSink) {
    let samples: Option<u64> = cells[4].parse().ok();
    for (cell, stat) in cells.iter().zip(["min", "max", "p50", "mean"]) {
        let Some((token, printed)) = value(cell).and_then(|(token, word)| Some((token, time(word)?))) else { continue };
        let metric = out.metric("time").stat(stat).label("benchmark", benchmark).unit(printed).lower();
        // `FineDuration` counts picoseconds.
        metric.resolution(1e-12).samples(samples).push(token);
    }
    for (token, name, printed) in [(cells[4], "sample.count", SAMPLES), (cells[5], "iteration.count", ITERATIONS)] {
        if !token.is_empty() && (is_whole || name == "sample.count") {
            out.metric(name).label("benchmark", benchmark).unit(printed).informational().push(token);
        }
    }
}

/// A row of throughputs: the fastest sample has the highest one. False when it is none.
pub(crate) fn rates(benchmark: &str, cells: &[&str; COLUMNS], out: &mut MetricSink) -> bool {
    let mut any = false;
    for (cell, stat) in cells.iter().zip(["max", "min", "p50", "mean"]) {
        let Some((token, (name, printed))) = value(cell).and_then(|(token, word)| Some((token, rate(word)?))) else { continue };
        out.metric(name).stat(stat).label("benchmark", benchmark).unit(printed).higher().push(token);
        any = true;
    }
    any
}

/// A row of allocations in an iteration: how many, or their bytes. Columns are those of one sample each, but for the mean.
pub(crate) fn allocations(benchmark: &str, kind: Kind, cells: &[&str; COLUMNS], out: &mut MetricSink) {
    for (cell, sample) in cells.iter().zip([Some("fastest"), Some("slowest"), Some("median"), None]) {
        let Some((token, word)) = value(cell) else { continue };
        let bytes = size(word);
        let name = match (kind, bytes.is_some()) {
            (Kind::Live, true) => "heap.max".to_owned(),
            (Kind::Live, false) => "heap.allocations.max".to_owned(),
            (Kind::Calls(call), true) => format!("{call}.bytes"),
            (Kind::Calls(call), false) => format!("{call}.count"),
        };
        let metric = out.metric(&name).label("benchmark", benchmark).unit(bytes.unwrap_or(ALLOCATIONS)).polarity(Polarity::Lower);
        sample.into_iter().fold(metric, |metric: Emit<'_>, sample| metric.label("sample", sample)).push(token);
    }
}

/// `29.73 ns`, `10`: the number and what follows it. `inf` is taken for a number here, and refused when it is put in.
fn value(cell: &str) -> Option<(&str, &str)> {
    let (token, word) = cell.split_once(' ').unwrap_or((cell, &cell[cell.len()..]));
    (number::is_token(token) || ["inf", "NaN"].contains(&token)).then_some((token, word))
}

/// `TimeScale::suffix` of `fine_duration.rs`.
fn time(word: &str) -> Option<Printed> {
    Some(match word {
        "ps" => unit::SECOND.shift(-12),
        "ns" => unit::NS,
        "µs" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        "m" => unit::MINUTE,
        "h" => unit::HOUR,
        "d" => Printed { unit: Unit::SECOND, scale: Scale { mul: 86_400, ..Scale::ONE } },
        _ => return None,
    })
}

/// `Scale::suffix` of `util/fmt.rs`. `KB` is 1000 bytes there, beside `KiB`.
fn size(word: &str) -> Option<Printed> {
    let (prefix, binary) = match word.strip_suffix("iB") {
        Some(prefix) => (prefix, true),
        None => (word.strip_suffix('B')?, false),
    };
    let power = power(prefix)?;
    Some(if binary { unit::BYTE.shift2(10 * power) } else { unit::BYTE.shift(3 * power) })
}

fn rate(word: &str) -> Option<(&'static str, Printed)> {
    if let Some(prefix) = word.strip_suffix("Hz") {
        return Some(("cycle.rate", unit::HERTZ.shift(3 * power(prefix)?)));
    }
    let counted = word.strip_suffix("/s")?;
    if let Some(bytes) = size(counted) {
        return Some(("throughput", Printed { unit: Unit::BYTE_PER_SECOND, scale: bytes.scale }));
    }
    let kinds = [("item", "item.rate", Printed::base("{item}/s")), ("char", "character.rate", Printed::base("{character}/s"))];
    kinds.into_iter().find_map(|(word, name, printed)| Some((name, printed.shift(3 * power(counted.strip_suffix(word)?)?))))
}

fn power(prefix: &str) -> Option<i8> {
    let prefixes = ["", "K", "M", "G", "T", "P"];
    prefixes.iter().position(|p| *p == prefix).and_then(|power| i8::try_from(power).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_decimal_unless_they_say_otherwise() {
        assert_eq!(size("KB"), Some(unit::KB));
        assert_eq!(size("KiB"), Some(unit::KIB));
        assert_eq!(size("B"), Some(unit::BYTE));
        assert_eq!(size("kB"), None);
        assert_eq!(rate("GiB/s"), Some(("throughput", unit::GIB_PER_S)));
        assert_eq!(rate("MHz"), Some(("cycle.rate", unit::HERTZ.shift(6))));
        assert_eq!(rate("Kitem/s").map(|r| r.1.scale.exp10), Some(3));
        assert_eq!(rate("ns"), None);
        assert_eq!(time("d").map(|p| p.scale.factor()), Some(86_400.0));
    }
}

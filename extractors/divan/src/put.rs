use prill_core::extract::{Kept, LabelSet};
use prill_core::scan::{Scale, number, unit};
use prill_core::{MetricSink, Printed, Unit};

use crate::line::COLUMNS;

/// What the rows of a benchmark hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// `max alloc:`, what was allocated at the same time
    Live,
    /// `alloc:`, `dealloc:`, `grow:`, `shrink:`: the names of how many there were and of their bytes.
    Calls(&'static str, &'static str),
}

/// The kind that a cell announces for the two rows that follow it.
pub(crate) fn kind(cell: &str) -> Option<Kind> {
    Some(match cell {
        "max alloc:" => Kind::Live,
        "alloc:" => Kind::Calls("allocation.count", "allocation.bytes"),
        "dealloc:" => Kind::Calls("deallocation.count", "deallocation.bytes"),
        "grow:" => Kind::Calls("growth.count", "growth.bytes"),
        "shrink:" => Kind::Calls("shrinkage.count", "shrinkage.bytes"),
        _ => return None,
    })
}

const SAMPLES: Printed = Printed::base("{sample}");
const ITERATIONS: Printed = Printed::base("{iteration}");
const ALLOCATIONS: Printed = Printed::base("{allocation}");

/// Puts in the rows of one benchmark after the other.
#[derive(Default)]
pub(crate) struct Put {
    /// The labels of this benchmark, and with them those of single samples.
    sets: [Option<LabelSet>; 4],
    times: Kept<(usize, Printed)>,
    counts: Kept<usize>,
    rates: Kept<(&'static str, usize, Printed)>,
    allocations: Kept<(&'static str, Printed)>,
}

/// The statistics of the columns, for times and for rates: the fastest sample has the highest one.
const TIMES: [&str; 4] = ["min", "max", "p50", "mean"];
const RATES: [&str; 4] = ["max", "min", "p50", "mean"];
/// Columns of allocations are those of one sample each, but for the mean.
const ONES: [Option<&str>; 4] = [Some("fastest"), Some("slowest"), Some("median"), None];
const MEAN: usize = 3;

impl Put {
    /// The next rows are of another benchmark.
    pub(crate) fn next(&mut self) {
        self.sets = [None; 4];
    }

    /// The row with the times.
    pub(crate) fn times(&mut self, benchmark: &str, cells: &[&str; COLUMNS], is_whole: bool, out: &mut MetricSink) {
        let labels = self.labels(MEAN, benchmark, out);
        let samples: Option<u64> = cells[4].parse().ok();
        for (at, cell) in cells[..TIMES.len()].iter().enumerate() {
            let Some((token, printed)) = value(cell).and_then(|(token, word)| Some((token, time(word)?))) else { continue };
            // `FineDuration` counts picoseconds.
            let begin = |_: &_| out.metric("time").stat(TIMES[at]).unit(printed).lower().resolution(1e-12).series();
            let series = self.times.get((at, printed), begin);
            out.push(series.labels(labels).samples(samples), token);
        }
        for (at, name, printed) in [(4, "sample.count", SAMPLES), (5, "iteration.count", ITERATIONS)] {
            if !cells[at].is_empty() && (is_whole || at == 4) {
                let series = self.counts.get(at, |_| out.metric(name).unit(printed).informational().series());
                out.push(series.labels(labels), cells[at]);
            }
        }
    }

    /// A row of throughputs. False when it is none.
    pub(crate) fn rates(&mut self, benchmark: &str, cells: &[&str; COLUMNS], out: &mut MetricSink) -> bool {
        let mut any = false;
        for (at, cell) in cells[..RATES.len()].iter().enumerate() {
            let found = value(cell).and_then(|(token, word)| Some((token, rate(word)?)));
            let Some((token, (name, printed))) = found else { continue };
            let labels = self.labels(MEAN, benchmark, out);
            let begin = |_: &_| out.metric(name).stat(RATES[at]).unit(printed).higher().series();
            let series = self.rates.get((name, at, printed), begin);
            out.push(series.labels(labels), token);
            any = true;
        }
        any
    }

    /// A row of allocations in an iteration: how many, or their bytes.
    pub(crate) fn allocations(&mut self, benchmark: &str, kind: Kind, cells: &[&str; COLUMNS], out: &mut MetricSink) {
        for (at, cell) in cells[..ONES.len()].iter().enumerate() {
            let Some((token, word)) = value(cell) else { continue };
            let bytes = size(word);
            let name = match (kind, bytes.is_some()) {
                (Kind::Live, true) => "heap.max",
                (Kind::Live, false) => "heap.allocations.max",
                (Kind::Calls(_, bytes), true) => bytes,
                (Kind::Calls(count, _), false) => count,
            };
            let printed = bytes.unwrap_or(ALLOCATIONS);
            let labels = self.labels(at, benchmark, out);
            let series = self.allocations.get((name, printed), |_| out.metric(name).unit(printed).lower().series());
            out.push(series.labels(labels), token);
        }
    }

    fn labels(&mut self, at: usize, benchmark: &str, out: &mut MetricSink) -> LabelSet {
        *self.sets[at].get_or_insert_with(|| {
            let sample = ONES[at].map(|sample| ("sample", sample));
            out.labels([("benchmark", benchmark)].into_iter().chain(sample))
        })
    }
}

/// `29.73 ns`, `10`: the number and what follows it. `inf` is taken for a number here, and refused when it is put in.
fn value(cell: &str) -> Option<(&str, &str)> {
    let end = cell.bytes().position(|byte| byte == b' ').unwrap_or(cell.len());
    let (token, word) = (&cell[..end], cell.get(end + 1..).unwrap_or_default());
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

//! The metrics that come again with every interval: each is looked up once.

use prill_core::Polarity;
use prill_core::extract::Series;
use prill_core::scan::Printed;

use crate::header::Kind;

/// What a metric is, but for its labels and its number.
#[derive(Clone, Copy)]
pub(crate) struct About {
    pub(crate) name: &'static str,
    /// Empty for a name without one.
    pub(crate) stat: &'static str,
    pub(crate) printed: Option<Printed>,
    pub(crate) polarity: Polarity,
}

/// A place for one of them.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    Table(Kind, Stat),
    Runtime,
    CurrentRate,
    MessageDelay,
    WorkerDelay,
}

/// What schbench prints of a distribution, in one of its versions.
#[derive(Clone, Copy)]
pub(crate) enum Stat {
    Count,
    P20,
    P50,
    P75,
    P90,
    P95,
    P99,
    P99_5,
    P99_9,
    Min,
    Max,
}

const STATS: usize = Stat::Max as usize + 1;
const KINDS: usize = Kind::Rps as usize + 1;

/// The series that were looked up.
pub(crate) struct Known {
    series: [Option<(About, Series)>; KINDS * STATS + 4],
    /// The unit of the last table of each kind, and what one of it is in the base unit.
    units: [(Option<Printed>, f64); KINDS],
}

impl Default for Known {
    fn default() -> Self {
        Self { series: [None; KINDS * STATS + 4], units: [(None, 1.0); KINDS] }
    }
}

impl Known {
    #[inline]
    pub(crate) fn get(&mut self, slot: Slot) -> &mut Option<(About, Series)> {
        &mut self.series[slot.index()]
    }

    /// A table of `kind` in this unit follows. Gives one of it in the base unit. No output has tables of one kind in several
    /// units, but a text may.
    pub(crate) fn read(&mut self, kind: Kind, printed: Option<Printed>) -> f64 {
        let (known, one) = &mut self.units[kind as usize];
        if *known != printed {
            *known = printed;
            *one = printed.map_or(1.0, |printed| printed.scale.factor());
            self.series[kind as usize * STATS..][..STATS].fill(None);
        }
        *one
    }
}

impl Slot {
    #[inline]
    fn index(self) -> usize {
        match self {
            Self::Table(kind, stat) => kind as usize * STATS + stat as usize,
            Self::Runtime => KINDS * STATS,
            Self::CurrentRate => KINDS * STATS + 1,
            Self::MessageDelay => KINDS * STATS + 2,
            Self::WorkerDelay => KINDS * STATS + 3,
        }
    }
}

impl Stat {
    /// The statistic of a percentile as printed; `None` for one that schbench has never printed.
    #[inline]
    pub(crate) fn of(percentile: &str) -> Option<Self> {
        Some(match percentile.as_bytes() {
            b"20.0" => Self::P20,
            b"50.0" | b"50.0000" => Self::P50,
            b"75.0" | b"75.0000" => Self::P75,
            b"90.0" | b"90.0000" => Self::P90,
            b"95.0" | b"95.0000" => Self::P95,
            b"99.0" | b"99.0000" => Self::P99,
            b"99.5" | b"99.5000" => Self::P99_5,
            b"99.9" | b"99.9000" => Self::P99_9,
            _ => return None,
        })
    }

    /// Its segment in a name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::P20 => "p20",
            Self::P50 => "p50",
            Self::P75 => "p75",
            Self::P90 => "p90",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::P99_5 => "p99_5",
            Self::P99_9 => "p99_9",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

#[cfg(test)]
mod tests {
    use prill_core::scan::percentile;

    use super::*;

    #[test]
    fn a_percentile_has_the_name_that_all_formats_give_it() {
        for printed in ["20.0", "50.0", "50.0000", "75.0", "90.0000", "95.0", "99.0", "99.5000", "99.9", "99.9000"] {
            assert_eq!(Stat::of(printed).map(|stat| stat.name().to_owned()), percentile::stat(printed), "{printed}");
        }
        assert!(Stat::of("99.99").is_none());
    }
}

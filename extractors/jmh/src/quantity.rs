use prill_core::scan::{Scale, percentile, unit};
use prill_core::{Polarity, Printed};

/// What a score is: the name of the metric, its unit and direction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantity<'t> {
    /// Without a statistic.
    pub(crate) name: &'static str,
    /// The statistic of the score itself.
    pub(crate) stat: Option<String>,
    pub(crate) unit: Option<Printed>,
    pub(crate) polarity: Polarity,
    /// A label that tells it from others: of a counter its name.
    pub(crate) label: Option<(&'static str, &'t str)>,
    /// It belongs to the benchmark itself, and not to a part with a name of its own.
    pub(crate) whole: bool,
}

const RATE: Printed = Printed::base("{operation}/s");
const COLLECTION: Printed = Printed::base("{collection}");
const EVENT: Printed = Printed::base("{event}");

impl<'t> Quantity<'t> {
    /// The score of a benchmark in the unit `printed`, or of the secondary result `label`.
    pub(crate) fn of(label: Option<&'t str>, printed: &str) -> Self {
        let Some(label) = label else { return Self::score(printed) };
        // Before 1.37 what a profiler or the sample mode adds is marked with a dot: `·gc.time`, `test·p0.50`.
        let short = label.rsplit('\u{b7}').next().unwrap_or(label);
        if let Some(stat) = sampled(short).filter(|_| time(printed).is_some()) {
            return Self { stat: Some(stat), ..Self::score(printed) };
        }
        Self::profiled(short, printed).unwrap_or_else(|| {
            if short == label && (rate(printed).is_some() || time(printed).is_some()) {
                // A method of a group, or a counter of operations.
                return Self { whole: false, ..Self::score(printed) };
            }
            Self { label: Some(("counter", short)), ..Self::counter(printed) }
        })
    }

    /// One of the percentiles that the sample mode has.
    pub(crate) fn is_percentile(&self) -> bool {
        self.stat.as_deref().is_some_and(|stat| stat != "mean")
    }

    fn plain(name: &'static str, unit: Option<Printed>, polarity: Polarity) -> Self {
        Self { name, stat: None, unit, polarity, label: None, whole: true }
    }

    /// Operations in a time, or the time of an operation. The mode decides which, and the unit says it.
    fn score(printed: &str) -> Self {
        match (rate(printed), time(printed)) {
            (Some(unit), _) => Self::plain("operation.rate", unit, Polarity::Higher),
            (None, Some(unit)) => Self { stat: Some("mean".to_owned()), ..Self::plain("time", Some(unit), Polarity::Lower) },
            (None, None) => Self::plain("score", None, Polarity::Unknown),
        }
    }

    /// What `GCProfiler.java` adds; its megabytes are 1024^2 bytes.
    fn profiled(label: &'t str, printed: &str) -> Option<Self> {
        let lower = |name, unit| Some(Self::plain(name, Some(unit), Polarity::Lower));
        match (label, printed) {
            ("gc.alloc.rate", "MB/sec") => lower("allocation.rate", unit::MIB_PER_S),
            ("gc.alloc.rate.norm", "B/op") => lower("allocation.bytes", unit::BYTE),
            ("gc.count", _) => lower("gc.count", COLLECTION),
            ("gc.time", "ms") => lower("gc.time", unit::MS),
            _ => {
                let space = label.strip_prefix("gc.churn.")?;
                let (name, space, unit) = match (space.strip_suffix(".norm"), printed) {
                    (Some(space), "B/op") => ("gc.churn.bytes", space, unit::BYTE),
                    (None, "MB/sec") => ("gc.churn.rate", space, unit::MIB_PER_S),
                    _ => return None,
                };
                Some(Self { label: Some(("space", space)), ..Self::plain(name, Some(unit), Polarity::Lower) })
            }
        }
    }

    /// What another profiler counts.
    fn counter(printed: &str) -> Self {
        match printed {
            "#" | "#/op" | "counts" | "count" => Self::plain("counter", Some(EVENT), Polarity::Unknown),
            "ns" | "us" | "ms" | "s" => Self::plain("counter", time(&format!("{printed}/op")), Polarity::Unknown),
            _ => Self::plain("counter", None, Polarity::Unknown),
        }
    }
}

/// `ops/ms`. A rate by the minute or longer has no decimal factor to one by the second, and no unit here.
fn rate(printed: &str) -> Option<Option<Printed>> {
    Some(match printed.strip_prefix("ops/")? {
        "ns" => Some(RATE.shift(9)),
        "us" => Some(RATE.shift(6)),
        "ms" => Some(RATE.shift(3)),
        "s" | "sec" => Some(RATE),
        "min" | "hr" | "day" => None,
        _ => return None,
    })
}

/// `us/op`, as `TimeValue.tuToString` has it.
fn time(printed: &str) -> Option<Printed> {
    const DAY: Printed = Printed { scale: Scale { mul: 86_400, ..Scale::ONE }, ..unit::SECOND };
    Some(match printed.strip_suffix("/op")? {
        "ns" => unit::NS,
        "us" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        "min" => unit::MINUTE,
        "hr" => unit::HOUR,
        "day" => DAY,
        _ => return None,
    })
}

/// The statistic that `p0.999` is, a share of the samples.
fn sampled(label: &str) -> Option<String> {
    let share = label.strip_prefix('p')?;
    let decimals = share.strip_prefix("0.").filter(|d| d.len() >= 2 && d.bytes().all(|b| b.is_ascii_digit()));
    match (share, decimals) {
        ("1.00", _) => Some("max".to_owned()),
        (_, Some(decimals)) => stat(&format!("{}.{}", &decimals[..2], &decimals[2..])),
        _ => None,
    }
}

/// The statistic that a percentage of the samples is: `50.0`, `99.9000`.
pub(crate) fn stat(percent: &str) -> Option<String> {
    let name = percentile::stat(percent.trim_start_matches('0')).or_else(|| percentile::stat(percent))?;
    Some(match name.as_str() {
        "p0" => "min".to_owned(),
        "p100" => "max".to_owned(),
        _ => name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_labels_say_what_a_score_is() {
        let of = |label, printed| {
            let quantity = Quantity::of(label, printed);
            let stat = quantity.stat.map(|stat| format!(".{stat}")).unwrap_or_default();
            format!("{}{stat} {:?} {:?}", quantity.name, quantity.unit.map(|u| (u.unit.code(), u.scale.exp10)), quantity.label)
        };
        assert_eq!(of(None, "ops/ms"), "operation.rate Some((\"{operation}/s\", 3)) None");
        assert_eq!(of(None, "us/op"), "time.mean Some((\"s\", -6)) None");
        assert_eq!(of(Some("test\u{b7}p0.9999"), "ms/op"), "time.p99_99 Some((\"s\", -3)) None");
        assert_eq!(of(Some("p0.00"), "ms/op"), "time.min Some((\"s\", -3)) None");
        assert_eq!(of(Some("p0.05"), "ms/op"), "time.p5 Some((\"s\", -3)) None");
        assert_eq!(
            of(Some("\u{b7}gc.churn.G1_Eden_Space.norm"), "B/op"),
            "gc.churn.bytes Some((\"By\", 0)) Some((\"space\", \"G1_Eden_Space\"))"
        );
        assert_eq!(of(Some("CPI"), "clks/insn"), "counter None Some((\"counter\", \"CPI\"))");
        assert_eq!(of(Some("get"), "ops/us"), "operation.rate Some((\"{operation}/s\", 6)) None");
        assert_eq!(of(None, "ops/min"), "operation.rate None None");
    }
}

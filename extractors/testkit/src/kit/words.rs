use prill_core::diagnostic::code;
use prill_core::metric::STATS;
use prill_core::scan::percentile;
use prill_core::{Extraction, Metric, Polarity};

use super::{Finding, Kit};
use crate::Case;

const NAME: &str = "name the printed unit (.unit(unit::US)) and the direction (.lower(), .higher(), .informational())";

/// Units that are multiples of another one, or no unit of UCUM.
const SCALED: &[&str] =
    &["ns", "us", "ms", "min", "h", "%", "kBy", "KiBy", "MBy", "MiBy", "GBy", "GiBy", "bit", "bit/s", "kHz", "MHz", "GHz"];

/// Statistics of how far values lie apart: which direction is better nobody says.
const SPREAD: &[&str] = &["stddev", "stderr", "cv", "range", "iqr", "sum", "count"];

pub(super) fn check(kit: &Kit) -> Vec<Finding> {
    kit.each(|case, extraction| if kit.generic { Vec::new() } else { wrong(case, extraction) })
}

fn wrong(case: &Case, extraction: &Extraction) -> Vec<Finding> {
    let unknown = extraction.diagnostics.iter().any(|d| d.code == code::UNKNOWN_UNIT);
    let causes = extraction.metrics.iter().filter_map(|metric| unit(metric, unknown).or_else(|| direction(metric)));
    causes.map(|cause| Finding::new(&case.name, cause, NAME)).collect()
}

fn unit(metric: Metric<'_>, is_unknown_said: bool) -> Option<String> {
    let Some(unit) = metric.unit().map(|unit| unit.code()) else {
        // What a program's author counts under a name of his own has the unit that he knows.
        let own = metric.name().split('.').next() == Some("counter");
        return (!is_unknown_said && !own)
            .then(|| format!("{metric:?} has no unit, and no diagnostic `{}` says why", code::UNKNOWN_UNIT));
    };
    if SCALED.contains(&unit) {
        return Some(format!("{metric:?}: `{unit}` is no base unit"));
    }
    let (wanted, fits) = match (stat(metric.name()), quantity(metric.name())) {
        (Some("count"), _) => ("a count, such as {sample}", unit == "1" || unit.ends_with('}')),
        (Some("cv"), _) => ("1", unit == "1"),
        // A spread that is printed as a share of the mean.
        (Some(stat), _) if SPREAD.contains(&stat) && unit == "1" => return None,
        (_, "latency" | "lat" | "clat" | "slat" | "delay" | "jitter" | "elapsed") => ("s", unit == "s"),
        (_, "throughput" | "rate" | "iops") => ("a rate, such as By/s or {request}/s", unit.ends_with("/s") || unit == "Hz"),
        (_, "bytes") => ("By", unit == "By"),
        (_, "utilization") => ("1", unit == "1"),
        _ => return None,
    };
    (!fits).then(|| format!("{metric:?} has the unit {unit}: expected {wanted}"))
}

fn direction(metric: Metric<'_>) -> Option<String> {
    if stat(metric.name()).is_some_and(|stat| SPREAD.contains(&stat)) {
        return None;
    }
    let polarity = metric.polarity();
    let (wanted, fits) = match quantity(metric.name()) {
        "latency" | "lat" | "clat" | "slat" | "delay" | "jitter" => {
            ("lower", polarity != Polarity::Unknown && polarity != Polarity::Higher)
        }
        // Unknown is right where a limit that nobody knows was set.
        "throughput" | "iops" => ("higher", polarity != Polarity::Lower),
        _ => return None,
    };
    (!fits).then(|| format!("{metric:?} has the direction {polarity}: expected {wanted}"))
}

/// `p99` of `wakeup.latency.p99`.
fn stat(name: &str) -> Option<&str> {
    let last = name.rsplit('.').next()?;
    (STATS.contains(&last) || percentile::value(last).is_some()).then_some(last)
}

/// `latency` of `wakeup.latency.p99`.
fn quantity(name: &str) -> &str {
    let rest = stat(name).and_then(|stat| name.strip_suffix(stat)?.strip_suffix('.')).unwrap_or(name);
    rest.rsplit('.').next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_quantity_and_a_statistic() {
        for (name, parts) in [
            ("wakeup.latency.p99_9", ("latency", Some("p99_9"))),
            ("iops", ("iops", None)),
            ("sync.lat.stddev", ("lat", Some("stddev"))),
            ("io.count", ("io", Some("count"))),
        ] {
            assert_eq!((quantity(name), stat(name)), parts, "{name}");
        }
    }
}

//! What the job was asked for, as far as the direction of a number depends on it.

use prill_core::Polarity;

/// How a job's amount of work and its rate are bounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Work {
    /// It runs for a given time: more work is better. Otherwise the amount of work is given.
    pub(crate) timed: bool,
    /// Its rate is limited: more is not better.
    pub(crate) throttled: bool,
    /// The percentiles of terse lines are of the total latency, not of `clat`.
    pub(crate) lat_percentiles: bool,
}

impl Work {
    /// What the command line says.
    pub(crate) fn of_argv(argv: Option<&[String]>) -> Self {
        let value = |option: &str| {
            argv.unwrap_or_default().iter().find_map(|arg| {
                let rest = arg.strip_prefix("--").and_then(|arg| arg.strip_prefix(option))?;
                if rest.is_empty() { Some("1") } else { rest.strip_prefix('=') }
            })
        };
        let is_set = |option: &str| value(option).is_some_and(|value| value != "0");
        Self {
            timed: is_set("time_based"),
            throttled: is_set("rate") || is_set("rate_iops"),
            lat_percentiles: is_set("lat_percentiles"),
        }
    }

    /// The direction of an amount of work.
    pub(crate) fn amount(self) -> Polarity {
        if self.timed { Polarity::Higher } else { Polarity::Informational }
    }

    /// The direction of a rate.
    pub(crate) fn rate(self) -> Polarity {
        if self.throttled { Polarity::Unknown } else { Polarity::Higher }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(argv: &[&str]) -> Work {
        let argv: Vec<String> = argv.iter().map(|arg| (*arg).to_owned()).collect();
        Work::of_argv(Some(&argv))
    }

    #[test]
    fn more_work_is_better_only_in_a_given_time() {
        assert_eq!(of(&["fio", "--time_based"]).amount(), Polarity::Higher);
        assert_eq!(of(&["fio", "--time_based=0"]).amount(), Polarity::Informational);
        assert_eq!(Work::of_argv(None).amount(), Polarity::Informational);
    }

    #[test]
    fn a_limited_rate_has_no_better() {
        assert_eq!(of(&["fio", "--rate_iops=500"]).rate(), Polarity::Unknown);
        assert_eq!(of(&["fio", "--rate_process=poisson"]).rate(), Polarity::Higher);
    }
}

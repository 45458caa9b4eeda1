//! A cgroup's counters (Documentation/admin-guide/cgroup-v2.rst, Documentation/accounting/psi.rst).

use std::fs::File;
use std::time::Duration;

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::super::{CgroupUsage, Pressure};
use super::files::{Files, record};

/// The counters as they are now, from the cgroup's beginning; `None` where they cannot be had, as of a cgroup that is gone.
pub(super) fn now(files: &Files) -> Option<CgroupUsage> {
    let mut usage = record(&files.cpu, cpu).ok()?;
    let pressure = files.pressure.each_ref().map(|file| record(file.as_ref()?, pressure).ok()?);
    [usage.cpu_pressure, usage.memory_pressure, usage.io_pressure] = pressure;
    Some(usage)
}

/// How the peak of memory use since a moment can be had.
pub(super) enum Peak {
    /// This open file counts from when it was reset (Linux 6.12).
    SinceReset(File),
    /// The cgroup's own peak: nothing ran in it before.
    Whole(File),
    /// Not at all.
    Unknown,
}

impl Peak {
    /// In an `unused` cgroup nothing has run yet.
    pub(super) fn from_now(files: &Files, unused: bool) -> Self {
        match files.peak(OFlags::RDWR) {
            Ok(file) if rustix::io::write(&file, b"reset\n").is_ok() => Self::SinceReset(file),
            Err(Errno::NOENT) => Self::Unknown,
            // Before Linux 6.12 it can only be read.
            _ if unused => files.peak(OFlags::RDONLY).map_or(Self::Unknown, Self::Whole),
            _ => Self::Unknown,
        }
    }

    /// In bytes.
    pub(super) fn read(&self) -> Option<u64> {
        match self {
            Self::SinceReset(file) | Self::Whole(file) => record(file, |text| text.trim().parse().ok()).ok()?,
            Self::Unknown => None,
        }
    }
}

fn cpu(text: &str) -> CgroupUsage {
    let count = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(' ')?.parse::<u64>().ok());
    let time = |key: &str| count(key).map(Duration::from_micros);
    CgroupUsage {
        cpu: time("usage_usec").unwrap_or_default(),
        user: time("user_usec").unwrap_or_default(),
        system: time("system_usec").unwrap_or_default(),
        throttled_periods: count("nr_throttled"),
        throttled: time("throttled_usec"),
        ..CgroupUsage::default()
    }
}

/// `some avg10=0.00 avg60=0.00 avg300=0.00 total=123` and the same with `full`; totals are microseconds.
fn pressure(text: &str) -> Option<Pressure> {
    let total = |kind: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(kind))?;
        line.rsplit_once("total=")?.1.trim().parse().ok().map(Duration::from_micros)
    };
    Some(Pressure { some: total("some ")?, full: total("full ").unwrap_or_default() })
}

/// What was counted between two moments.
pub(super) fn since(now: &CgroupUsage, start: &CgroupUsage) -> CgroupUsage {
    let stalled = |now: Option<Pressure>, start: Option<Pressure>| {
        let start = start.unwrap_or_default();
        now.map(|now| Pressure { some: now.some.saturating_sub(start.some), full: now.full.saturating_sub(start.full) })
    };
    CgroupUsage {
        cpu: now.cpu.saturating_sub(start.cpu),
        user: now.user.saturating_sub(start.user),
        system: now.system.saturating_sub(start.system),
        throttled_periods: now.throttled_periods.map(|now| now - start.throttled_periods.unwrap_or(0).min(now)),
        throttled: now.throttled.map(|now| now.saturating_sub(start.throttled.unwrap_or_default())),
        memory_peak: None,
        cpu_pressure: stalled(now.cpu_pressure, start.cpu_pressure),
        memory_pressure: stalled(now.memory_pressure, start.memory_pressure),
        io_pressure: stalled(now.io_pressure, start.io_pressure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_of_before_are_taken_off() {
        let start = cpu("usage_usec 100\nuser_usec 60\nsystem_usec 40\n");
        let now = cpu("usage_usec 1100\nuser_usec 560\nsystem_usec 540\nnr_periods 5\nnr_throttled 2\nthrottled_usec 7\n");
        let usage = since(&now, &start);
        assert_eq!(usage.cpu, Duration::from_micros(1000));
        assert_eq!((usage.user, usage.system), (Duration::from_micros(500), Duration::from_micros(500)));
        assert_eq!((usage.throttled_periods, usage.throttled), (Some(2), Some(Duration::from_micros(7))));
    }

    #[test]
    fn pressure_totals_are_microseconds() {
        let text = "some avg10=0.00 avg60=0.12 avg300=0.00 total=5310\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=12\n";
        let expected = Pressure { some: Duration::from_micros(5310), full: Duration::from_micros(12) };
        assert_eq!(pressure(text), Some(expected));
        assert_eq!(pressure(""), None);
    }

    #[test]
    fn what_is_gone_counts_nothing() {
        let cgroups = super::super::Cgroups::new();
        let files = Files::open(cgroups.create("gone").unwrap().path()).unwrap();
        assert!(now(&files).is_some());
        drop(cgroups);
        assert_eq!(now(&files), None);
    }
}

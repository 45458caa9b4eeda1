//! A cgroup's counters (Documentation/admin-guide/cgroup-v2.rst, Documentation/accounting/psi.rst).

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;
use std::time::Duration;

use super::super::{CgroupUsage, Pressure};

/// Counters since a moment.
pub(super) struct Meter {
    start: CgroupUsage,
    memory: Memory,
}

/// How the peak of memory use can be had.
enum Memory {
    /// This open file counts from when it was reset (Linux 6.12).
    SinceReset(File),
    /// The cgroup's own peak: nothing ran in it before.
    Whole,
    /// Not at all.
    Unknown,
}

impl Meter {
    /// Starts to count. In a `fresh` cgroup nothing has run yet.
    pub(super) fn start(cgroup: &Path, fresh: bool) -> Self {
        let memory = match reset_peak(&cgroup.join("memory.peak")) {
            Ok(file) => Memory::SinceReset(file),
            Err(_) if fresh => Memory::Whole,
            Err(_) => Memory::Unknown,
        };
        Self { start: if fresh { CgroupUsage::default() } else { read(cgroup) }, memory }
    }

    /// What was counted since.
    pub(super) fn read(&self, cgroup: &Path) -> CgroupUsage {
        let mut usage = since(&read(cgroup), &self.start);
        usage.memory_peak = match &self.memory {
            Memory::SinceReset(file) => read_again(file).ok(),
            Memory::Whole => fs::read_to_string(cgroup.join("memory.peak")).ok(),
            Memory::Unknown => None,
        }
        .and_then(|text| text.trim().parse().ok());
        usage
    }
}

fn reset_peak(path: &Path) -> io::Result<File> {
    let mut file = File::options().read(true).write(true).open(path)?;
    file.write_all(b"reset\n")?;
    Ok(file)
}

fn read_again(mut file: &File) -> io::Result<String> {
    let mut text = String::new();
    file.rewind()?;
    file.read_to_string(&mut text)?;
    Ok(text)
}

/// The counters as they are now, from the cgroup's beginning.
fn read(cgroup: &Path) -> CgroupUsage {
    let text = |file: &str| fs::read_to_string(cgroup.join(file)).ok();
    let mut usage = text("cpu.stat").map(|text| cpu(&text)).unwrap_or_default();
    usage.cpu_pressure = text("cpu.pressure").and_then(|text| pressure(&text));
    usage.memory_pressure = text("memory.pressure").and_then(|text| pressure(&text));
    usage.io_pressure = text("io.pressure").and_then(|text| pressure(&text));
    usage
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

fn since(now: &CgroupUsage, start: &CgroupUsage) -> CgroupUsage {
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
}

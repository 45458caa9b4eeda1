//! What a run used up, as readings named `usage.*`.

use prill_scan::Unit;

use crate::check::Reading;
use crate::process::{CgroupUsage, Pressure, Usage};

const SWITCH: Unit = Unit::new("{context_switch}");
const FAULT: Unit = Unit::new("{fault}");
const PERIOD: Unit = Unit::new("{period}");

/// The readings of one run; what the kernel did not count has none.
pub(super) fn readings(usage: &Usage) -> Vec<Reading<'static>> {
    let mut kept = Readings(vec![]);
    kept.seconds("usage.wall", Some(usage.wall));
    kept.seconds("usage.cpu.user", Some(usage.user));
    kept.seconds("usage.cpu.system", Some(usage.system));
    kept.count("usage.rss.max", Unit::BYTE, usage.max_rss);
    kept.count("usage.context_switches.voluntary", SWITCH, Some(usage.voluntary_switches));
    kept.count("usage.context_switches.involuntary", SWITCH, Some(usage.involuntary_switches));
    kept.count("usage.page_faults.minor", FAULT, Some(usage.minor_faults));
    kept.count("usage.page_faults.major", FAULT, Some(usage.major_faults));
    if let Some(cgroup) = &usage.cgroup {
        kept.cgroup(cgroup);
    }
    kept.0
}

struct Readings(Vec<Reading<'static>>);

impl Readings {
    fn cgroup(&mut self, cgroup: &CgroupUsage) {
        self.seconds("usage.cgroup.cpu", Some(cgroup.cpu));
        self.seconds("usage.cgroup.cpu.user", Some(cgroup.user));
        self.seconds("usage.cgroup.cpu.system", Some(cgroup.system));
        self.count("usage.cgroup.throttled.periods", PERIOD, cgroup.throttled_periods);
        self.seconds("usage.cgroup.throttled", cgroup.throttled);
        self.count("usage.cgroup.memory.max", Unit::BYTE, cgroup.memory_peak);
        self.stall(["usage.cgroup.stall.cpu.some", "usage.cgroup.stall.cpu.full"], cgroup.cpu_pressure);
        self.stall(["usage.cgroup.stall.memory.some", "usage.cgroup.stall.memory.full"], cgroup.memory_pressure);
        self.stall(["usage.cgroup.stall.io.some", "usage.cgroup.stall.io.full"], cgroup.io_pressure);
    }

    fn stall(&mut self, [some, full]: [&'static str; 2], pressure: Option<Pressure>) {
        self.seconds(some, pressure.map(|p| p.some));
        self.seconds(full, pressure.map(|p| p.full));
    }

    fn seconds(&mut self, name: &'static str, time: Option<std::time::Duration>) {
        self.add(name, Unit::SECOND, time.map(|t| t.as_secs_f64()));
    }

    fn count(&mut self, name: &'static str, unit: Unit, count: Option<u64>) {
        self.add(name, unit, count.map(|n| n as f64));
    }

    fn add(&mut self, name: &'static str, unit: Unit, value: Option<f64>) {
        self.0.extend(value.map(|value| Reading { name, value, unit: Some(unit) }));
    }
}

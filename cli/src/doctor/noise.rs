//! What else the machine does, and what it does not get.

use prill_core::process::machine::{Cpus, Load, Steal};

use super::finding::Finding;

pub(super) fn all(load: Option<Load>, steal: Option<Steal>, cpus: &Cpus) -> [Finding; 2] {
    [self::load(load, cpus.online.len().max(1)), virtual_machine(steal, cpus.virtual_machine)]
}

/// Share of the CPUs that may be busy before it matters.
const QUIET: f64 = 0.25;

fn load(load: Option<Load>, cpus: usize) -> Finding {
    const FACT: &str = "load";
    let Some(Load([one, five, fifteen])) = load else { return Finding::note(FACT, "unknown", "/proc/loadavg says nothing") };
    let value = format!("{one:.2} {five:.2} {fifteen:.2} on {cpus} CPUs");
    let show = "ps -eo pid,pcpu,comm --sort=-pcpu | head   (and end what is not needed)";
    // A count of CPUs is exact in a double.
    match one / cpus as f64 {
        busy if busy >= 1.0 => Finding::problem(FACT, value, "payloads wait for CPUs: results show the others too").remedy(show),
        busy if busy >= QUIET => {
            Finding::note(FACT, value, "something else runs: caches and clocks are shared with it").remedy(show)
        }
        _ => Finding::ok(FACT, value, "the machine is quiet"),
    }
}

/// Shares of stolen time from which on it is there, and from which on it spoils results.
const STOLEN: f64 = 0.001;
const SPOILT: f64 = 0.01;

fn virtual_machine(steal: Option<Steal>, virtual_machine: bool) -> Finding {
    const FACT: &str = "virtual machine";
    let share = steal.map_or(0.0, Steal::share);
    let value = format!("{}; {:.2} % stolen since boot", if virtual_machine { "yes" } else { "not seen" }, share * 100.0);
    let elsewhere = "measure on a dedicated host, and run the sides of a comparison in turns";
    match share {
        share if share >= SPOILT => {
            Finding::problem(FACT, value, "neighbours take CPU time in the middle of runs").remedy(elsewhere)
        }
        share if virtual_machine || share >= STOLEN => {
            Finding::note(FACT, value, "neighbours share caches, memory and disks, which no counter here shows").remedy(elsewhere)
        }
        _ => Finding::ok(FACT, value, "the CPUs are its own"),
    }
}

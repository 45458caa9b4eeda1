//! What the kernel was told at boot, or chose.

use prill_core::process::machine::{Clocksource, Mitigations};

use super::finding::Finding;

pub(super) fn all(mitigations: &Mitigations, clock: Option<&Clocksource>) -> [Finding; 2] {
    [faults(mitigations), clocksource(clock)]
}

fn faults(found: &Mitigations) -> Finding {
    const FACT: &str = "mitigations";
    let option = found.option.as_ref().map(|option| format!(" (mitigations={option})")).unwrap_or_default();
    let value = format!("{} on, {} faults open{option}", found.mitigated.len(), found.vulnerable.len());
    if found.option.as_deref() == Some("off") {
        return Finding::note(FACT, value, "system calls and switches are faster than on most machines")
            .remedy("boot without mitigations=off where results stand for other machines");
    }
    Finding::ok(FACT, value, "they slow system calls and switches: compare only runs that have the same")
}

/// Those that are read by a slow access to a device, or that tick too rarely.
const SLOW: [&str; 5] = ["hpet", "acpi_pm", "pit", "jiffies", "refined-jiffies"];

fn clocksource(clock: Option<&Clocksource>) -> Finding {
    const FACT: &str = "clocksource";
    let Some(clock) = clock else { return Finding::note(FACT, "unknown", "what reading the time costs is not known here") };
    if !SLOW.contains(&clock.current.as_str()) {
        return Finding::ok(FACT, &clock.current, "reading the time takes some ten nanoseconds");
    }
    let means = "reading the time takes a microsecond or more: latencies include it";
    Finding::problem(FACT, &clock.current, means).remedy(if clock.available.iter().any(|name| name == "tsc") {
        "echo tsc > /sys/devices/system/clocksource/clocksource0/current_clocksource   (as root)"
    } else {
        "dmesg | grep -i -e clocksource -e tsc   (says why the kernel gave tsc up)"
    })
}

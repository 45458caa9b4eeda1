//! At which clock the CPUs run.

use prill_core::process::machine::Frequency;

use super::finding::Finding;

pub(super) fn all(frequency: &Frequency, virtual_machine: bool) -> [Finding; 2] {
    [governor(frequency, virtual_machine), boost(frequency)]
}

fn governor(frequency: &Frequency, virtual_machine: bool) -> Finding {
    const FACT: &str = "governor";
    let names: Vec<&str> = frequency.governors.iter().map(String::as_str).collect();
    let driver = frequency.driver.as_deref().unwrap_or("unknown driver");
    let value = format!("{} ({driver})", names.join(", "));
    match names[..] {
        [] if virtual_machine => Finding::note(FACT, "not seen", "the host chooses the clock: it may change between runs")
            .remedy("set the governor performance on the host"),
        [] => Finding::note(FACT, "not seen", "the firmware chooses the clock, or it is fixed")
            .remedy("choose the performance profile in the firmware"),
        ["performance"] => Finding::ok(FACT, value, "the clock stays up between runs"),
        _ => Finding::problem(FACT, value, "the clock follows the load: short runs and mostly idle ones vary most")
            .remedy("cpupower frequency-set -g performance   (as root)"),
    }
}

fn boost(frequency: &Frequency) -> Finding {
    const FACT: &str = "boost";
    match frequency.boost {
        Some(false) => Finding::ok(FACT, "off", "the clock does not depend on temperature and on what the other cores do"),
        Some(true) => Finding::note(FACT, "on", "the clock depends on temperature and on what the other cores do").remedy(
            "echo 0 > /sys/devices/system/cpu/cpufreq/boost, with intel_pstate echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo",
        ),
        None => Finding::note(FACT, "not seen", "whether the clock goes above its nominal one is not known here"),
    }
}

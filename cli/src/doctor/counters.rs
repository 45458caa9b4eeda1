//! Hardware counters.

use std::io;

use prill_core::process::machine::Paranoid;

use super::finding::Finding;

pub(super) fn cycles(user: &io::Result<u64>, all: &io::Result<u64>, level: Option<Paranoid>) -> Finding {
    const FACT: &str = "perf counters";
    let level = level.map_or("no perf_event_paranoid".to_owned(), |Paranoid(level)| format!("perf_event_paranoid {level}"));
    match (user, all) {
        (Ok(_), Ok(_)) => {
            Finding::ok(FACT, format!("cycles are counted ({level})"), "perf stat and counters of payloads show hardware events")
        }
        (Ok(_), Err(error)) => Finding::note(
            FACT,
            format!("cycles are counted in user space alone ({level}): {error}"),
            "events in the kernel are missing from what perf counts",
        )
        .remedy("sysctl kernel.perf_event_paranoid=1"),
        (Err(error), _) => {
            let (why, remedy) = refused(error);
            Finding::note(FACT, format!("no cycles ({level}): {error}"), format!("{why}: times are all there is")).remedy(remedy)
        }
    }
}

/// What an answer of perf_event_open(2) means, and what to do.
fn refused(error: &io::Error) -> (&'static str, &'static str) {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            ("counting is forbidden", "sysctl kernel.perf_event_paranoid=1, and allow perf_event_open in the seccomp profile")
        }
        io::ErrorKind::Unsupported => ("the kernel has no perf events", "use a kernel with CONFIG_PERF_EVENTS"),
        _ => (
            "the CPU's counters are not there, as in most virtual machines",
            "give the virtual machine a PMU (QEMU: -cpu host,pmu=on), or measure on hardware",
        ),
    }
}

//! The CPUs and who else runs on them.

use prill_core::process::machine::{Cpus, Smt};

use super::finding::Finding;

pub(super) fn all(cpus: &Cpus) -> [Finding; 3] {
    [count(cpus), smt(cpus), isolated(cpus)]
}

fn count(cpus: &Cpus) -> Finding {
    const FACT: &str = "CPUs";
    match cpus.online.len() {
        0 => Finding::note(FACT, "unknown", "/sys/devices/system/cpu/online says nothing"),
        1 => Finding::problem(FACT, "1", "harness and payload take turns on it").remedy("use a machine with two CPUs or more"),
        count => Finding::ok(FACT, count.to_string(), "the harness has a CPU beside the payload's: see --affinity"),
    }
}

fn smt(cpus: &Cpus) -> Finding {
    const FACT: &str = "SMT";
    match cpus.smt {
        Smt::Inactive => Finding::ok(FACT, "off", "no other thread shares a core with the payload, as far as the kernel sees"),
        Smt::Active => Finding::note(FACT, "on", "two threads on one core slow each other down")
            .remedy("echo off > /sys/devices/system/cpu/smt/control   (as root)"),
        Smt::Unknown => Finding::note(FACT, "not seen", "whether threads share cores is not known here"),
    }
}

fn isolated(cpus: &Cpus) -> Finding {
    const FACT: &str = "isolated CPUs";
    let list = |cpus: &[usize]| match cpus {
        [] => "none".to_owned(),
        cpus => cpus.iter().map(usize::to_string).collect::<Vec<_>>().join(","),
    };
    let value = format!("{}; nohz_full {}", list(&cpus.isolated), list(&cpus.nohz_full));
    let Some(last) = cpus.isolated.last().or(cpus.online.last()) else {
        return Finding::note(FACT, value, "the scheduler uses all CPUs for everything");
    };
    let boot =
        format!("boot with isolcpus=managed_irq,domain,{last} nohz_full={last} rcu_nocbs={last}, and use --affinity {last}");
    match (cpus.isolated.is_empty(), cpus.nohz_full.is_empty()) {
        (false, false) => Finding::ok(FACT, value, format!("nothing else runs on them: use --affinity {}", list(&cpus.isolated))),
        (false, true) => Finding::note(FACT, value, "nothing else runs on them, but the tick of the scheduler does").remedy(boot),
        (true, _) if cpus.online.len() < 2 => Finding::note(FACT, value, "one CPU is too few to isolate any"),
        (true, _) => Finding::note(FACT, value, "other tasks, interrupts and the tick run where the payload does").remedy(boot),
    }
}

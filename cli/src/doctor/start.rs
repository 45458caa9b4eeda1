//! How payloads are started, and in which cgroups.

use prill_core::process::cgroup::CgroupError;
use prill_core::process::machine::{Attempt, CgroupMode, Hierarchies, SpawnPath};

use super::finding::Finding;

const ONE_HIERARCHY: &str = "boot with systemd.unified_cgroup_hierarchy=1 cgroup_no_v1=all";
const DELEGATE: &str = "systemd-run --scope -p Delegate=yes -- prill run ...   (with --user where you are not root)";

pub(super) fn works(way: &SpawnPath) -> bool {
    !matches!(way, SpawnPath::None { .. })
}

pub(super) fn spawn(way: &SpawnPath) -> Finding {
    const FACT: &str = "spawn path";
    match way {
        SpawnPath::Clone3 => {
            Finding::ok(FACT, "clone3", "a payload starts in microseconds, whatever the size of the test process")
        }
        SpawnPath::Clone { why } => {
            Finding::note(FACT, format!("clone; clone3: {why}"), "payloads enter their cgroup themselves, before they execute")
                .remedy("allow clone3 in the seccomp profile (containers: update the runtime), or use Linux 5.7 or newer")
        }
        SpawnPath::None { why } => Finding::problem(FACT, format!("none: {why}"), "no payload can be started")
            .remedy("raise `ulimit -u` and pids.max of this cgroup, or allow clone in the seccomp profile"),
    }
}

pub(super) fn cgroups(mounted: &Hierarchies, attempt: &Result<Attempt, CgroupError>) -> Vec<Finding> {
    let mut findings = vec![mode(mounted)];
    if let Ok(own) = &mounted.own {
        let beside = attempt.as_ref().is_ok_and(|attempt| !attempt.path.starts_with(own));
        let means = if beside { "cgroups of payloads are made beside it" } else { "cgroups of payloads are made below it" };
        findings.push(Finding::ok("own cgroup", own.display().to_string(), means));
    }
    match attempt {
        Ok(attempt) => findings.extend([child(attempt), controllers(attempt, mounted)]),
        Err(error) => findings.push(
            Finding::problem(
                "child cgroup",
                format!("failed to {error}"),
                "no --cgroup, no limits; a daemon that a payload leaves behind is only found by its environment",
            )
            .remedy(if mounted.own.is_ok() {
                DELEGATE
            } else {
                "mount -t cgroup2 none /sys/fs/cgroup/unified   (as root)"
            }),
        ),
    }
    findings
}

fn mode(mounted: &Hierarchies) -> Finding {
    const FACT: &str = "cgroups";
    match mounted.mode {
        CgroupMode::Unified => Finding::ok(FACT, "v2 alone", "payloads can be kept together, limited, counted and killed as one"),
        CgroupMode::Hybrid if mounted.version1.is_empty() => {
            Finding::ok(FACT, "v2 beside v1, which holds no controller", "as good as v2 alone")
        }
        CgroupMode::Hybrid => Finding::note(
            FACT,
            format!("v2 beside v1 (hybrid); v1 holds {}", mounted.version1.join(", ")),
            "payloads can be kept together and killed as one, but not limited or counted by what v1 holds",
        )
        .remedy(ONE_HIERARCHY),
        CgroupMode::Version1 => {
            Finding::problem(FACT, "v1 alone", "v1 is not used: it can neither kill a cgroup nor count all of it")
                .remedy(ONE_HIERARCHY)
        }
        CgroupMode::None => Finding::problem(FACT, "none", "payloads run without cgroups")
            .remedy("mount -t cgroup2 none /sys/fs/cgroup   (as root)"),
    }
}

fn child(attempt: &Attempt) -> Finding {
    const FACT: &str = "child cgroup";
    if let Some(left) = &attempt.left {
        return Finding::problem(
            FACT,
            format!("made, and not removed: {}", left.display()),
            "each run leaves one behind until the next context removes it",
        )
        .remedy(format!("rmdir {}/probe {}", left.display(), left.display()));
    }
    match &attempt.spawn {
        SpawnPath::Clone3 => {
            Finding::ok(FACT, "made, entered by clone3, removed", "a payload is in its cgroup from its first instruction")
        }
        SpawnPath::Clone { why } => Finding::note(
            FACT,
            format!("made, entered through cgroup.procs, removed; by clone3: {why}"),
            "a run in a cgroup takes some 10 ms more to start",
        )
        .remedy("use Linux 5.7 or newer, outside of a container that forbids clone3"),
        SpawnPath::None { why } => {
            Finding::problem(FACT, format!("made, but no process may enter: {why}"), "--cgroup fails").remedy(DELEGATE)
        }
    }
}

fn controllers(attempt: &Attempt, mounted: &Hierarchies) -> Finding {
    const FACT: &str = "controllers";
    let names = |had: bool| {
        let names: Vec<_> = attempt.controllers.iter().filter(|(_, got)| got.is_ok() == had).map(|(name, _)| *name).collect();
        names.join(", ")
    };
    let (there, missing) = (names(true), names(false));
    if missing.is_empty() {
        return Finding::ok(FACT, there, "every limit can be set, and what payloads used is counted");
    }
    let mut reasons: Vec<&str> =
        attempt.controllers.iter().filter_map(|(_, got)| got.as_ref().err()).map(String::as_str).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let means = format!("no limits and no statistics of {missing}: {}", reasons.join("; "));
    let held = attempt.controllers.iter().any(|(name, got)| got.is_err() && mounted.held_by_version1(name));
    let finding = if there.is_empty() {
        Finding::problem(FACT, format!("none of {missing}"), means)
    } else {
        Finding::note(FACT, format!("{there}; not {missing}"), means)
    };
    finding.remedy(if held { ONE_HIERARCHY } else { DELEGATE })
}

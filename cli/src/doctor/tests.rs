//! Each state of each fact, from machines made of files and from answers that this machine does not give.

use std::io;
use std::path::PathBuf;

use prill_core::process::machine::{Attempt, Hierarchies, KvmError, Limit, Limits, Machine, Paranoid, PipeLimits, SpawnPath};
use tempfile::TempDir;

use super::finding::State::{self, Note, Ok as Fine, Problem};
use super::tools::Tool;
use super::*;
use crate::io::Look;
use prill_core::process::cgroup::CgroupError;

const CPU: &str = "sys/devices/system/cpu";
const THP: &str = "sys/kernel/mm/transparent_hugepage/enabled";
const CLOCK: &str = "sys/devices/system/clocksource/clocksource0";

/// A machine with these files; it lives as long as the directory.
fn machine(files: &[(&str, &str)]) -> (TempDir, Machine) {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = dir.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let machine = Machine::at(dir.path());
    (dir, machine)
}

/// The state of `fact`, and that whatever is a problem says what to do.
fn state(findings: &[Finding], fact: &str) -> State {
    let found = findings.iter().find(|finding| finding.fact == fact).unwrap_or_else(|| panic!("no {fact}"));
    assert!(!found.means.is_empty() && !found.value.is_empty(), "{found:?}");
    assert!(found.state != Problem || found.remedy.is_some(), "{found:?}");
    found.state
}

fn refused(errno: i32) -> io::Error {
    io::Error::from_raw_os_error(errno)
}

const EPERM: i32 = 1;
const ENOENT: i32 = 2;
const EACCES: i32 = 13;
const ENOSYS: i32 = 38;

#[test]
fn what_starts_payloads_decides_whether_any_can_run() {
    for (way, expected, runs) in [
        (SpawnPath::Clone3, Fine, true),
        (SpawnPath::Clone { why: refused(ENOSYS) }, Note, true),
        (SpawnPath::None { why: refused(EPERM) }, Problem, false),
    ] {
        assert_eq!((state(&[start::spawn(&way)], "spawn path"), start::works(&way)), (expected, runs));
    }
    for (can_run, status) in [(true, Status::Fine), (false, Status::Failed)] {
        assert_eq!(Report { findings: Vec::new(), tools: Vec::new(), can_run }.status(), status);
    }
}

const V2: &str = "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
const V1: &str = "34 32 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";

fn mounted(mounts: &str, membership: &str) -> Hierarchies {
    machine(&[("proc/self/mountinfo", mounts), ("proc/self/cgroup", membership)]).1.cgroups()
}

#[test]
fn each_mode_of_cgroups_is_judged() {
    let both = format!("{V2}{V1}");
    for (mounts, membership, expected) in [
        (V2, "0::/\n", Fine),
        (&both, "1:name=systemd:/\n0::/\n", Fine),
        (&both, "1:memory:/\n0::/\n", Note),
        (V1, "1:memory:/\n", Problem),
        ("", "", Problem),
    ] {
        let (_dir, machine) = machine(&[("proc/self/mountinfo", mounts), ("proc/self/cgroup", membership)]);
        let hierarchies = machine.cgroups();
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        let attempt = Err(CgroupError::Io { what: "make cgroup", path: "/x".into(), source: error });
        let findings = start::cgroups(&hierarchies, &attempt);
        assert_eq!(state(&findings, "cgroups"), expected, "{membership}");
        assert_eq!(state(&findings, "child cgroup"), Problem);
        assert_eq!(findings.iter().any(|finding| finding.fact == "own cgroup"), hierarchies.own.is_ok());
    }
}

fn attempt(missing: &[&str], spawn: SpawnPath, left: Option<PathBuf>) -> Attempt {
    let got = |name: &str| if missing.contains(&name) { Err("it is not offered".to_owned()) } else { Ok(()) };
    let controllers = machine::CONTROLLERS.map(|name| (name, got(name))).into();
    Attempt { path: "/x/probe".into(), controllers, spawn, left }
}

#[test]
fn what_came_of_a_cgroup_is_judged() {
    for (way, left, expected) in [
        (SpawnPath::Clone3, None, Fine),
        (SpawnPath::Clone { why: refused(ENOSYS) }, None, Note),
        (SpawnPath::None { why: refused(EPERM) }, None, Problem),
        (SpawnPath::Clone3, Some(PathBuf::from("/x")), Problem),
    ] {
        let findings = start::cgroups(&mounted(V2, "0::/\n"), &Ok(attempt(&[], way, left)));
        assert_eq!(state(&findings, "child cgroup"), expected);
    }
}

#[test]
fn controllers_are_there_or_missed_by_name() {
    for (missing, expected) in [(&[] as &[&str], Fine), (&["io"], Note), (&machine::CONTROLLERS, Problem)] {
        let attempt = Ok(attempt(missing, SpawnPath::Clone3, None));
        let findings = start::cgroups(&mounted(V2, "0::/\n"), &attempt);
        assert_eq!(state(&findings, "controllers"), expected, "{missing:?}");
    }
    let findings = start::cgroups(&mounted(V2, "0::/\n"), &Ok(attempt(&["memory"], SpawnPath::Clone3, None)));
    assert!(findings.last().unwrap().remedy.as_ref().unwrap().contains("Delegate=yes"), "{findings:?}");
    let held = mounted(&format!("{V2}{V1}"), "1:blkio:/\n0::/\n");
    let findings = start::cgroups(&held, &Ok(attempt(&["io"], SpawnPath::Clone3, None)));
    let found = findings.last().unwrap();
    assert!(found.means.contains("statistics of io: it is not offered"), "{found:?}");
    assert!(found.remedy.as_ref().unwrap().contains("unified_cgroup_hierarchy"), "{found:?}");
}

#[test]
fn limits_are_enough_or_not() {
    let pipes = PipeLimits { max_size: Some(1 << 20), user_pages_soft: Some(16384) };
    let limits = |soft| Limits { open_files: Some(Limit { soft, hard: None }), processes: None };
    for (pipe, expected) in [(Ok((1 << 20, 1 << 20)), Fine), (Ok((4096, 1 << 20)), Note), (Err(refused(24)), Problem)] {
        assert_eq!(state(&limits::all(&pipe, pipes, limits(None)), "pipes"), expected);
    }
    let small = PipeLimits { max_size: Some(65536), ..pipes };
    let found = limits::all(&Ok((65536, 1 << 20)), small, limits(None));
    assert!(found[0].remedy.as_ref().unwrap().starts_with("sysctl fs.pipe-max-size=1048576"), "{found:?}");
    for (soft, expected) in [(None, Fine), (Some(1024), Fine), (Some(256), Note)] {
        let found = limits::all(&Ok((1 << 20, 1 << 20)), pipes, limits(soft));
        assert_eq!((state(&found, "open files"), state(&found, "processes")), (expected, Note), "{soft:?}");
    }
}

#[test]
fn counters_that_do_not_count_say_why() {
    let judged = |user, all| counters::cycles(&user, &all, Some(Paranoid(2)));
    assert_eq!(judged(Ok(1), Ok(1)).state, Fine);
    let user_alone = judged(Ok(1), Err(refused(EACCES)));
    assert!(user_alone.state == Note && user_alone.remedy.as_deref() == Some("sysctl kernel.perf_event_paranoid=1"));
    for (errno, why) in [(EACCES, "forbidden"), (ENOSYS, "no perf events"), (ENOENT, "virtual machines")] {
        let found = judged(Err(refused(errno)), Err(refused(errno)));
        assert!(found.state == Note && found.means.contains(why), "{found:?}");
    }
}

#[test]
fn governors_and_boost_are_judged() {
    let policy = &format!("{CPU}/cpufreq/policy0/scaling_governor");
    let other = &format!("{CPU}/cpufreq/policy1/scaling_governor");
    let boost = &format!("{CPU}/cpufreq/boost");
    for (files, governor, boosted) in [
        (vec![(policy.as_str(), "performance\n"), (boost, "0\n")], Fine, Fine),
        (vec![(policy, "schedutil\n"), (boost, "1\n")], Problem, Note),
        (vec![(policy, "performance\n"), (other, "powersave\n")], Problem, Note),
        (vec![], Note, Note),
    ] {
        let (_dir, machine) = machine(&files);
        let findings = clock::all(&machine.frequency(), false);
        assert_eq!((state(&findings, "governor"), state(&findings, "boost")), (governor, boosted), "{files:?}");
    }
    let (_dir, bare) = machine(&[]);
    assert_ne!(clock::all(&bare.frequency(), true)[0].means, clock::all(&bare.frequency(), false)[0].means);
}

#[test]
fn cpus_are_judged() {
    let [online, isolated, full, smt] = ["online", "isolated", "nohz_full", "smt/active"].map(|file| format!("{CPU}/{file}"));
    for (files, count, threads, alone) in [
        (vec![(online.as_str(), "0-3"), (&isolated, "2-3"), (&full, "2-3"), (&smt, "0")], Fine, Fine, Fine),
        (vec![(&online, "0-3"), (&isolated, "3"), (&full, " (null)"), (&smt, "1")], Fine, Note, Note),
        (vec![(&online, "0-3")], Fine, Note, Note),
        (vec![(&online, "0")], Problem, Note, Note),
        (vec![], Note, Note, Note),
    ] {
        let (_dir, machine) = machine(&files);
        let found = cpus::all(&machine.cpus());
        let states = (state(&found, "CPUs"), state(&found, "SMT"), state(&found, "isolated CPUs"));
        assert_eq!(states, (count, threads, alone), "{files:?}");
    }
}

#[test]
fn memory_is_judged() {
    let (nodes, balancing) = ("sys/devices/system/node/online", "proc/sys/kernel/numa_balancing");
    for (files, near, pages) in [
        (vec![(nodes, "0"), (THP, "always [madvise] never")], Fine, Fine),
        (vec![(nodes, "0-1"), (balancing, "1"), (THP, "[always] madvise never")], Note, Note),
        (vec![(nodes, "0-1"), (THP, "always madvise [never]")], Note, Fine),
        (vec![], Fine, Fine),
    ] {
        let (_dir, machine) = machine(&files);
        let found = memory::all(&machine.numa(), machine.huge_pages());
        assert_eq!((state(&found, "NUMA nodes"), state(&found, "huge pages")), (near, pages), "{files:?}");
        let moves = found[0].remedy.as_deref().is_some_and(|remedy| remedy.contains("numa_balancing=0"));
        assert_eq!(moves, files.iter().any(|(path, _)| *path == balancing));
    }
}

#[test]
fn the_kernels_choices_are_judged() {
    let [current, available] = ["current_clocksource", "available_clocksource"].map(|file| format!("{CLOCK}/{file}"));
    for (files, faults, clock) in [
        (vec![("proc/cmdline", "quiet"), (&current, "tsc")], Fine, Fine),
        (vec![("proc/cmdline", "mitigations=off"), (&current, "hpet"), (&available, "tsc hpet")], Note, Problem),
        (vec![(&current, "acpi_pm"), (&available, "acpi_pm")], Fine, Problem),
        (vec![], Fine, Note),
    ] {
        let (_dir, machine) = machine(&files);
        let found = kernel::all(&machine.mitigations(), machine.clocksource().as_ref());
        assert_eq!((state(&found, "mitigations"), state(&found, "clocksource")), (faults, clock), "{files:?}");
        let to_tsc = found[1].remedy.as_deref().is_some_and(|remedy| remedy.starts_with("echo tsc >"));
        assert_eq!(to_tsc, files.iter().any(|(_, text)| *text == "tsc hpet"));
    }
}

#[test]
fn noise_is_judged() {
    let online = format!("{CPU}/online");
    let (quiet, stolen) = ("cpu  90 0 0 910 0 0 0 0 0 0\n", "cpu  90 0 0 890 0 0 0 20 0 0\n");
    let guest = ("proc/cpuinfo", "flags\t\t: fpu hypervisor\n");
    for (load, files, busy, taken) in [
        ("0.10 0.00 0.00 1/9 1\n", vec![("proc/stat", quiet)], Fine, Fine),
        ("2.00 0.00 0.00 1/9 1\n", vec![("proc/stat", quiet), guest], Note, Note),
        ("4.00 0.00 0.00 1/9 1\n", vec![("proc/stat", stolen), guest], Problem, Problem),
    ] {
        let mut files = files;
        files.extend([("proc/loadavg", load), (&online, "0-3\n")]);
        let (_dir, machine) = machine(&files);
        let found = noise::all(machine.load(), machine.steal(), &machine.cpus());
        assert_eq!((state(&found, "load"), state(&found, "virtual machine")), (busy, taken), "{load}");
    }
}

#[test]
fn kvm_is_what_was_made_not_what_is_there() {
    assert_eq!(guest::kvm(&Ok(())).state, Fine);
    for (error, remedy) in [
        (KvmError::Open(refused(EACCES)), "usermod -aG kvm"),
        (KvmError::Open(refused(ENOENT)), "modprobe kvm"),
        (KvmError::Refused { step: "KVM_CREATE_VCPU", source: refused(EPERM) }, "nested"),
    ] {
        let found = guest::kvm(&Err(error));
        assert!(found.state == Note && found.remedy.as_ref().unwrap().contains(remedy), "{found:?}");
    }
}

fn tool(program: &'static str, path: Option<&str>) -> Tool {
    Tool { payload: program, program, path: path.map(PathBuf::from) }
}

#[test]
fn missing_tools_are_named_once() {
    let found = tools::found(&[tool("a", Some("/bin/a")), tool("b", None), tool("b", None)]);
    assert_eq!((found.state, found.value.as_str()), (Note, "1 of 2: a"));
    assert_eq!(found.means, "payloads of these cannot run: b");
    assert_eq!(tools::found(&[tool("a", Some("/bin/a"))]).state, Fine);
    assert_eq!(tools::found(&[tool("a", None)]).value, "none of 1");
}

#[test]
fn the_table_wraps_and_the_object_has_all() {
    let finding = Finding::problem("governor", "a value of many words", "it means something").remedy("do this");
    let tools = vec![tool("a", None)];
    let report = Report { findings: vec![finding], tools, can_run: false };
    let mut out = Vec::new();
    print::table(&report, &mut out, Look { width: Some(34), ..Look::default() }).unwrap();
    let expected = "problem  governor  a value of many\n                   words\n         it means something\n         → do this\n\n\
                    no payload can run: 1 problems, 0 notes, 0 ok\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
    let mut out = Vec::new();
    print::json(&report, &mut out).unwrap();
    let expected = "{\"can_run\":false,\"findings\":[{\"fact\":\"governor\",\"state\":\"problem\",\"value\":\"a value of many words\",\
                    \"means\":\"it means something\",\"remedy\":\"do this\"}],\
                    \"payloads\":[{\"payload\":\"a\",\"program\":\"a\",\"path\":null}]}\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

//! Both ways to clone, whatever this kernel would choose.

use std::os::fd::AsRawFd as _;

use super::*;
use crate::process::cgroup::Cgroups;

fn run(way: Way, script: &CStr, change: impl FnOnce(&mut Plan<'_>)) -> Result<(String, i32), Failure> {
    let (read, write) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC).unwrap();
    let (mut arguments, mut variables) = (Strings::default(), Strings::default());
    for argument in [c"sh", c"-c", script] {
        arguments.push(&[argument.to_bytes()]).unwrap();
    }
    variables.push(&[b"PATH=/usr/bin:/bin"]).unwrap();
    let mut plan = Plan {
        path: c"/bin/sh",
        arguments: &arguments,
        variables: &variables,
        dir: None,
        streams: [-1, write.as_raw_fd(), -1],
        cgroup: None,
        cpus: None,
        nice: None,
    };
    change(&mut plan);
    let (pid, pidfd) = start_by(way, &plan)?;
    assert!(pidfd.is_some());
    drop(write);
    let output = std::io::read_to_string(std::fs::File::from(read)).unwrap();
    let (end, _) = crate::process::reap::reap(pid, 0).unwrap();
    Ok((output, end.exit_code()))
}

const WAYS: [Way; 2] = [Way::Clone3, Way::Clone];

#[test]
fn the_child_has_a_group_and_signals_of_its_own() {
    for way in WAYS {
        let script = c"cut -d' ' -f1,5 /proc/$$/stat; grep SigBlk /proc/self/status; kill -PIPE $$";
        let (output, code) = run(way, script, |_| {}).unwrap();
        let mut lines = output.lines();
        let (pid, group) = lines.next().unwrap().split_once(' ').unwrap();
        assert_eq!(pid, group, "{way:?}");
        assert_eq!(lines.next(), Some("SigBlk:\t0000000000000000"), "{way:?}");
        assert_eq!(code, -1, "SIGPIPE must kill: {way:?}");
    }
}

#[test]
fn the_child_is_in_its_cgroup_from_the_start() {
    let cgroups = Cgroups::new();
    let cgroup = cgroups.create("here").unwrap();
    let dir = std::fs::File::open(cgroup.path()).unwrap();
    let procs = std::fs::File::options().write(true).open(cgroup.path().join("cgroup.procs")).unwrap();
    for way in WAYS {
        let into = |plan: &mut Plan<'_>| plan.cgroup = Some((dir.as_raw_fd(), procs.as_raw_fd()));
        let (output, _) = run(way, c"grep ^0:: /proc/self/cgroup", into).unwrap();
        assert!(output.trim_end().ends_with("/here"), "{way:?}: {output}");
    }
}

#[test]
fn cpus_nice_and_directory_are_taken() {
    for way in WAYS {
        let mut cpus = CpuSet::new();
        cpus.set(0);
        let change = |plan: &mut Plan<'_>| {
            (plan.cpus, plan.nice, plan.dir) = (Some(cpus), Some(7), Some(c"/usr"));
        };
        let (output, _) = run(way, c"grep Cpus_allowed_list /proc/self/status; nice; pwd", change).unwrap();
        assert_eq!(output, "Cpus_allowed_list:\t0\n7\n/usr\n", "{way:?}");
    }
}

#[test]
fn a_failure_says_where_and_leaves_no_child() {
    for way in WAYS {
        let missing = run(way, c"", |plan| plan.path = c"/nonexistent/program").unwrap_err();
        assert_eq!((missing.step, missing.errno), (Step::Execute, libc::ENOENT), "{way:?}");
        let dir = run(way, c"", |plan| plan.dir = Some(c"/nonexistent/folder")).unwrap_err();
        assert_eq!((dir.step, dir.errno), (Step::Dir, libc::ENOENT), "{way:?}");
    }
}

#[test]
fn a_cgroup_that_was_killed_can_be_used_again() {
    let cgroups = Cgroups::new();
    let cgroup = cgroups.create("again").unwrap();
    std::fs::write(cgroup.path().join("cgroup.kill"), "1").unwrap();
    let ended = crate::process::Command::new("echo").arg("alive").cgroup(&cgroup).run(None).unwrap();
    assert_eq!(ended.stdout.head(), b"alive\n", "{}", ended.end);
}

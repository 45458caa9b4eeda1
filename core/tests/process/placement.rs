//! Cgroups of a harness that is itself in one, where the rules of the root do not hold.

use std::fs;
use std::path::{Path, PathBuf};

use prill_core::process::cgroup::{Cgroup, CgroupError, Cgroups};
use prill_core::process::{Command, End, builtin_command};
use rustix::fs::{XattrFlags, setxattr};

/// Controllers of which one can be had, with a limit that limits nothing.
const HARMLESS: [(&str, &str, &str); 4] = [
    ("memory", "memory.max", "max"),
    ("pids", "pids.max", "max"),
    ("cpu", "cpu.weight", "100"),
    ("hugetlb", "hugetlb.2MB.max", "max"),
];

/// A cgroup for a harness, with a controller for it to hand on.
fn boxed(cgroups: &Cgroups, name: &str) -> Cgroup {
    let boxed = cgroups.create(name).unwrap();
    let had = HARMLESS.iter().any(|(_, file, value)| boxed.set(file, value).is_ok());
    assert!(had, "none of {HARMLESS:?} can be had");
    boxed
}

/// Has the builtin `name` run as a harness in `cgroup`.
fn within(cgroup: &Cgroup, harness: &Command) {
    let ended = harness.clone().cgroup(cgroup).run(None).unwrap();
    let said = String::from_utf8_lossy(ended.stderr.head()).into_owned();
    assert_eq!(ended.end, End::Exited(0), "{said}");
    assert!(!ended.held_open);
}

fn delegate(path: &Path) {
    setxattr(path, "user.delegate", b"1", XattrFlags::empty()).unwrap();
}

/// The limit that can be set here.
fn limit(cgroup: &Cgroup) -> Result<(), CgroupError> {
    let offered = |controller: &&str| {
        let parent = cgroup.path().parent().unwrap().parent().unwrap();
        let controllers = fs::read_to_string(parent.join("cgroup.controllers")).unwrap();
        controllers.split_whitespace().any(|offered| offered == *controller)
    };
    let (_, file, value) = HARMLESS.iter().find(|(controller, ..)| offered(controller)).expect("a controller is offered");
    cgroup.set(file, value)
}

/// A payload can be run in `cgroup`, and is there.
fn takes_a_payload(cgroup: &Cgroup) {
    let show = Command::new("sh").args(["-c", "grep ^0:: /proc/self/cgroup"]).cgroup(cgroup).run(None).unwrap();
    assert_eq!(show.end, End::Exited(0));
    let name = cgroup.path().file_name().unwrap().to_str().unwrap();
    let said = String::from_utf8_lossy(show.stdout.head()).into_owned();
    assert!(said.trim_end().ends_with(&format!("/{name}")), "{said}");
}

fn above(cgroups: &Cgroups) -> PathBuf {
    cgroups.parent_path().unwrap().parent().unwrap().to_owned()
}

/// In a cgroup that was given to it: limits work, once the harness has stepped aside.
fn given() -> i32 {
    let cgroups = Cgroups::new();
    let own = cgroups.own_path().unwrap().to_owned();
    let workers = cgroups.create("workers").unwrap();
    assert_eq!(above(&cgroups), own);
    takes_a_payload(&workers);
    assert_eq!(Cgroups::new().own_path().unwrap(), own, "nothing is moved before a limit is asked for");

    limit(&workers).unwrap();
    takes_a_payload(&workers);
    let later = Cgroups::new();
    assert_eq!(later.own_path().unwrap(), own.join("prill-leaf"));
    assert_eq!(above(&later), own);
    let more = later.create("more").unwrap();
    limit(&more).unwrap();
    takes_a_payload(&more);
    0
}
prill_core::register_builtin!("given", given);

scenario! {
    fn a_harness_with_a_delegated_cgroup_steps_aside_for_limits() {
        let cgroups = Cgroups::new();
        let boxed = boxed(&cgroups, "given");
        delegate(boxed.path());
        within(&boxed, &builtin_command("given"));
    }
}

scenario! {
    /// As in a container: the harness's cgroup is the root of all that it sees, and not the root that is exempt from the rules.
    fn a_harness_in_a_cgroup_namespace_steps_aside_for_limits() {
        let cgroups = Cgroups::new();
        let boxed = boxed(&cgroups, "container");
        let mounted = cgroups.own_path().unwrap().to_str().unwrap();
        let script = format!("umount -l {mounted} && mount -t cgroup2 none {mounted} && PRILL_BUILTIN=given exec \"$0\"");
        let exe = std::env::current_exe().unwrap();
        within(&boxed, &Command::new("unshare").args(["-Cm", "sh", "-c", &script]).arg(exe));
    }
}

/// In a leaf of a subtree that was given to it: the cgroups are beside the leaf.
fn leaf() -> i32 {
    let cgroups = Cgroups::new();
    let own = cgroups.own_path().unwrap().to_owned();
    assert_eq!(Some(above(&cgroups).as_path()), own.parent());
    let workers = cgroups.create("workers").unwrap();
    limit(&workers).unwrap();
    takes_a_payload(&workers);
    // What the administrator has prepared beside the leaf is found too.
    takes_a_payload(&cgroups.open("prepared").unwrap());
    assert_eq!(Cgroups::new().own_path().unwrap(), own, "nothing is moved");
    0
}
prill_core::register_builtin!("leaf", leaf);

scenario! {
    fn a_harness_in_a_leaf_of_a_delegated_cgroup_makes_its_cgroups_beside_it() {
        let cgroups = Cgroups::new();
        let boxed = boxed(&cgroups, "unit");
        delegate(boxed.path());
        cgroups.create("unit/prepared").unwrap();
        within(&cgroups.create("unit/leaf").unwrap(), &builtin_command("leaf"));
    }
}

/// In a cgroup that somebody else manages: payloads can be kept together, not limited.
fn foreign() -> i32 {
    let cgroups = Cgroups::new();
    let own = cgroups.own_path().unwrap().to_owned();
    let workers = cgroups.create("workers").unwrap();
    let error = limit(&workers).unwrap_err();
    assert!(matches!(error, CgroupError::NoController { .. }), "{error}");
    assert!(error.to_string().contains("not delegated") && error.to_string().contains("Delegate=yes"), "{error}");
    takes_a_payload(&workers);
    assert_eq!(Cgroups::new().own_path().unwrap(), own, "nothing is moved");
    0
}
prill_core::register_builtin!("foreign", foreign);

scenario! {
    fn a_harness_in_a_cgroup_that_is_not_its_own_says_that_it_cannot_limit() {
        let cgroups = Cgroups::new();
        let boxed = boxed(&cgroups, "foreign");
        // What an unprivileged user may write to is taken for given.
        let harness = if rustix::process::geteuid().is_root() { "foreign" } else { "given" };
        within(&boxed, &builtin_command(harness));
    }
}

/// In a cgroup whose children take no processes.
fn threaded() -> i32 {
    let cgroups = Cgroups::new();
    let error = cgroups.create("workers").unwrap_err();
    assert!(matches!(error, CgroupError::Threaded { .. }), "{error}");
    let own = cgroups.own_path().unwrap();
    let left = fs::read_dir(own).unwrap().flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with("prill-"));
    assert_eq!(left.count(), 0);
    0
}
prill_core::register_builtin!("threaded", threaded);

scenario! {
    fn a_harness_whose_children_could_take_no_process_says_so() {
        let cgroups = Cgroups::new();
        let boxed = boxed(&cgroups, "box");
        // A threaded child makes its parent the root of a threaded subtree, as handing the cpu controller down would.
        let child = cgroups.create("box/threads").unwrap();
        fs::write(child.path().join("cgroup.type"), "threaded").unwrap();
        within(&boxed, &builtin_command("threaded"));
    }
}

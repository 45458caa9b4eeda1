//! Payloads in cgroups.

use std::fs;
use std::time::Duration;

use prill_core::process::cgroup::{CgroupError, Cgroups};
use prill_core::process::{Command, End};

use crate::misbehave::misbehave;
use crate::scenario;

fn membership(command: &Command) -> String {
    let ended = command.run(None).unwrap();
    assert_eq!(ended.end, End::Exited(0));
    String::from_utf8(ended.stdout.into_whole().unwrap()).unwrap().trim().to_owned()
}

scenario! {
    fn a_payload_is_in_its_cgroup_and_else_in_the_callers() {
        let show = Command::new("grep").args(["^0::", "/proc/self/cgroup"]);
        let own = fs::read_to_string("/proc/self/cgroup").unwrap();
        let own = own.lines().find(|line| line.starts_with("0::")).unwrap().to_owned();
        assert_eq!(membership(&show), own);

        let cgroups = Cgroups::new();
        cgroups.create("workers").unwrap();
        let workers = cgroups.open("/workers").unwrap();
        let inside = membership(&show.cgroup(&workers));
        assert!(inside.ends_with("/workers") && inside != own, "{inside}");
    }
}

scenario! {
    fn what_a_cgroup_counted_is_of_this_run_only() {
        let cgroups = Cgroups::new();
        let cgroup = cgroups.create("counted").unwrap();
        let spin = Command::new("sh").args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]).cgroup(&cgroup);
        let long = spin.run(None).unwrap().usage;
        let counted = long.cgroup.unwrap();
        assert!(counted.cpu >= Duration::from_millis(10), "{counted:?}");
        assert!(counted.cpu + Duration::from_millis(50) >= long.user, "{:?}", long.user);
        let short = Command::new("true").cgroup(&cgroup).run(None).unwrap().usage.cgroup.unwrap();
        assert!(short.cpu < counted.cpu, "{short:?}");
        assert_eq!(Command::new("true").run(None).unwrap().usage.cgroup, None);
    }
}

scenario! {
    /// One that was there before, as an administrator would have made it.
    fn an_existing_cgroup_is_used_and_left() {
        let cgroups = Cgroups::new();
        let path = cgroups.own_path().unwrap().join(format!("prepared-{}", std::process::id()));
        fs::create_dir(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let ended = misbehave(["orphan=setsid,pid,sleep=60000"]).cgroup(&cgroups.open(name).unwrap()).run(None).unwrap();
        assert_eq!((ended.end, ended.held_open), (End::Exited(0), false));
        drop(cgroups);
        fs::remove_dir(&path).unwrap();
    }
}

scenario! {
    /// Somebody else's process in the cgroup, or in one below it, survives a run there.
    fn a_stranger_in_the_cgroup_is_not_killed() {
        let cgroups = Cgroups::new();
        let busy = cgroups.create("busy").unwrap();
        let below = cgroups.create("above/below").unwrap();
        for (place, cgroup) in [(&busy, busy.clone()), (&below, cgroups.open("above").unwrap())] {
            let mut stranger = std::process::Command::new("sleep").arg("60").env_clear().spawn().unwrap();
            fs::write(place.path().join("cgroup.procs"), stranger.id().to_string()).unwrap();
            let ended = misbehave(["sleep=60000"]).cgroup(&cgroup).run(Some(Duration::from_millis(200))).unwrap();
            assert!(ended.end.timed_out());
            assert!(stranger.try_wait().unwrap().is_none(), "the stranger was killed");
            stranger.kill().unwrap();
            stranger.wait().unwrap();
        }
    }
}

scenario! {
    /// What came while the payload was running is another harness's, as its cookie says.
    fn another_harness_that_comes_later_is_not_disturbed() {
        let cgroups = Cgroups::new();
        let below = cgroups.create("above/below").unwrap();
        let above = cgroups.open("above").unwrap();
        for place in [&above, &below] {
            let running = misbehave(["sleep=60000"]).cgroup(&above).spawn().unwrap();
            let mut other = std::process::Command::new("sleep").arg("60").env_clear().env("PRILL_COOKIE", "1-2-3").spawn().unwrap();
            fs::write(place.path().join("cgroup.procs"), other.id().to_string()).unwrap();
            assert_eq!(running.kill().unwrap().end, End::Killed);
            assert!(other.try_wait().unwrap().is_none(), "the other harness's payload was killed");
            other.kill().unwrap();
            other.wait().unwrap();
        }
    }
}

scenario! {
    /// A payload that manages cgroups of its own leaves a process in one.
    fn who_moves_to_a_cgroup_below_does_not_escape() {
        let cgroups = Cgroups::new();
        let tight = cgroups.create("tight").unwrap();
        let below = tight.path().join("below");
        let script = "mkdir $0; env -i setsid sleep 60 >/dev/null 2>&1 & echo $! > $0/cgroup.procs; echo $!";
        let ended = Command::new("sh").args(["-c", script]).arg(&below).cgroup(&tight).run(None).unwrap();
        assert_eq!((ended.end, ended.held_open), (End::Exited(0), false));
        let pid: u32 = String::from_utf8_lossy(ended.stdout.head()).trim().parse().unwrap();
        scenario::until(Duration::from_secs(10), "the process below goes", || scenario::is_gone(pid));
        assert_eq!(fs::read_to_string(below.join("cgroup.procs")).unwrap(), "");
    }
}

scenario! {
    fn a_context_takes_its_payloads_with_it() {
        let cgroups = Cgroups::new();
        let parent = cgroups.parent_path().unwrap();
        let running = misbehave(["sleep=60000"]).cgroup(&cgroups.create("a/b").unwrap()).spawn().unwrap();
        drop(cgroups);
        assert!(!parent.exists());
        let ended = running.wait(None).unwrap();
        assert!(matches!(ended.end, End::Signalled { .. }));
        assert!(ended.usage.cgroup.is_none_or(|counted| counted.cpu > Duration::ZERO), "what is gone is not counted as nothing");
    }
}

scenario! {
    /// A context without a warden (it was killed first) is left behind; the next one removes it.
    fn what_a_dead_owner_left_is_removed_by_a_later_context() {
        let abandoned = builtin("abandon");
        let path = std::path::PathBuf::from(membership_path(&abandoned));
        assert!(path.exists(), "{}", path.display());
        let later = Cgroups::new();
        later.parent_path().unwrap();
        scenario::until(Duration::from_secs(10), "the stale cgroup goes", || !path.exists());
    }
}

fn builtin(name: &str) -> Command {
    prill_core::process::builtin_command(name)
}

fn membership_path(command: &Command) -> String {
    let ended = command.run(None).unwrap();
    String::from_utf8_lossy(ended.stdout.head()).trim().to_owned()
}

/// Makes a cgroup with a process in it, kills its own warden and then itself.
fn abandon() -> i32 {
    use rustix::process::{Pid, Signal, getpid, kill_process};
    let cgroups = Cgroups::new();
    let cgroup = cgroups.create("left").unwrap();
    println!("{}", cgroup.path().parent().unwrap().display());
    let children = fs::read_to_string(format!("/proc/self/task/{}/children", std::process::id())).unwrap();
    for warden in children.split_whitespace() {
        kill_process(Pid::from_raw(warden.parse().unwrap()).unwrap(), Signal::KILL).unwrap();
    }
    kill_process(getpid(), Signal::KILL).unwrap();
    unreachable!()
}
prill_core::register_builtin!("abandon", abandon);

scenario! {
    fn names_that_are_wrong_are_refused() {
        let cgroups = Cgroups::new();
        for name in ["", "..", "a/../b", "a\0b"] {
            assert!(matches!(cgroups.create(name), Err(CgroupError::BadName { .. })), "{name:?}");
            assert!(matches!(cgroups.open(name), Err(CgroupError::BadName { .. })), "{name:?}");
        }
        let error = cgroups.open("nobody-made-this").unwrap_err();
        assert!(error.to_string().contains("mkdir"), "{error}");
    }
}

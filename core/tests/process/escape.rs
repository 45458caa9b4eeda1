//! Processes that try to outlive their run.

use std::time::{Duration, Instant};

use prill_core::process::cgroup::{Cgroup, Cgroups};
use prill_core::process::{Command, End, Ended, WaitError};

use crate::misbehave::{self, misbehave};
use crate::scenario::is_gone;

/// Far below the sixty seconds for which the grandchildren here would live.
const BOUND: Duration = Duration::from_secs(30);

/// The process ids in what was printed.
fn pids(ended: &Ended) -> Vec<u32> {
    String::from_utf8_lossy(ended.stdout.head()).lines().filter_map(|line| line.parse().ok()).collect()
}

/// Runs a payload that does `deeds` and then sleeps, with a deadline that comes when it has done them.
fn at_the_deadline(deeds: &[&str], cgroup: Option<&Cgroup>) -> Result<Ended, WaitError> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ready");
    let touch = format!("touch={}", file.display());
    let mut command = misbehave(deeds.iter().copied().chain([&*touch, "sleep=60000"]));
    if let Some(cgroup) = cgroup {
        command = command.cgroup(cgroup);
    }
    let running = command.spawn().unwrap();
    crate::scenario::until(BOUND, "the payload is ready", || file.exists());
    running.wait(Some(Instant::now()))
}

scenario! {
    /// It keeps both pipes open for a minute; the run ends after its grace.
    fn a_grandchild_that_keeps_the_pipes_is_not_waited_for() {
        let started = Instant::now();
        let ended = misbehave(["child=pid,sleep=60000", "sleep=200", "exit=3"]).run(None).unwrap();
        assert_eq!((ended.end, ended.held_open), (End::Exited(3), false));
        assert_eq!(pids(&ended).len(), 1);
        assert!(started.elapsed() < BOUND);
    }
}

scenario! {
    /// It is in the group, holds no pipe and has no cookie: only the kill of the group, which is silent too, ends it.
    fn a_silent_grandchild_ends_with_its_group() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("pid");
        let script = format!("env -i sh -c 'echo $$ > {0}; exec sleep 60' >/dev/null 2>&1 & until [ -s {0} ]; do sleep 0.01; done", file.display());
        assert_eq!(Command::new("sh").args(["-c", &script]).run(None).unwrap().end, End::Exited(0));
        let pid = std::fs::read_to_string(file).unwrap().trim().parse().unwrap();
        crate::scenario::until(BOUND, "the grandchild ends", || is_gone(pid));
    }
}

scenario! {
    /// A search for the outer run finds what the inner one started.
    fn cookies_nest() {
        let outer = std::env::var("PRILL_COOKIE").unwrap();
        let show = Command::new("sh").args(["-c", "echo $PRILL_COOKIE"]).run(None).unwrap();
        let shown = String::from_utf8_lossy(show.stdout.head()).into_owned();
        let inner = shown.strip_prefix(&outer).unwrap_or_else(|| panic!("{shown}"));
        assert!(inner.starts_with(':') && inner.len() > 4, "{shown}");
    }
}

scenario! {
    fn an_escapee_is_found_by_its_cookie_at_the_deadline() {
        let ended = at_the_deadline(&["child=setsid,pid,sleep=60000"], None).unwrap();
        assert!(ended.end.timed_out() && !ended.held_open);
        assert_eq!(pids(&ended).len(), 1);
        assert!(pids(&ended).into_iter().all(is_gone));
    }
}

scenario! {
    fn an_escapee_is_found_by_its_cookie_after_a_crash() {
        let crash = format!("signal={}", libc::SIGSEGV);
        misbehave(["child=setsid,silent,sleep=60000", "sleep=200", &*crash]).run(None).unwrap();
    }
}

scenario! {
    fn an_escapee_that_keeps_the_pipes_is_found_after_an_exit() {
        let ended = misbehave(["child=setsid,pid,sleep=60000", "sleep=200"]).run(None).unwrap();
        assert_eq!((ended.end, ended.held_open), (End::Exited(0), false));
    }
}

scenario! {
    /// What the documentation says of a plain exit: only the group is ended. With a cgroup nothing is left.
    fn a_silent_escapee_outlives_a_plain_exit_only_without_a_cgroup() {
        let deeds = ["child=setsid,silent,sleep=60000", "sleep=200"];
        misbehave(deeds).run(None).unwrap();
        let left: Vec<u32> = relatives_called("misbehave");
        assert_eq!(left.len(), 1, "{left:?}");
        misbehave::kill(left[0]);
        crate::scenario::until(BOUND, "the escapee ends", || is_gone(left[0]));

        let cgroups = Cgroups::new();
        misbehave(deeds).cgroup(&cgroups.create("tight").unwrap()).run(None).unwrap();
        assert_eq!(relatives_called("misbehave"), []);
    }
}

scenario! {
    /// Neither group nor cookie: the run ends all the same, and says so.
    fn an_escapee_without_a_cookie_is_told_of() {
        let deeds = ["orphan=setsid,pid,sleep=60000", "sleep=300"];
        let started = Instant::now();
        let ended = misbehave(deeds).run(None).unwrap();
        assert_eq!((ended.end, ended.held_open), (End::Exited(0), true));
        misbehave::kill(pids(&ended)[0]);

        let error = at_the_deadline(&deeds[..1], None).unwrap_err();
        assert!(error.to_string().starts_with("drain after timeout of "), "{error}");
        let WaitError::Drain { captured, .. } = error else { panic!("{error}") };
        assert!(captured.end.timed_out() && captured.held_open);
        misbehave::kill(pids(&captured)[0]);
        assert!(started.elapsed() < BOUND);
    }
}

scenario! {
    fn no_escapee_leaves_its_cgroup() {
        let cgroups = Cgroups::new();
        let tight = cgroups.create("tight").unwrap();
        let deeds = ["orphan=setsid,pid,sleep=60000", "sleep=300"];
        let ended = misbehave(deeds).cgroup(&tight).run(None).unwrap();
        assert_eq!((ended.end, ended.held_open), (End::Exited(0), false));
        assert!(pids(&ended).into_iter().all(is_gone));

        let ended = at_the_deadline(&deeds[..1], Some(&tight)).unwrap();
        assert!(ended.end.timed_out() && !ended.held_open, "{ended:?}");
        assert_eq!(pids(&ended).len(), 1);
        assert!(pids(&ended).into_iter().all(is_gone));
    }
}

scenario! {
    fn a_fork_bomb_in_a_cgroup_is_put_out() {
        let cgroups = Cgroups::new();
        let tight = cgroups.create("tight").unwrap();
        let ended = misbehave(["bomb=200", "print=lit", "sleep=60000"]).cgroup(&tight).run(Some(Duration::from_secs(3)));
        assert!(ended.unwrap().end.timed_out());
        let left = std::fs::read_to_string(tight.path().join("cgroup.procs")).unwrap();
        assert_eq!(left, "");
    }
}

scenario! {
    /// Two runs share a cgroup: the end of one is not the end of the other.
    fn a_run_does_not_kill_its_neighbour() {
        let cgroups = Cgroups::new();
        let shared = cgroups.create("shared").unwrap();
        // Without its cookie it could not be told from a leftover.
        let neighbour = Command::new("env").args(["-i", "sh", "-c", "sleep 2; echo alive"]).cgroup(&shared).spawn().unwrap();
        let short = at_the_deadline(&[], Some(&shared)).unwrap();
        assert!(short.end.timed_out());
        let ended = neighbour.wait(None).unwrap();
        assert_eq!((ended.end, ended.stdout.head()), (End::Exited(0), &b"alive\n"[..]));
    }
}

/// The living processes of this scenario whose first argument is `name`.
fn relatives_called(name: &str) -> Vec<u32> {
    let mark = format!("PRILL_TEST_MARK={}", std::env::var("PRILL_TEST_MARK").unwrap());
    let pids = crate::scenario::living(&mark).into_iter().filter_map(|pid| pid.parse().ok());
    pids.filter(|pid| {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(name) && *pid != std::process::id() && !is_gone(*pid)
    })
    .collect()
}

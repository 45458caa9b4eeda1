//! The harness dies: what it ran dies with it.

use std::time::Duration;

use prill_core::process::cgroup::Cgroups;
use prill_core::process::{Signal, builtin_command};
use rustix::process::{Pid, Signal as Number, kill_process};

use crate::misbehave::misbehave;
use crate::scenario::{is_gone, until};

/// Far beyond the promised second, for a machine that is busy with other tests.
const GONE: Duration = Duration::from_secs(5);

/// A harness that runs payloads of each kind, says who there is, and waits to be killed.
fn harness() -> i32 {
    let cgroups = Cgroups::new();
    cgroups.parent_path().unwrap();
    // One that an administrator has made: it is killed, not removed.
    let prepared = format!("prepared-{}", std::process::id());
    std::fs::create_dir(cgroups.own_path().unwrap().join(&prepared)).unwrap();
    let tight = cgroups.open(&prepared).unwrap();
    let plain = misbehave(["child=sleep=60000", "child=setsid,sleep=60000", "sleep=60000"]).spawn().unwrap();
    let placed = misbehave(["orphan=setsid,sleep=60000", "sleep=60000"]).cgroup(&tight).spawn().unwrap();
    let (mut plain, mut placed) = (plain, placed);
    // Both have started their children when the children are there.
    until(Duration::from_secs(60), "five processes", || {
        let tight = std::fs::read_to_string(tight.path().join("cgroup.procs")).unwrap();
        children(plain.pid()).len() == 2 && tight.lines().count() == 2
    });
    let inside = std::fs::read_to_string(tight.path().join("cgroup.procs")).unwrap();
    let all = [vec![plain.pid()], children(plain.pid()), inside.lines().map(|pid| pid.parse().unwrap()).collect()].concat();
    println!("{}", all.iter().map(u32::to_string).collect::<Vec<_>>().join(" "));
    println!("{}", cgroups.parent_path().unwrap().display());
    println!("{}", tight.path().display());
    loop {
        assert!(plain.try_wait().unwrap().is_none() && placed.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(50));
    }
}
prill_core::register_builtin!("harness", harness);

fn children(pid: u32) -> Vec<u32> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    text.split_whitespace().map(|pid| pid.parse().unwrap()).collect()
}

/// Starts a harness outside of the engine, lets it come up, kills it by `signal`, and gives how long its payloads lived on.
fn killed_by(signal: Number) -> Duration {
    use std::io::{BufRead as _, BufReader};
    let mut harness = std::process::Command::new("/proc/self/exe")
        .env("PRILL_BUILTIN", "harness")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(harness.stdout.take().unwrap()).lines();
    let pids: Vec<u32> = lines.next().unwrap().unwrap().split(' ').map(|pid| pid.parse().unwrap()).collect();
    let (cgroup, prepared) = (lines.next().unwrap().unwrap(), lines.next().unwrap().unwrap());
    assert_eq!(pids.len(), 5);
    assert!(!pids.iter().any(|pid| is_gone(*pid)));
    kill_process(Pid::from_raw(harness.id().cast_signed()).unwrap(), signal).unwrap();
    harness.wait().unwrap();
    let took = until(GONE, "the payloads die with the harness", || pids.iter().all(|pid| is_gone(*pid)));
    until(GONE, "its cgroups go too", || !std::path::Path::new(&cgroup).exists());
    std::fs::remove_dir(prepared).unwrap();
    took
}

scenario! {
    fn payloads_and_their_children_die_with_the_harness() {
        let took = [Number::KILL, Number::ABORT, Number::TERM].map(killed_by);
        // The promise, kept at least once even on a machine that is busy with other tests.
        assert!(took.iter().any(|took| *took < Duration::from_secs(1)), "{took:?}");
    }
}

scenario! {
    /// The outer run is killed; its payload is a harness, whose warden and payloads must go too.
    fn a_harness_within_a_harness_is_cleared_away() {
        let ended = builtin_command("harness").run(Some(Duration::from_secs(3))).unwrap();
        assert!(ended.end.timed_out(), "{} {}", ended.end, String::from_utf8_lossy(ended.stderr.head()));
        let said = String::from_utf8_lossy(ended.stdout.head()).into_owned();
        let pids: Vec<u32> = said.lines().next().unwrap_or_default().split(' ').filter_map(|pid| pid.parse().ok()).collect();
        assert_eq!(pids.len(), 5, "{said}");
        until(GONE, "all of the inner harness's processes go", || pids.iter().all(|pid| is_gone(*pid)));
        let cgroup = said.lines().nth(1).unwrap();
        std::fs::remove_dir(said.lines().nth(2).unwrap()).unwrap();
        until(GONE, "its cgroups go too", || !std::path::Path::new(cgroup).exists());
    }
}

scenario! {
    /// Signals to the harness's own group, as from a terminal, do not reach the warden or the payload.
    fn signals_to_the_harness_do_not_reach_the_payload() {
        let running = misbehave(["sleep=500", "print=alive"]).spawn().unwrap();
        let group = |pid: u32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
            stat.rsplit_once(')').unwrap().1.split_whitespace().nth(2).unwrap().parse::<u32>().unwrap()
        };
        let own = group(std::process::id());
        let children = crate::scenario::children();
        assert!(children.len() >= 2, "the warden and the payload: {children:?}");
        for child in children {
            assert_ne!(group(child.parse().unwrap()), own, "{child}");
        }
        running.signal(Signal(0));
        assert_eq!(running.wait(None).unwrap().stdout.head(), b"alive\n");
    }
}

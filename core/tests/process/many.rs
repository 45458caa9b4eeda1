//! Many payloads, many threads.

use std::thread;
use std::time::Duration;

use prill_core::process::cgroup::Cgroups;
use prill_core::process::{Command, End};

use crate::misbehave::misbehave;

scenario! {
    /// Each of sixteen threads has four payloads at once, of different kinds.
    fn sixty_four_at_once_from_sixteen_threads() {
        let cgroups = Cgroups::new();
        let shared = cgroups.create("shared").unwrap();
        thread::scope(|scope| {
            for number in 0..16 {
                let shared = &shared;
                scope.spawn(move || {
                    let said = format!("print={number}");
                    let plain = misbehave([&*said, "count=300000", "exit=7"]).spawn().unwrap();
                    let placed = misbehave([&*said, "sleep=50"]).cgroup(shared).spawn().unwrap();
                    let late = misbehave(["sleep=60000"]).spawn().unwrap();
                    let dead = misbehave(["signal=11"]).spawn().unwrap();
                    assert_eq!(late.kill().unwrap().end, End::Killed);
                    let plain = plain.wait(None).unwrap();
                    assert_eq!(plain.end, End::Exited(7));
                    assert!(plain.stdout.head().starts_with(format!("{number}\n").as_bytes()));
                    assert_eq!(placed.wait(None).unwrap().stdout.head(), format!("{number}\n").as_bytes());
                    assert_eq!(dead.wait(None).unwrap().end.exit_code(), -1);
                });
            }
        });
    }
}

scenario! {
    /// `PR_SET_PDEATHSIG` would kill it.
    fn a_payload_outlives_the_thread_that_started_it() {
        let start = || misbehave(["sleep=500", "print=alive"]).spawn().unwrap();
        let running = thread::spawn(start).join().unwrap();
        let placed = thread::spawn(|| misbehave(["sleep=500", "print=alive"]).nice(0).spawn().unwrap()).join().unwrap();
        for running in [running, placed] {
            let ended = running.wait(None).unwrap();
            assert_eq!((ended.end, ended.stdout.head()), (End::Exited(0), &b"alive\n"[..]));
        }
    }
}

scenario! {
    /// More runs than the warden's pipe has room for: it must be read meanwhile.
    fn a_thousand_runs_one_after_another() {
        for _ in 0..1000 {
            assert_eq!(Command::new("true").run(None).unwrap().end, End::Exited(0));
        }
    }
}

scenario! {
    /// Watching from the payload's own CPU would take time from it.
    fn the_watcher_keeps_off_the_payloads_cpus() {
        let allowed = |task: &str| {
            let status = std::fs::read_to_string(format!("/proc/self/task/{task}/status")).unwrap();
            status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:\t")).unwrap().to_owned()
        };
        let own = rustix::thread::sched_getaffinity(None).unwrap();
        let first = (0..rustix::thread::CpuSet::MAX_CPU).find(|cpu| own.is_set(*cpu)).unwrap();
        let caller = std::process::id().to_string();
        let before = allowed(&caller);

        let running = misbehave(["sleep=60000"]).affinity([first]).spawn().unwrap();
        let name = format!("prill-{}", running.pid());
        let watcher = || {
            let mut tasks = std::fs::read_dir("/proc/self/task").unwrap().flatten();
            let found = tasks.find(|task| std::fs::read_to_string(task.path().join("comm")).unwrap().trim() == name);
            found.map(|task| task.file_name().into_string().unwrap())
        };
        // The thread gives itself its name.
        crate::scenario::until(Duration::from_secs(10), "the watcher shows", || watcher().is_some());
        let watcher = watcher().unwrap();
        let keeps_off = |task: &str| !allowed(task).split(['-', ',']).any(|cpu| cpu == first.to_string());
        let alone = own.count() == 1;
        crate::scenario::until(Duration::from_secs(10), "the watcher keeps off", || alone || keeps_off(&watcher));
        assert_eq!(allowed(&caller), before, "the caller has work of its own");
        running.kill().unwrap();

        // In the foreground the caller is the watcher.
        thread::scope(|scope| {
            let seen = || alone || keeps_off(&caller);
            scope.spawn(move || crate::scenario::until(Duration::from_secs(10), "the caller keeps off", seen));
            misbehave(["sleep=1000"]).affinity([first]).run(None).unwrap();
        });
        assert_eq!(allowed(&caller), before);
    }
}

scenario! {
    fn one_thread_watches_a_payload_in_the_background_and_none_in_the_foreground() {
        let threads = || std::fs::read_dir("/proc/self/task").unwrap().count();
        let before = threads();
        let two = [misbehave(["sleep=60000"]).spawn().unwrap(), misbehave(["sleep=60000"]).spawn().unwrap()];
        assert_eq!(threads(), before + 2);
        for running in two {
            running.kill().unwrap();
        }
        let counter = thread::spawn(move || {
            thread::sleep(Duration::from_millis(300));
            threads()
        });
        misbehave(["sleep=1000"]).run(None).unwrap();
        assert_eq!(counter.join().unwrap(), before + 1, "only the counting thread itself");
    }
}

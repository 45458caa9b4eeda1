//! What happens at the deadline, and how ends are told apart.

use std::fs;
use std::time::{Duration, Instant};

use prill_core::process::{Command, End, Signal};

use crate::misbehave::misbehave;

/// Long enough for a payload to come up on a machine that is busy with other tests.
const SOON: Duration = Duration::from_secs(1);
/// Far beyond what any end here should take, and far below what the payloads would.
const BOUND: Duration = Duration::from_secs(20);

scenario! {
    fn sigterm_ignored_is_followed_by_sigkill() {
        let started = Instant::now();
        let ended = misbehave(["ignore-term"]).kill_grace(SOON).run(Some(SOON)).unwrap();
        assert_eq!(ended.end, End::TimedOut { after: SOON, grace: Some(SOON) });
        assert_eq!(ended.stdout.head(), b"deaf\n");
        assert!(ended.usage.wall >= 2 * SOON && started.elapsed() < BOUND);
    }
}

scenario! {
    fn what_is_said_upon_sigterm_is_heard() {
        let script = "trap 'echo bye; exit 0' TERM; echo hello; while :; do sleep 0.05; done";
        let ended = Command::new("sh").args(["-c", script]).kill_grace(BOUND).run(Some(SOON)).unwrap();
        assert_eq!(ended.end, End::TimedOut { after: SOON, grace: Some(BOUND) });
        assert_eq!(ended.stdout.head(), b"hello\nbye\n");
        assert!(ended.usage.wall < BOUND);
    }
}

scenario! {
    fn a_stopped_process_ends_at_the_deadline() {
        let stop = format!("signal={}", libc::SIGSTOP);
        for grace in [Duration::ZERO, SOON] {
            let started = Instant::now();
            let ended = misbehave(["print=here", &*stop, "sleep=60000"]).kill_grace(grace).run(Some(SOON)).unwrap();
            assert!(ended.end.timed_out(), "{}", ended.end);
            assert_eq!(ended.stdout.head(), b"here\n");
            assert!(started.elapsed() < BOUND);
        }
    }
}

scenario! {
    /// It has a minute to end upon SIGTERM, and could not even hear of it while it is stopped.
    fn a_stopped_process_is_continued_to_hear_sigterm() {
        let script = "trap 'echo bye; exit 0' TERM; kill -STOP $$; while :; do sleep 0.05; done";
        let minute = Duration::from_secs(60);
        let ended = Command::new("sh").args(["-c", script]).kill_grace(minute).run(Some(SOON)).unwrap();
        assert_eq!(ended.stdout.head(), b"bye\n");
        assert!(ended.usage.wall < BOUND);
    }
}

scenario! {
    fn a_document_is_kept_up_to_the_deadline() {
        let ended = misbehave([r#"print={"jobs": [{"iops": 1}, {"iops": "#, "sleep=60000"]).run(Some(SOON)).unwrap();
        assert!(ended.end.timed_out() && ended.end.exit_code() == -1);
        assert_eq!(ended.stdout.head(), b"{\"jobs\": [{\"iops\": 1}, {\"iops\": \n");
    }
}

scenario! {
    fn each_signal_is_told() {
        let harmless = [libc::SIGCHLD, libc::SIGCONT, libc::SIGURG, libc::SIGWINCH];
        let stopping = [libc::SIGSTOP, libc::SIGTSTP, libc::SIGTTIN, libc::SIGTTOU];
        // What the caller ignores (SIGHUP under nohup, SIGINT in a shell's background) its payloads ignore.
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
        let ignored = u64::from_str_radix(ignored.trim(), 16).unwrap() & !(1 << (libc::SIGPIPE - 1));
        let is_ignored = |number: &i32| ignored & (1 << (number - 1)) != 0;
        let skipped = |number: &i32| harmless.contains(number) || stopping.contains(number) || is_ignored(number);
        for number in (1..32).filter(|number| !skipped(number)) {
            let ended = misbehave([&*format!("signal={number}"), "sleep=60000"]).run(Some(BOUND)).unwrap();
            assert!(
                matches!(ended.end, End::Signalled { signal: Signal(killer), .. } if killer == number),
                "{number}: {}",
                ended.end
            );
        }
    }
}

scenario! {
    fn each_real_time_signal_is_told() {
        for number in libc::SIGRTMIN()..=libc::SIGRTMAX() {
            let ended = Command::new("sh").args(["-c", &format!("kill -{number} $$; sleep 60")]).run(Some(BOUND)).unwrap();
            assert_eq!(ended.end, End::Signalled { signal: Signal(number), core_dumped: false });
        }
    }
}

scenario! {
    fn a_core_dump_is_told() {
        let pattern = fs::read_to_string("/proc/sys/kernel/core_pattern").unwrap();
        let dir = tempfile::tempdir().unwrap();
        let abort = |script: &str| {
            let ended = Command::new("sh").args(["-c", script]).current_dir(dir.path()).run(None).unwrap();
            let End::Signalled { signal: Signal(libc::SIGABRT), core_dumped } = ended.end else {
                panic!("{}", ended.end)
            };
            core_dumped
        };
        // A dump that is piped to a program knows no limit (core(5)), and what the program does with it is the machine's affair.
        if !pattern.starts_with('|') {
            assert!(!abort("ulimit -c 0; kill -ABRT $$"));
        }
        // A relative pattern is written into the working directory.
        if !pattern.starts_with(['|', '/', '\n']) && !pattern.is_empty() {
            assert!(abort("ulimit -c unlimited; kill -ABRT $$"));
        }
    }
}

scenario! {
    fn the_caller_can_kill_and_signal() {
        let running = misbehave(["print=up", "sleep=60000"]).spawn().unwrap();
        assert_eq!(running.kill().unwrap().end, End::Killed);

        let running = misbehave(["sleep=60000"]).spawn().unwrap();
        running.signal(Signal::TERM);
        assert_eq!(running.wait(None).unwrap().end, End::Signalled { signal: Signal::TERM, core_dumped: false });

        let running = misbehave(["sleep=60000"]).spawn().unwrap();
        let remote = running.remote();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(SOON);
            remote.kill();
        });
        assert_eq!(running.wait(None).unwrap().end, End::Killed);
        killer.join().unwrap();
    }
}

scenario! {
    fn a_background_deadline_is_kept() {
        let running = misbehave(["print=up", "sleep=60000"]).spawn().unwrap();
        let ended = running.wait(Some(Instant::now() + SOON)).unwrap();
        assert!(ended.end.timed_out(), "{}", ended.end);
        assert_eq!(ended.stdout.head(), b"up\n");
    }
}

scenario! {
    fn drop_while_unwinding_kills_and_reaps() {
        let (mut pid, started) = (0, Instant::now());
        let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let running = misbehave(["sleep=60000"]).spawn().unwrap();
            pid = running.pid();
            let _held = &running;
            panic!("on purpose");
        }));
        assert!(unwound.is_err() && started.elapsed() < BOUND);
        assert!(!fs::exists(format!("/proc/{pid}")).unwrap(), "{pid} was not reaped");
    }
}

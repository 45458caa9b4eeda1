//! Every byte, in bounded memory, without blocking the payload or burning CPU.

use std::fs;
use std::time::{Duration, Instant};

use prill_core::process::End;

use crate::misbehave::{alternating, counter, misbehave};

scenario! {
    /// Ten gigabytes pass; sixteen megabytes stay, and each byte is where it was.
    fn a_flood_is_cut_in_the_middle() {
        const WRITTEN: u64 = 10_000_000_000;
        let ended = misbehave([&*format!("count={WRITTEN}")]).output_limit(16 << 20).run(None).unwrap();
        assert_eq!(ended.end, End::Exited(0));
        let stdout = &ended.stdout;
        assert_eq!((stdout.written(), stdout.head().len(), stdout.tail().len()), (WRITTEN, 8 << 20, 8 << 20));
        for (start, part) in [(0, stdout.head()), (stdout.tail_offset(), stdout.tail())] {
            for (place, found) in (start..).step_by(8).zip(part.chunks_exact(8)) {
                assert_eq!(found, counter(place).to_le_bytes());
            }
        }
        let peak = peak_memory();
        assert!(peak < 100 << 20, "the harness took {peak} bytes");
    }
}

scenario! {
    fn a_hundred_megabytes_on_each_stream_arrive() {
        const EACH: usize = 100_000_000;
        let ended = misbehave([&*format!("alternate={EACH}")]).spawn().unwrap().wait(None).unwrap();
        let expected = alternating(EACH);
        assert!(ended.stdout.head() == expected, "stdout differs");
        assert!(ended.stderr.head() == expected, "stderr differs");
    }
}

scenario! {
    fn a_drip_arrives() {
        let ended = misbehave(["drip=500"]).run(None).unwrap();
        assert_eq!(ended.stdout.head(), alternating(500));
    }
}

scenario! {
    /// A closed pipe is always ready: to wait for it would spin.
    fn closing_stdout_early_costs_nothing() {
        let before = cpu_time();
        let deeds = ["print=early", "close-stdout", "sleep=1000", "complain=late"];
        let ended = misbehave(deeds).spawn().unwrap().wait(None).unwrap();
        assert_eq!((ended.stdout.head(), ended.stderr.head()), (&b"early\n"[..], &b"late\n"[..]));
        let spent = cpu_time() - before;
        assert!(spent < Duration::from_millis(300), "the harness spent {spent:?}");
    }
}

scenario! {
    /// The caller does nothing at all; the payload ends all the same.
    fn a_slow_caller_does_not_block_the_payload() {
        let mut running = misbehave(["count=10000000", "alternate=10000000"]).spawn().unwrap();
        let pid = running.pid();
        crate::scenario::until(Duration::from_secs(60), "the payload ends unwatched", || crate::scenario::is_gone(pid));
        let ended = loop {
            match running.try_wait().unwrap() {
                Some(ended) => break ended,
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        };
        assert_eq!((ended.stdout.written(), ended.stderr.written()), (20_000_000, 10_000_000));
        assert!(running.try_wait().unwrap().is_none(), "the end is given once");
    }
}

scenario! {
    fn try_wait_can_be_polled_for_seconds() {
        let started = Instant::now();
        let mut running = misbehave(["sleep=2000", "exit=5"]).spawn().unwrap();
        let mut polls = 0_u64;
        let ended = loop {
            if let Some(ended) = running.try_wait().unwrap() {
                break ended;
            }
            polls += 1;
            std::thread::sleep(Duration::from_micros(200));
        };
        assert_eq!(ended.end, End::Exited(5));
        assert!(polls > 100 && started.elapsed() >= Duration::from_secs(2), "{polls} polls");
        assert!(ended.usage.wall >= Duration::from_secs(2));
    }
}

fn cpu_time() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let ticks = stat.rsplit_once(')').unwrap().1.split_whitespace().skip(11).take(2).map(|t| t.parse::<u64>().unwrap());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

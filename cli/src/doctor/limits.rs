//! What a process may have at once.

use std::io;

use prill_core::process::machine::{Limit, Limits, PipeLimits};

use super::finding::Finding;

/// Below this many open files or processes, a test binary with runs on all its threads may hit the limit.
const ENOUGH: u64 = 1024;

/// `pipe` is what a pipe holds, and what it was asked to hold.
pub(super) fn all(pipe: &io::Result<(usize, usize)>, pipes: PipeLimits, limits: Limits) -> Vec<Finding> {
    vec![
        self::pipe(pipe, pipes),
        limit("open files", limits.open_files, "a run holds up to ten: pipes, pidfd and cgroup files", "-n"),
        limit("processes", limits.processes, "payloads that start many threads and processes need them", "-u"),
    ]
}

fn pipe(pipe: &io::Result<(usize, usize)>, limits: PipeLimits) -> Finding {
    const FACT: &str = "pipes";
    let (holds, asked) = match pipe {
        Ok(sizes) => *sizes,
        Err(error) => {
            return Finding::problem(FACT, format!("none: {error}"), "no output can be captured: no payload can run")
                .remedy("ulimit -n 65536");
        }
    };
    let value = format!("{} KiB granted of {} KiB", holds >> 10, asked >> 10);
    if holds >= asked {
        return Finding::ok(FACT, value, "output is taken in large pieces: few wake-ups beside the payload");
    }
    let means = "more wake-ups beside a payload that prints much";
    Finding::note(FACT, value, means).remedy(match limits.max_size {
        Some(most) if most < asked as u64 => format!("sysctl fs.pipe-max-size={asked}   (it is {most})"),
        _ => format!(
            "sysctl fs.pipe-user-pages-soft=0   (it is {}, of which other pipes of this user take their share)",
            limits.user_pages_soft.unwrap_or_default()
        ),
    })
}

fn limit(fact: &'static str, limit: Option<Limit>, what_for: &str, option: &str) -> Finding {
    let Some(limit) = limit else { return Finding::note(fact, "unknown", what_for) };
    let shown = |bound: Option<u64>| bound.map_or("unlimited".to_owned(), |number| number.to_string());
    let value = format!("{} (at most {})", shown(limit.soft), shown(limit.hard));
    if limit.soft.is_none_or(|soft| soft >= ENOUGH) {
        return Finding::ok(fact, value, what_for);
    }
    let note = Finding::note(fact, value, format!("{what_for}; many runs at once may fail to start"));
    note.remedy(format!("ulimit {option} {}", limit.hard.map_or(65536, |hard| hard.min(65536))))
}

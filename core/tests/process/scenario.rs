//! Runs a test's body as a process of its own and looks for leftovers.

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use prill_core::process::{Command, End, builtin_command};

/// What every process of a scenario has in its environment.
const MARK: &str = "PRILL_TEST_MARK";

/// Defines a test whose body runs in a process of its own.
macro_rules! scenario {
    ($(#[$meta:meta])* fn $name:ident() $body:block) => {
        $(#[$meta])*
        #[test]
        fn $name() {
            crate::scenario::check(concat!(module_path!(), "::", stringify!($name)));
        }
        const _: () = {
            fn body() $body
            fn main() -> i32 {
                crate::scenario::enter(body)
            }
            prill_core::register_builtin!(concat!(module_path!(), "::", stringify!($name)), main);
        };
    };
}

/// The test's side: the scenario ends by itself, and well.
pub(crate) fn check(name: &str) {
    let ended = start(name).run(Some(Duration::from_secs(240))).expect("the scenario starts and ends");
    let (stdout, stderr) = (ended.stdout.head(), ended.stderr.head());
    let said = format!("{}{}", String::from_utf8_lossy(stdout), String::from_utf8_lossy(stderr));
    assert_eq!(ended.end, End::Exited(0), "{name} said:\n{said}");
    assert!(!ended.held_open, "{name} left a process that holds its output");
}

/// A scenario to be started, with a mark of its own.
pub(crate) fn start(name: &str) -> Command {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mark = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    builtin_command(name).env(MARK, mark)
}

/// The scenario's side.
pub(crate) fn enter(body: fn()) -> i32 {
    // The first run starts the warden, which stays.
    Command::new("true").run(None).expect("`true` runs");
    // A process that is just being executed shows no environment for a moment.
    until(Duration::from_secs(60), "the warden shows", || relatives().len() == 2);
    let before = Held::now();
    body();
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        let now = Held::now();
        if now == before {
            return 0;
        }
        // Killed processes take a moment to go.
        assert!(Instant::now() < deadline, "left behind: {now:#?}\nat the beginning: {before:#?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// All that a scenario could leave behind.
#[derive(Debug, PartialEq, Eq)]
struct Held {
    files: BTreeSet<String>,
    threads: usize,
    relatives: BTreeSet<String>,
    /// Those that were not reaped included.
    children: BTreeSet<String>,
    cgroups: Vec<String>,
}

impl Held {
    fn now() -> Self {
        let threads = fs::read_dir("/proc/self/task").unwrap().count();
        Self { files: files(), threads, relatives: relatives(), children: children(), cgroups: cgroups() }
    }
}

fn files() -> BTreeSet<String> {
    let open = fs::read_dir("/proc/self/fd").unwrap().flatten();
    // The directory being read is itself open, but not when its link is read.
    open.filter_map(|entry| Some(format!("{} {}", entry.file_name().display(), fs::read_link(entry.path()).ok()?.display())))
        .filter(|file| !file.contains("/proc/"))
        .collect()
}

/// The children of all threads of this process; a zombie among them shows no environment.
pub(crate) fn children() -> BTreeSet<String> {
    let threads = fs::read_dir("/proc/self/task").unwrap().flatten();
    let texts = threads.map(|thread| fs::read_to_string(thread.path().join("children")).unwrap_or_default());
    texts.flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// All living processes of this scenario, itself and its warden included, by id.
fn relatives() -> BTreeSet<String> {
    let mark = std::env::var(MARK).expect("a scenario is started with a mark");
    living(&format!("{MARK}={mark}"))
}

/// All living processes with this variable in their environment.
pub(crate) fn living(variable: &str) -> BTreeSet<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    processes
        .filter(|pid| pid.parse::<u32>().is_ok())
        .filter(|pid| {
            let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            environment.split(|byte| *byte == 0).any(|found| found == variable.as_bytes())
        })
        .collect()
}

/// The cgroups that this process has made.
fn cgroups() -> Vec<String> {
    let context = prill_core::process::cgroup::Cgroups::new();
    let own = context.own_path().expect("cgroup v2 is mounted");
    let pid = format!("-{}-", std::process::id());
    // Those of a harness in a leaf are beside it.
    let places = [Some(own), own.parent()].into_iter().flatten().filter_map(|place| fs::read_dir(place).ok());
    let entries = places.flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    entries.filter(|name| name.starts_with("prill-") && name.contains(&pid)).collect()
}

/// Whether a process is gone, or only its zombie is left.
pub(crate) fn is_gone(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_none_or(|(_, rest)| rest.trim_start().starts_with(['Z', 'X']))
}

/// Waits until `done`, for `patience` at most; how long it took.
pub(crate) fn until(patience: Duration, what: &str, mut done: impl FnMut() -> bool) -> Duration {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < patience, "{what}: not within {patience:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
    started.elapsed()
}

//! The payload that misbehaves on command: a builtin of this test binary.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use prill_core::process::{self, builtin_command};
use rustix::process::{Pid, Signal, getpid, kill_process};

prill_core::register_builtin!("misbehave", main);

/// A payload that does `deeds`, in order.
pub(crate) fn misbehave<'a>(deeds: impl IntoIterator<Item = &'a str>) -> process::Command {
    builtin_command("misbehave").args(deeds)
}

fn main() -> i32 {
    let deeds: Vec<String> = std::env::args().skip(1).collect();
    for deed in &deeds {
        let (deed, argument) = deed.split_once('=').unwrap_or((deed, ""));
        let number = argument.parse().unwrap_or(0);
        match deed {
            "print" => println!("{argument}"),
            "complain" => eprintln!("{argument}"),
            "count" => count(number),
            "alternate" => alternate(number),
            "drip" => drip(number),
            "close-stdout" => rustix::stdio::dup2_stdout(File::open("/dev/null").unwrap()).unwrap(),
            "silent" => {}
            "touch" => drop(File::create(argument).unwrap()),
            "sleep" => {
                say_ready();
                std::thread::sleep(Duration::from_millis(number));
            }
            "signal" => raise(argument),
            "child" => child(argument, false),
            "orphan" => child(argument, true),
            "setsid" => drop(rustix::process::setsid().unwrap()),
            "bomb" => (0..number).for_each(|_| child("sleep=60000", false)),
            "ignore-term" => ignore_term(),
            "pid" => println!("{}", std::process::id()),
            "exit" => return i32::try_from(number).unwrap(),
            other => panic!("no such deed: {other}"),
        }
        std::io::stdout().flush().unwrap();
    }
    0
}

/// Bytes that tell their place: eight-byte counters, see [`counter`].
fn count(bytes: u64) {
    let mut out = std::io::stdout().lock();
    let mut chunk: Vec<u8> = (0..CHUNK).step_by(8).flat_map(u64::to_le_bytes).collect();
    for at in (0..bytes).step_by(chunk.len()) {
        chunk[..8].copy_from_slice(&counter(at).to_le_bytes());
        let length = usize::try_from(bytes - at).unwrap().min(chunk.len());
        out.write_all(&chunk[..length]).unwrap();
    }
}

const CHUNK: u64 = 1 << 20;

/// The counter at `place`, a multiple of eight, of [`count`]'s output: the place in its chunk, and the chunk's own at its start.
pub(crate) fn counter(place: u64) -> u64 {
    if place.is_multiple_of(CHUNK) { place } else { place % CHUNK }
}

/// `bytes` to each stream, in turns of all sizes.
fn alternate(bytes: u64) {
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    let text = alternating(70_000);
    let (mut at, mut size) = (0, 1);
    while at < bytes {
        let length = size.min(bytes - at);
        let from = usize::try_from(at % 57).unwrap();
        let turn = &text[from..from + usize::try_from(length).unwrap()];
        out.write_all(turn).unwrap();
        err.write_all(turn).unwrap();
        at += length;
        size = size * 7 % 65_521;
    }
}

/// The first `length` bytes of [`alternate`]'s output; no line break, so that stdout's buffer passes it on in one piece.
pub(crate) fn alternating(length: usize) -> Vec<u8> {
    let period: Vec<u8> = (b'A'..b'A' + 57).collect();
    let mut text = period.repeat(length.div_ceil(57));
    text.truncate(length);
    text
}

fn drip(bytes: u64) {
    let mut out = std::io::stdout().lock();
    for byte in alternating(usize::try_from(bytes).unwrap()) {
        out.write_all(&[byte]).unwrap();
        out.flush().unwrap();
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn raise(number: &str) {
    let signal = Signal::from_named_raw(number.parse().unwrap()).unwrap();
    kill_process(getpid(), signal).unwrap();
}

/// Says to the parent of a child that this process has done what comes before its sleep.
fn say_ready() {
    if std::env::var_os(READY).is_some() {
        // The parent has passed a pipe as stdin, for this one byte.
        let _ = rustix::io::write(rustix::stdio::stdin(), b"!");
    }
}

/// In the environment of a child whose parent waits for its readiness.
const READY: &str = "PRILL_TEST_READY";

/// Starts another of this, which does deeds separated by commas, and waits until it sleeps. An orphan has a clean
/// environment, by which no search finds it.
fn child(deeds: &str, orphan: bool) {
    let (mut ready, readiness) = std::io::pipe().unwrap();
    let mut command = Command::new("/proc/self/exe");
    command.arg0("misbehave").args(deeds.split(','));
    if orphan {
        command.env_clear();
    }
    command.env("PRILL_BUILTIN", "misbehave").env(READY, "1").stdin(readiness);
    if deeds.split(',').any(|deed| deed == "silent") {
        command.stdout(Stdio::null()).stderr(Stdio::null());
    }
    drop(command.spawn().unwrap());
    // The child's end is open in the command too.
    drop(command);
    ready.read_exact(&mut [0]).unwrap();
}

/// Never ends by `SIGTERM`.
fn ignore_term() {
    // `trap` in a shell is the plainest way without unsafe code; the shell takes this process's place.
    let error = Command::new("sh").args(["-c", "trap '' TERM; echo deaf; while :; do sleep 0.05; done"]).exec();
    panic!("{error}");
}

/// Kills a process that a scenario has let escape on purpose.
pub(crate) fn kill(pid: u32) {
    kill_process(Pid::from_raw(pid.cast_signed()).unwrap(), Signal::KILL).unwrap();
}

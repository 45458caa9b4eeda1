//! The payloads that need nothing installed, run as processes.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use prill_core::process::{End, Ended, Signal, builtin_command};
use prill_payloads as _;

fn run(builtin: &str, args: &[&str]) -> Ended {
    builtin_command(builtin).args(args).run(Some(Duration::from_secs(60))).expect("the builtin runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

fn case(stdout: &[u8], stderr: &[u8], exit_code: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in [("stdout", stdout), ("stderr", stderr), ("exit_code", exit_code.as_bytes())] {
        fs::write(dir.path().join(name), bytes).expect("a file of the case");
    }
    dir
}

fn replay(dir: &Path) -> Ended {
    run("replay", &[dir.to_str().expect("a plain path")])
}

#[test]
fn pingpong_measures_as_long_as_it_is_told() {
    let ended = run("pingpong", &["-m", "2", "-r", "0.2", "-w", "0"]);
    assert_eq!(ended.end, End::Exited(0), "{}", text(ended.stderr.head()));
    assert!(ended.usage.wall >= Duration::from_millis(200));
    let stdout = text(ended.stdout.head());
    assert!(stdout.starts_with("pingpong: 2 pairs by futex, sleep 0 us, warm-up 0 s, ran 0.2"), "{stdout}");
    assert_eq!(stdout.matches("99.0th:").count(), 3, "{stdout}");
}

#[test]
fn pingpong_refuses_bad_arguments_with_its_usage_on_stderr() {
    let ended = run("pingpong", &["--pairs=none"]);
    assert_eq!((ended.end, ended.stdout.head()), (End::Exited(2), &b""[..]));
    let stderr = text(ended.stderr.head());
    assert!(stderr.starts_with("pingpong: --pairs none: ") && stderr.contains("usage: pingpong"), "{stderr}");
}

#[test]
fn help_is_an_answer() {
    for builtin in ["pingpong", "replay"] {
        let ended = run(builtin, &["--help"]);
        assert_eq!((ended.end, ended.stderr.head()), (End::Exited(0), &b""[..]));
        assert!(text(ended.stdout.head()).starts_with(&format!("usage: {builtin}")));
    }
}

#[test]
fn replay_prints_and_ends_as_recorded() {
    let ended = replay(case(b"out\n", b"\xff\0err", "3\n").path());
    assert_eq!((ended.stdout.head(), ended.stderr.head()), (&b"out\n"[..], &b"\xff\0err"[..]));
    assert_eq!(ended.end, End::Exited(3));
}

#[test]
fn replay_dies_by_the_recorded_signal() {
    for signal in [6, 9, 11, 15] {
        let ended = replay(case(b"before", b"", &(128 + signal).to_string()).path());
        assert_eq!(ended.stdout.head(), b"before");
        assert_eq!(ended.end, End::Signalled { signal: Signal(signal), core_dumped: false });
    }
    assert_eq!(replay(case(b"", b"", "255").path()).end, End::Exited(255), "no signal has the number 127");
}

#[test]
fn replay_of_much_on_both_streams_ends() {
    let much = b"0123456789abcde\n".repeat(1 << 18);
    let dir = case(&much, &much, "0");
    let ended = replay(dir.path());
    assert_eq!(ended.end, End::Exited(0));
    assert!(ended.stdout.head() == much && ended.stderr.head() == much, "both streams are whole");
}

#[test]
fn replay_of_one_stream_waits_for_no_reader_of_the_other() {
    let much = b"0123456789abcde\n".repeat(1 << 16);
    let dir = case(&much, &much, "0");
    for stdout_first in [true, false] {
        // The engine always reads both streams, so this reader is another one.
        let mut child = std::process::Command::new("/proc/self/exe")
            .env("PRILL_BUILTIN", "replay")
            .arg(dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the builtin runs");
        let stdout: Box<dyn Read + Send> = Box::new(child.stdout.take().expect("piped"));
        let stderr: Box<dyn Read + Send> = Box::new(child.stderr.take().expect("piped"));
        let (mut first, mut second) = if stdout_first { (stdout, stderr) } else { (stderr, stdout) };
        let (done, all) = std::sync::mpsc::channel();
        let mut bytes = vec![0; much.len()];
        std::thread::spawn(move || done.send(first.read_exact(&mut bytes).is_ok()));
        let read = all.recv_timeout(Duration::from_secs(20));
        let mut rest = Vec::new();
        if read.is_ok() {
            second.read_to_end(&mut rest).expect("the other stream can be read");
        }
        let _ = child.kill();
        child.wait().expect("it ends");
        assert_eq!(read, Ok(true), "one stream waits for a reader of the other (stdout first: {stdout_first})");
        assert!(rest == much, "the other stream is whole");
    }
}

#[test]
fn replay_can_be_slow() {
    let dir = case(b"1\n2\n3\n", b"", "0");
    let begin = Instant::now();
    let ended = run("replay", &["--delay", "50", dir.path().to_str().expect("a plain path")]);
    assert_eq!(ended.stdout.head(), b"1\n2\n3\n");
    assert!(begin.elapsed() >= Duration::from_millis(150));
}

#[test]
fn replay_says_what_is_wrong_with_a_case() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    for (dir, part) in [(empty.path(), "neither stdout nor stderr"), (case(b"", b"", "x").path(), "exit_code `x`")] {
        let ended = replay(dir);
        assert_eq!(ended.end, End::Exited(2));
        let stderr = text(ended.stderr.head());
        assert!(stderr.starts_with("replay: failed to replay ") && stderr.contains(part), "{stderr}");
    }
}

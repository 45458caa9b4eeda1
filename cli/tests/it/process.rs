//! What only a process of its own shows: signals, a broken pipe, the exit status.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// The `prill` program, whose results are read.
fn prill(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prill"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// A recorded output of the embedded payload.
const OUTPUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../extractors/pingpong/samples/one-pair/stdout");

/// `prill run` of a payload that prints a recorded output and waits; it does `on_interrupt` when SIGINT comes.
fn waiting(on_interrupt: &str) -> Child {
    let dir = tempfile::tempdir().unwrap();
    let ready = dir.path().join("ready");
    let script = format!("trap '{on_interrupt}' INT; cat {OUTPUT}; echo > {}; while :; do sleep 0.05; done", ready.display());
    let child = prill(&["run", "--json", "--", "sh", "-c", &script]);
    let begin = Instant::now();
    while !ready.exists() {
        assert!(begin.elapsed() < Duration::from_secs(20), "the payload never started");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

/// Waits for the end, but not for ever.
fn finish(mut child: Child) -> Output {
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begin.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("prill never ended: {:?}", child.wait_with_output());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

fn interrupt(child: &Child) {
    kill(Pid::from_raw(child.id().try_into().unwrap()), Signal::SIGINT).unwrap();
}

#[test]
fn an_interrupt_is_passed_on_and_what_came_is_shown() {
    let child = waiting("exit 7");
    interrupt(&child);
    let done = finish(child);
    assert_eq!(done.status.code(), Some(130), "{}", String::from_utf8_lossy(&done.stderr));
    let object: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(object["format"], "pingpong");
    assert!(object["metrics"].as_array().is_some_and(|metrics| metrics.len() > 5), "{object}");
    assert_eq!(object["end"], serde_json::json!({"kind": "exited", "code": 7, "interrupted": true}));
}

#[test]
fn a_second_interrupt_kills() {
    let mut child = waiting("");
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    interrupt(&child);
    assert!(lines.next().unwrap().unwrap().contains("passed SIGINT on"));
    interrupt(&child);
    let done = finish(child);
    assert_eq!(done.status.code(), Some(130));
    let object: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(object["end"], serde_json::json!({"kind": "killed", "interrupted": true}));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for args in
        [&["extract", "--json", OUTPUT][..], &["explain", OUTPUT], &["formats"], &["--help"], &["man"], &["completions", "bash"]]
    {
        let mut child = prill(args);
        drop(child.stdout.take());
        let done = finish(child);
        assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""), "{args:?}");
    }
    let mut failed = prill(&["run", "--", "sh", "-c", "sleep 0.1; exit 3"]);
    drop((failed.stdout.take(), failed.stderr.take()));
    assert_eq!(failed.wait().unwrap().code(), Some(1), "the exit status stays");
}

#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_prill")).arg("formats").stdout(full).output().unwrap();
    assert_eq!(done.status.code(), Some(4));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("error: failed to write the result: No space left on device"), "{said}");
}

#[test]
fn a_terminated_prill_shows_what_came_too() {
    let child = waiting("");
    kill(Pid::from_raw(child.id().try_into().unwrap()), Signal::SIGTERM).unwrap();
    let done = finish(child);
    assert_eq!(done.status.code(), Some(130));
    let object: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(object["end"]["signal"], "SIGTERM");
}

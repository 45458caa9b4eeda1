//! What only a process of its own shows: signals, a broken pipe, the exit status.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// The `prill` program, whose results are read.
fn prill(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prill"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// A payload that says where it is and then waits, and what it does about SIGINT.
fn waiting(on_interrupt: &str, dir: &std::path::Path) -> (Child, std::path::PathBuf) {
    let ready = dir.join("ready");
    let script =
        format!("trap '{on_interrupt}' INT; echo '{{\"x\": 5}}'; echo > {}; while :; do sleep 0.05; done", ready.display());
    let child = prill(&["run", "--json", "--as", "json", "--", "sh", "-c", &script]);
    let begin = Instant::now();
    while !ready.exists() {
        assert!(begin.elapsed() < Duration::from_secs(20), "the payload never started");
        std::thread::sleep(Duration::from_millis(5));
    }
    (child, ready)
}

fn interrupt(child: &Child) {
    kill(Pid::from_raw(child.id().try_into().unwrap()), Signal::SIGINT).unwrap();
}

#[test]
fn an_interrupt_is_passed_on_and_what_came_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let (child, _) = waiting("exit 7", dir.path());
    interrupt(&child);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(130), "{}", String::from_utf8_lossy(&done.stderr));
    let object: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(object["metrics"][0]["value"], 5);
    assert_eq!(object["end"], serde_json::json!({"kind": "exited", "code": 7, "interrupted": true}));
}

#[test]
fn a_second_interrupt_kills() {
    let dir = tempfile::tempdir().unwrap();
    let (mut child, _) = waiting("", dir.path());
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    interrupt(&child);
    assert!(lines.next().unwrap().unwrap().contains("passed SIGINT on"));
    interrupt(&child);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(130));
    let object: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(object["end"], serde_json::json!({"kind": "killed", "interrupted": true}));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("big.json");
    let numbers: Vec<String> = (0..100_000).map(|n| n.to_string()).collect();
    std::fs::write(&path, format!("[{}]", numbers.join(","))).unwrap();
    let mut child = prill(&["extract", "--as", "json", "--json", path.to_str().unwrap()]);
    let mut start = [0; 10];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_prill")).arg("formats").stdout(full).output().unwrap();
    assert_eq!(done.status.code(), Some(4));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("error: failed to write the result: No space left on device"), "{said}");
}

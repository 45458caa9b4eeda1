//! Start, capture, end.

use std::time::{Duration, Instant};

use prill_core::process::{Command, End, SpawnError, Stdin, builtin_command};

fn sh(script: &str) -> Command {
    Command::new("sh").args(["-c", script])
}

#[test]
fn streams_are_captured_apart() {
    let ended = sh("echo out; echo err >&2; exit 3").run(None).unwrap();
    assert_eq!(ended.end, End::Exited(3));
    assert_eq!((ended.stdout.head(), ended.stderr.head()), (&b"out\n"[..], &b"err\n"[..]));
}

#[test]
fn a_background_payload_never_blocks_on_its_output() {
    let mut running = sh("head -c 10000000 /dev/zero; head -c 10000000 /dev/zero >&2").spawn().unwrap();
    let ended = loop {
        if let Some(ended) = running.try_wait().unwrap() {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!((ended.stdout.head().len(), ended.stderr.head().len()), (10_000_000, 10_000_000));
}

#[test]
fn the_deadline_kills_the_group_and_keeps_what_was_printed() {
    let started = Instant::now();
    let ended = sh("echo begun; sleep 600 & sleep 600").run(Some(Duration::from_millis(200))).unwrap();
    assert!(ended.end.timed_out() && ended.end.exit_code() == -1, "{}", ended.end);
    assert_eq!(ended.stdout.head(), b"begun\n");
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn stdin_is_empty_unless_given() {
    assert_eq!(Command::new("cat").run(None).unwrap().stdout.head(), b"");
    let given = Command::new("cat").stdin(Stdin::Bytes(b"abc".to_vec())).run(None).unwrap();
    assert_eq!(given.stdout.head(), b"abc");
}

#[test]
fn a_missing_program_is_named() {
    let error = Command::new("prill-no-such-program").spawn().unwrap_err();
    assert!(matches!(error, SpawnError::Missing { .. }), "{error}");
    assert!(error.to_string().contains("prill-no-such-program"), "{error}");
}

fn answer() -> i32 {
    println!("{:?}", std::env::args().collect::<Vec<_>>());
    42
}
prill_core::register_builtin!("answer", answer);

#[test]
fn a_builtin_runs_as_a_process_of_its_own() {
    let ended = builtin_command("answer").arg("x").run(None).unwrap();
    assert_eq!(ended.end, End::Exited(42));
    assert_eq!(ended.stdout.head(), b"[\"answer\", \"x\"]\n");
    let error = builtin_command("nobody").spawn().unwrap_err();
    assert!(matches!(error, SpawnError::UnknownBuiltin { .. }), "{error}");
}

/// Shows the environment as a payload has it.
fn inheritor() -> i32 {
    print!("{}", String::from_utf8_lossy(Command::new("env").run(None).unwrap().stdout.head()));
    0
}
prill_core::register_builtin!("inheritor", inheritor);

#[test]
fn an_odd_variable_is_inherited_as_it_is() {
    let mut outer = std::process::Command::new("/proc/self/exe");
    let shown = outer.env("PRILL_BUILTIN", "inheritor").env("=ODD", "1").output().unwrap();
    assert!(String::from_utf8_lossy(&shown.stdout).contains("\n=ODD=1\n"), "{shown:?}");
}

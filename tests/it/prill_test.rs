use std::process::Command;

/// What a harness printed of `tests/fixtures/outcomes.rs`, stdout and stderr apart.
pub(crate) struct Seen {
    stdout: String,
    stderr: String,
    pub(crate) code: Option<i32>,
}

/// Runs the tests that end in every way with `cargo ARGS`, as a user would.
fn cargo(args: &[&str]) -> Seen {
    cargo_with(args, &[])
}

/// The same with some variables.
pub(crate) fn cargo_with(args: &[&str], variables: &[(&str, &str)]) -> Seen {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).env_remove("RUST_BACKTRACE").env("CARGO_TERM_COLOR", "never");
    // This test may run under nextest itself, whose settings are not the inner one's.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"NEXTEST")) {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().expect("cargo runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Seen { stdout: text(&output.stdout), stderr: text(&output.stderr), code: output.status.code() }
}

impl Seen {
    pub(crate) fn all(&self) -> String {
        format!("{}\n{}", self.stdout, self.stderr)
    }

    /// Every outcome of every test that fails is listed.
    fn assert_failures_are_explained(&self) {
        let all = self.all();
        for wanted in [
            "outcomes::fails: failed\n  passed: exit == 0: ",
            "\n  passed: exists wakeup.rate: ",
            "\n  failed: wakeup.latency.min <= 1ns: ",
            "outcomes::is_inconclusive: inconclusive\n  inconclusive: run: the host was busy",
            "outcomes::ends_with_an_error: failed to start no-such-tool: ",
            "the verdicts until then:\n  pingpong: failed\n    passed: exit == 0: ",
            "that is no metric",
            "outcomes::panics: panicked\nthe verdicts until then:\n  pingpong: failed\n",
            "outcomes::loses_its_scheduler: failed to keep the scheduler `dies` running: it exited 4 while the test ran\n  last of \
             its stdout:\n  | last words",
            "outcomes::has_no_scheduler: failed to use `pingpong` as a scheduler: ",
        ] {
            assert!(contains(&all, wanted), "`{wanted}` is not in\n{all}");
        }
        assert!(!all.contains("the body ran"), "no body runs without its scheduler:\n{all}");
    }
}

/// Whether `text` has `wanted`, however the harness indents it.
fn contains(text: &str, wanted: &str) -> bool {
    let plain = |text: &str| text.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
    plain(text).contains(&plain(wanted))
}

const FAIL: [&str; 6] = ["fails", "is_inconclusive", "ends_with_an_error", "panics", "loses_its_scheduler", "has_no_scheduler"];
const PASS: [&str; 6] =
    ["passes", "passes_with_what_run_gives", "passes_without_context", "passes_without_verdict", "is_skipped", "has_a_scheduler"];

#[test]
fn under_cargo_test_every_end_is_shown() {
    let seen = cargo(&["test", "--offline", "--package", "prill", "--test", "outcomes"]);
    assert_eq!(seen.code, Some(101), "{}", seen.all());
    for (names, word) in [(&FAIL, "FAILED"), (&PASS, "ok")] {
        for name in names {
            assert!(seen.stdout.contains(&format!("test {name} ... {word}\n")), "{name} should be {word}:\n{}", seen.all());
        }
    }
    assert!(seen.stdout.contains("test should_fail - should panic ... ok\n"), "{}", seen.all());
    assert!(seen.stdout.contains("test is_ignored ... ignored, takes a day\n"), "{}", seen.all());
    seen.assert_failures_are_explained();
    assert!(seen.stderr.contains("prill: outcomes::is_skipped: skipped: no such device\n"), "{}", seen.all());
    let place = "tests/fixtures/outcomes.rs:";
    assert!(
        seen.stdout.contains(place) && !seen.stdout.contains("src/test/run.rs:"),
        "a failure is where the test is:\n{}",
        seen.all()
    );
}

#[test]
fn under_nextest_every_end_is_shown() {
    let nextest = ["nextest", "run", "--offline", "--package", "prill", "--test", "outcomes", "--no-fail-fast"];
    let seen = cargo(&[&nextest[..], &["--success-output", "final", "--user-config-file", "none"]].concat());
    assert!(!seen.stderr.contains("no such command"), "install nextest: cargo install cargo-nextest --locked\n{}", seen.all());
    assert_eq!(seen.code, Some(100), "{}", seen.all());
    for (names, word) in [(&FAIL, "FAIL"), (&PASS, "PASS")] {
        for name in names {
            let shown =
                seen.stderr.lines().any(|line| line.trim_start().starts_with(word) && line.ends_with(&format!(" {name}")));
            assert!(shown, "{name} should be {word}:\n{}", seen.all());
        }
    }
    seen.assert_failures_are_explained();
    assert!(contains(&seen.all(), "prill: outcomes::is_skipped: skipped: no such device\n"), "{}", seen.all());
}

//! `prill run` records; `runs`, `show`, `recover`, `extract` and `prune` read what it kept. Each test has a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Folders for records, and `prill` with them.
pub(crate) struct Kept {
    dir: TempDir,
}

impl Kept {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn command(&self, run: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prill"));
        command.args(args).env("PRILL_RUN_DIR", self.path(run)).stdin(Stdio::null());
        command
    }

    /// `prill ARGS`, which records into the run folder `run`.
    pub(crate) fn prill(&self, run: &str, args: &[&str]) -> Said {
        Said::of(&self.command(run, args).output().unwrap())
    }

    /// As [`Kept::prill`], with the folder of all runs named.
    fn in_folder(&self, args: &[&str]) -> Said {
        self.prill("none", &[args, &["--dir", self.dir.path().to_str().unwrap()]].concat())
    }
}

/// What it left.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { status: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

fn record(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

const ONE: &[&str] = &["--", "sh", "-c", "echo '{\"lat\": 431}'; echo why >&2; exit 3"];

#[test]
fn a_run_is_recorded_with_the_verdict_of_the_command() {
    let kept = Kept::new();
    let ran = kept.prill("one", &[&["run", "--as", "json", "--parameter", "threads=8"], ONE].concat());
    assert_eq!(ran.status, 1, "{}", ran.err);
    let record = record(&kept.path("one/prill/sh.prill.json"));
    assert_eq!((&record["state"], &record["verdict"]), (&json!("complete"), &json!("failed")));
    assert_eq!(record["identity"]["parameters"], json!({"threads": "8"}));
    let result = &record["results"][0];
    assert_eq!((&result["metrics"][0]["name"], &result["metrics"][0]["value"]), (&json!("lat"), &json!(431)));
    assert_eq!(result["checks"][0]["reason"], json!("it exited with 3, and no check asks for that"));

    let shown = kept.in_folder(&["show"]);
    assert!(shown.out.starts_with("sh: failed\n  varied threads=8\nsh -c echo"), "{}{}", shown.out, shown.err);
    assert!(shown.out.contains("\nlat       431") && shown.out.contains("failed: run: it exited with 3"), "{}", shown.out);
    let listed = kept.in_folder(&["runs"]);
    assert!(listed.out.contains("one ") && listed.out.contains(" 1 failed"), "{}", listed.out);
    let listed: Value = serde_json::from_str(&kept.in_folder(&["runs", "--json"]).out).unwrap();
    assert_eq!((&listed["run"], &listed["records"], &listed["verdicts"]), (&json!("one"), &json!(1), &json!({"failed": 1})));
}

#[test]
fn repeats_are_results_of_one_record_and_the_warm_up_is_none() {
    let kept = Kept::new();
    let args = ["run", "--repeat", "3", "--warmup", "1s", "--as", "json", "--", "sh", "-c", "echo '{\"n\": 1}'"];
    let ran = kept.prill("one", &args);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let record = record(&kept.path("one/prill/sh.prill.json"));
    assert_eq!(record["results"].as_array().unwrap().len(), 3);
    assert_eq!(record["verdict"], json!("passed"));
}

#[test]
fn without_a_record_nothing_is_written() {
    let kept = Kept::new();
    let ran = kept.prill("one", &["run", "--no-record", "--as", "exit-code", "--", "true"]);
    assert_eq!((ran.status, kept.path("one").exists()), (0, false), "{}", ran.err);
}

#[test]
fn raw_output_is_read_again_by_another_format() {
    let kept = Kept::new();
    let args = ["run", "--as", "exit-code", "--", "sh", "-c", "echo '{\"lat\": 431}'"];
    assert_eq!(kept.prill("one", &args).status, 0);
    for what in ["one", "one/prill/sh.prill.json"] {
        let path = kept.path(what);
        let path = path.to_str().unwrap();
        let as_then = kept.prill("none", &["extract", "--json", path]);
        let now: Value = serde_json::from_str(&as_then.out).unwrap();
        assert_eq!((&now["format"], &now["metrics"]), (&json!("exit-code"), &json!([])), "{}", as_then.err);
        let again = kept.prill("none", &["extract", "--json", "--as", "json", path]);
        let now: Value = serde_json::from_str(&again.out).unwrap();
        assert_eq!((&now["record"], &now["metrics"][0]["value"]), (&json!("sh"), &json!(431)), "{}", again.err);
        assert_eq!(now["metrics"][0]["span"], json!([8, 11]));
    }
}

#[test]
fn a_run_that_is_killed_is_recovered_by_the_next_command() {
    let kept = Kept::new();
    let args = ["run", "--repeat", "100", "--as", "json", "--", "sh", "-c", "echo '{\"n\": 1}'; sleep 0.05"];
    let mut child = kept.command("one", &args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let second = kept.path("one/prill/sh.raw/2.stdout.gz");
    let began = Instant::now();
    while !second.exists() {
        assert!(began.elapsed() < Duration::from_secs(60), "it does not run");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // A folder that was named by hand has its rings in itself.
    let path = kept.path("one");
    let recovered = kept.prill("none", &["recover", "--dir", path.to_str().unwrap()]);
    assert!(recovered.out.ends_with("one/prill/sh.prill.json\n") && recovered.status == 0, "{}{}", recovered.out, recovered.err);
    let record = record(&kept.path("one/prill/sh.prill.json"));
    assert_eq!((&record["state"], &record["verdict"]), (&json!("crashed"), &json!("failed")));
    assert!(!record["results"].as_array().unwrap().is_empty());
    let shown = kept.in_folder(&["show", "one"]);
    assert!(shown.out.starts_with("sh: failed (crashed)\n  error the process died before"), "{}", shown.out);
    let nothing = kept.prill("none", &["recover", "--dir", path.to_str().unwrap()]);
    assert!(nothing.out.is_empty() && nothing.err.starts_with("nothing to recover"), "{}{}", nothing.out, nothing.err);
}

#[test]
fn a_record_that_cannot_be_kept_is_said_before_anything_runs() {
    let kept = Kept::new();
    fs::write(kept.path("file"), "").unwrap();
    let touched = kept.path("touched");
    let ran = kept.prill("file", &["run", "--as", "exit-code", "--", "touch", touched.to_str().unwrap()]);
    assert_eq!((ran.status, touched.exists()), (4, false), "{}", ran.err);
    assert!(ran.err.starts_with("error: failed to record into ") && ran.err.contains("set PRILL_RUN_DIR"), "{}", ran.err);
}

#[test]
fn runs_are_removed_only_when_asked() {
    let kept = Kept::new();
    for run in ["a", "b", "c"] {
        assert_eq!(kept.prill(run, &["run", "--as", "exit-code", "--", "true"]).status, 0);
    }
    let vague = kept.in_folder(&["runs", "prune"]);
    assert!(vague.status == 2 && vague.err.contains("say what stays"), "{}", vague.err);
    let would = kept.in_folder(&["runs", "prune", "--keep", "1", "--dry-run"]);
    assert!(would.err.contains("2 of 3 runs would be removed") && kept.path("a").exists(), "{}", would.err);
    let young = kept.in_folder(&["runs", "prune", "--older-than", "1h"]);
    assert!(young.err.contains("0 of 3 runs removed"), "{}", young.err);
    let done = kept.in_folder(&["runs", "prune", "--keep", "1"]);
    assert!(done.err.contains("2 of 3 runs removed"), "{}", done.err);
    assert_eq!(["a", "b", "c"].map(|run| kept.path(run).exists()), [false, false, true]);
}

#[test]
fn a_run_is_meant_by_any_part_of_its_name_that_is_its_own() {
    let kept = Kept::new();
    for run in ["2026-01", "2026-02"] {
        assert_eq!(kept.prill(run, &["run", "--as", "exit-code", "--", "true"]).status, 0);
    }
    assert_eq!(kept.in_folder(&["show", "6-02"]).status, 0);
    for (name, says) in [("2026", "tell which run 2026 is: 2026-01, 2026-02"), ("2027", "find the run 2027: there is no such")] {
        let shown = kept.in_folder(&["show", name]);
        assert!(shown.status == 2 && shown.err.contains(says), "{}", shown.err);
    }
    fs::write(kept.path("2026-02/prill/true.prill.json"), "{\"schema\": 9}").unwrap();
    let newer = kept.in_folder(&["show", "2026-02"]);
    assert!(newer.status == 4 && newer.err.contains("its schema is version 9, and this prill knows up to 1"), "{}", newer.err);
}

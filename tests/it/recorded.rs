//! What `#[prill::test]` records of `tests/fixtures/outcomes.rs`, under cargo test and under nextest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::prill_test::cargo_with;

const CARGO_TEST: [&str; 6] = ["test", "--offline", "--package", "prill", "--test", "outcomes"];
const NEXTEST: [&str; 7] = ["nextest", "run", "--offline", "--package", "prill", "--test", "outcomes"];

/// The records of a run by their file names without the end.
fn records(run: &Path) -> BTreeMap<String, Value> {
    let folder = run.join("prill.outcomes");
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let record = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".prill.json")?.to_owned();
        Some((name, serde_json::from_slice(&fs::read(path).unwrap()).unwrap()))
    };
    paths.filter_map(record).collect()
}

fn verdicts(records: &BTreeMap<String, Value>) -> Vec<(&str, &str)> {
    records.iter().map(|(name, record)| (name.as_str(), record["verdict"].as_str().unwrap())).collect()
}

#[test]
fn under_cargo_test_every_end_has_its_record() {
    let dir = tempfile::tempdir().unwrap();
    let seen = cargo_with(&CARGO_TEST, &[("PRILL_RUN_DIR", dir.path().to_str().unwrap())]);
    let records = records(dir.path());
    assert_eq!(
        verdicts(&records),
        [
            ("ends_with_an_error", "failed"),
            ("fails", "failed"),
            ("has_a_scheduler", "passed"),
            ("has_no_scheduler", "failed"),
            ("is_inconclusive", "inconclusive"),
            ("is_skipped", "skipped"),
            ("loses_its_scheduler", "failed"),
            ("may_die", "passed"),
            ("panics", "failed"),
            ("passes", "passed"),
            ("passes_with_what_run_gives", "passed"),
            ("passes_without_context", "passed"),
            ("passes_without_verdict", "passed"),
            ("should_fail", "failed"),
        ],
        "{}",
        seen.all()
    );
    for (name, record) in &records {
        assert_eq!((&record["state"], &record["schema"]), (&json!("complete"), &json!(1)), "{name}");
        let identity = json!({
            "run": dir.path().file_name().unwrap().to_str().unwrap(), "package": "prill", "binary": "prill::outcomes",
            "test": name, "attempt": 1, "parameters": if name == "may_die" { json!({"way": "abort"}) } else { json!({}) },
        });
        assert_eq!(record["identity"], identity, "{name}");
    }
    let fails = &records["fails"];
    assert_eq!(fails["results"].as_array().unwrap().len(), 2);
    assert_eq!((&fails["results"][0]["verdict"], &fails["results"][1]["verdict"]), (&json!("failed"), &json!("passed")));
    assert_eq!(fails["checks"].as_array().unwrap().len(), 4, "those of the body's own verdict: {}", fails["checks"]);
    assert_eq!(records["panics"]["error"], json!("panicked: that is no metric"));
    assert!(records["ends_with_an_error"]["error"].as_str().unwrap().starts_with("failed to start no-such-tool: "));
    assert_eq!(records["is_skipped"]["checks"][0]["reason"], json!("no such device"));
    assert!(records["loses_its_scheduler"]["error"].as_str().unwrap().contains("it exited 4 while the test ran"));
}

/// The run folders below the target folder's root that have records of the fixture.
fn runs() -> Vec<PathBuf> {
    let root = prill::records::folder::root();
    let entries = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.join("prill.outcomes").is_dir()).collect()
}

#[test]
fn under_nextest_all_processes_agree_on_one_run_and_retries_are_kept_apart() {
    let before = runs();
    let args = [&NEXTEST[..], &["--no-fail-fast", "--retries", "1", "--user-config-file", "none", "passes", "fails"]].concat();
    let seen = cargo_with(&args, &[]);
    assert_eq!(seen.code, Some(100), "{}", seen.all());
    let new: Vec<PathBuf> = runs().into_iter().filter(|run| !before.contains(run)).collect();
    // The other test of this file may run meanwhile, under another nextest.
    let mine: Vec<_> = new.iter().map(|run| records(run)).filter(|records| records.contains_key("fails.attempt-2")).collect();
    let [records] = &mine[..] else { panic!("one run: {new:?}\n{}", seen.all()) };
    assert_eq!(
        verdicts(records),
        [
            ("fails", "failed"),
            ("fails.attempt-2", "failed"),
            ("passes", "passed"),
            ("passes_with_what_run_gives", "passed"),
            ("passes_without_context", "passed"),
            ("passes_without_verdict", "passed"),
        ]
    );
    assert_eq!(records["fails.attempt-2"]["identity"]["attempt"], json!(2));
    let commits: Vec<&Value> = records.values().map(|record| &record["source"]).collect();
    assert!(commits.windows(2).all(|pair| pair[0] == pair[1]), "{commits:?}");
}

#[test]
fn a_test_that_dies_is_recovered_by_the_next_one() {
    let dir = tempfile::tempdir().unwrap();
    let folder = ("PRILL_RUN_DIR", dir.path().to_str().unwrap());
    let only = |name| [&CARGO_TEST[..], &["--", "--exact", name]].concat();
    let died = cargo_with(&only("may_die"), &[folder, ("PRILL_TEST_DIES", "1")]);
    assert!(died.all().contains("SIGABRT"), "{}", died.all());
    assert!(records(dir.path()).is_empty());
    let next = cargo_with(&only("passes_without_context"), &[folder]);
    assert_eq!(next.code, Some(0), "{}", next.all());
    let records = records(dir.path());
    let record = &records["may_die"];
    assert_eq!((&record["state"], &record["verdict"]), (&json!("crashed"), &json!("failed")));
    assert_eq!(record["identity"]["parameters"], json!({"way": "abort"}));
    let result = &record["results"][0];
    assert!(result["metrics"].as_array().unwrap().iter().any(|metric| metric["name"] == "wakeup.latency.p99"), "{result}");
    assert_eq!(result["verdict"], json!("passed"));
}

#[test]
fn a_record_that_cannot_be_kept_fails_the_test_and_not_its_verdict() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let only = |name| [&CARGO_TEST[..], &["--", "--exact", name]].concat();
    let folder = ("PRILL_RUN_DIR", file.to_str().unwrap());
    let passes = cargo_with(&only("passes"), &[folder]);
    assert!(passes.code == Some(101) && passes.all().contains("outcomes::passes: failed to record into "), "{}", passes.all());
    let fails = cargo_with(&only("fails"), &[folder]).all();
    assert!(fails.contains("failed: wakeup.latency.min <= 1ns: ") && fails.contains("failed to record into "), "{fails}");
    let without = cargo_with(&only("passes"), &[folder, ("PRILL_NO_RECORD", "1")]);
    assert_eq!(without.code, Some(0), "{}", without.all());
}

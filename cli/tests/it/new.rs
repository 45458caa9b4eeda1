//! `prill new extractor`: the crate that it makes is built and tested.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::prill;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn the_crate_works_and_says_what_to_do_next() {
    let dir = tempfile::tempdir().unwrap();
    let made = dir.path().join("made");
    let ran = prill(&["new", "extractor", "my-bench", "--path", made.to_str().unwrap(), "--prill-path", ROOT]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    // The versions of this workspace, which are there without a network.
    fs::copy(Path::new(ROOT).join("Cargo.lock"), made.join("Cargo.lock")).unwrap();

    let (passed, said) = cargo_test(&made);
    assert!(!passed && said.contains("2 passed; 1 failed"), "{said}");
    assert!(said.contains("1. put a real output of my-bench into samples/first"), "{said}");

    let meta = made.join("samples/first/meta.json");
    fs::write(&meta, fs::read_to_string(&meta).unwrap().replace("made up", "a real one")).unwrap();
    let (passed, said) = cargo_test(&made);
    assert!(passed && said.contains("3 passed; 0 failed"), "{said}");

    let stdout = made.join("samples/first/stdout");
    fs::write(&stdout, fs::read_to_string(&stdout).unwrap().replace("431", "432")).unwrap();
    let (passed, said) = cargo_test(&made);
    assert!(!passed && said.contains("1 passed; 2 failed"), "a wrong number and a changed snapshot: {said}");
}

fn cargo_test(dir: &Path) -> (bool, String) {
    let done = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--test", "samples"])
        .current_dir(dir)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-extractor"))
        .env("INSTA_UPDATE", "no")
        .output()
        .unwrap();
    (done.status.success(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}

#[test]
fn what_cannot_be_made_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let there = dir.path().to_str().unwrap();
    for (args, says) in [
        (&["my-bench", "--path", there][..], "it is there already"),
        (&["My Bench"], "failed to call a format `My Bench`"),
        (&["tiny"], "there is one, registered by prill-cli"),
        (&["my-bench", "--path", &format!("{there}/x"), "--prill-path", "/no/such/folder"], "find the prill sources"),
    ] {
        let ran = prill(&[&["new", "extractor"], args].concat());
        assert_eq!(ran.status, 2, "{args:?}");
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
}

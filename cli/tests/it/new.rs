//! `prill new extractor`: the crate that it makes is built and tested.

use std::fs;
use std::path::Path;
use std::process::Command;

use prill_testkit::cases;

use crate::{prill, prill_with};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const OUTPUT: &str = "\
mybench 2.1
4 threads for 10 s
 done:       5120 requests
Calls/sec: 512.5
Latency (us):
   avg: 431
   p99: 1729.25
errors: 0
moved 12 MB
";

#[test]
fn the_crate_works_and_says_what_to_do_next() {
    let dir = tempfile::tempdir().unwrap();
    let made = dir.path().join("made");
    let ran = prill(&["new", "extractor", "my-bench", "--path", made.to_str().unwrap(), "--prill-path", ROOT]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    lock(&made);
    let said = cargo_test(&made);
    assert!(said.contains("15 passed; 0 failed") && said.contains("0 passed; 1 failed"), "{said}");
    assert!(said.contains("1. put a real output of my-bench into samples/first"), "{said}");

    let stdout = made.join("samples/first/stdout");
    fs::write(&stdout, fs::read_to_string(&stdout).unwrap().replace("431", "432")).unwrap();
    let said = cargo_test(&made);
    assert!(said.contains("13 passed; 2 failed"), "a wrong number and a changed snapshot: {said}");
}

#[test]
fn a_crate_from_an_output_holds_what_it_proposes() {
    let dir = tempfile::tempdir().unwrap();
    let (made, output) = (dir.path().join("made"), dir.path().join("out.txt"));
    fs::write(&output, OUTPUT).unwrap();
    let (path, from) = (made.to_str().unwrap(), output.to_str().unwrap());
    let ran = prill(&["new", "extractor", "mybench", "--from", from, "--path", path, "--prill-path", ROOT]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("6 metrics of 6 kinds of lines\n"), "{}", ran.out);
    assert!(ran.out.contains("decide: moved.bytes: `MB` does not say whether 1000 or 1024 is meant"), "{}", ran.out);
    lock(&made);
    // What is left is for the author: a run that fails, and which unit `MB` is.
    let said = cargo_test(&made);
    assert!(said.contains("13 passed; 2 failed"), "{said}");
    assert!(said.contains("no case is `tool-failed`") && said.contains("moved.bytes = 12 (unknown"), "{said}");
}

#[test]
fn a_toml_file_from_an_output_gives_the_metrics_that_it_proposes() {
    let dir = tempfile::tempdir().unwrap();
    let (file, output) = (dir.path().join("mybench.toml"), dir.path().join("out.txt"));
    fs::write(&output, OUTPUT).unwrap();
    let (file, from) = (file.to_str().unwrap(), output.to_str().unwrap());
    let ran =
        prill_with(&["new", "extractor", "mybench", "--from", "-", "--toml", "--path", file], OUTPUT, prill_cli::Look::default());
    assert_eq!(ran.status, 0, "{}", ran.err);
    let written = fs::read_to_string(file).unwrap();
    assert!(written.contains("regex = '^Calls/sec: +(?<rate>[0-9.]+)$'\n"), "{written}");
    assert!(written.contains("certain = ['^mybench +[0-9.]+$']\n"), "{written}");

    let ran = prill(&["extract", "--format-file", file, "--json", from]);
    let found = ran.json();
    let shown = |metric: &serde_json::Value| {
        let word = |key: &str| metric[key].as_str().unwrap_or("-").to_owned();
        format!("{} {} {} {}", word("name"), metric["value"], word("unit"), word("polarity"))
    };
    let metrics: Vec<String> = found["metrics"].as_array().unwrap().iter().map(shown).collect();
    assert_eq!(
        metrics,
        [
            "done_request.count 5120 {request} unknown",
            "call.rate 512.5 {call}/s higher",
            "latency.mean 0.000431 s lower",
            "latency.p99 0.00172925 s lower",
            "error.count 0 {error} lower",
            "moved.bytes 12 - unknown",
        ]
    );
    assert_eq!((found["format"].as_str(), found["diagnostics"].as_array().map(Vec::len)), (Some("mybench"), Some(0)));
}

/// Every output that is recorded in this tree: the patterns load and read it, and no unit contradicts what was read by hand.
#[test]
fn no_unit_is_guessed() {
    let dir = tempfile::tempdir().unwrap();
    let (mut compared, mut wrong) = (0, Vec::new());
    for case in cases(&Path::new(ROOT).join("extractors")).unwrap() {
        // A longer one says nothing that a short one does not.
        for (at, (stream, bytes)) in case.streams.iter().enumerate().filter(|(_, (_, bytes))| (1..8 << 10).contains(&bytes.len()))
        {
            let output = dir.path().join(if stream.to_string() == "stderr" { "x.stderr" } else { "x.stdout" });
            let file = dir.path().join(format!("{}-{}-{at}.toml", case.group, case.name));
            fs::write(&output, bytes).unwrap();
            let (from, file) = (output.to_str().unwrap(), file.to_str().unwrap());
            let ran = prill(&["new", "extractor", "proposed", "--from", from, "--toml", "--path", file]);
            if ran.status != 0 {
                if !["no number in it stands beside words", "JSON document"].iter().any(|why| ran.err.contains(why)) {
                    wrong.push(format!("{}: {}", case.dir.display(), ran.err));
                }
                continue;
            }
            let ran = prill(&["extract", "--format-file", file, "--as", "proposed", "--json", from]);
            for metric in ran.json()["metrics"].as_array().unwrap() {
                let span = |at: usize| usize::try_from(metric["span"][at].as_u64().unwrap()).unwrap();
                let token = String::from_utf8_lossy(&bytes[span(0)..span(1)]).into_owned();
                let known = case.expect.iter().flatten().filter(|known| {
                    let around = |raw: &String| {
                        let from = span(0).saturating_sub(raw.len());
                        let to = bytes.len().min(span(1) + raw.len());
                        raw.len() > token.len() + 3 && String::from_utf8_lossy(&bytes[from..to]).contains(raw.as_str())
                    };
                    known.num.as_ref() == Some(&token) && known.raw.as_ref().is_some_and(around)
                });
                let known: Vec<_> = known.collect();
                let value = metric["value"].as_f64().unwrap();
                let right = known.iter().any(|known| known.has_value(value));
                if !(known.is_empty() || metric["unit"].is_null() || right) {
                    wrong.push(format!("{}: {metric} is not {known:?}", case.dir.display()));
                }
                compared += usize::from(right);
            }
        }
    }
    assert!(compared > 500, "{compared}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The versions of this workspace, which are there without a network.
fn lock(made: &Path) {
    fs::copy(Path::new(ROOT).join("Cargo.lock"), made.join("Cargo.lock")).unwrap();
}

fn cargo_test(dir: &Path) -> String {
    let done = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--no-fail-fast", "--tests"])
        .current_dir(dir)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-extractor"))
        .env("INSTA_UPDATE", "no")
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned()
}

#[test]
fn what_cannot_be_made_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let there = dir.path().to_str().unwrap();
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (json, prose, new) = (file("x.json", "{\"a\": 1}"), file("prose", "nothing\n1 2 3\n"), format!("{there}/x"));
    for (args, says) in [
        (&["my-bench", "--path", there][..], "it is there already"),
        (&["My Bench"], "failed to call a format `My Bench`"),
        (&["tiny"], "there is one, registered by prill-cli"),
        (&["my-bench", "--path", &new, "--prill-path", "/no/such/folder"], "find the prill sources"),
        (&["my-bench", "--toml"], "--from"),
        (&["my-bench", "--toml", "--from", "/no/such/file"], "read /no/such/file"),
        (&["my-bench", "--path", &new, "--from", &json], "it is a JSON document"),
        (&["my-bench", "--path", &new, "--from", &prose], "no number in it stands beside words"),
        (&["my-bench", "--toml", "--path", there, "--from", &prose], "it is there already"),
    ] {
        let ran = prill(&[&["new", "extractor"], args].concat());
        assert_eq!(ran.status, 2, "{args:?}");
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
    assert!(!Path::new(&new).exists());
}

#[test]
fn an_output_that_is_known_already_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let sample = format!("{ROOT}/extractors/mbw/samples/default/stdout");
    let file = dir.path().join("x.toml");
    let ran = prill(&["new", "extractor", "x", "--toml", "--path", file.to_str().unwrap(), "--from", &sample]);
    assert!(ran.status == 0 && ran.err.contains("note: the format `mbw` reads this output already"), "{}", ran.err);
}
